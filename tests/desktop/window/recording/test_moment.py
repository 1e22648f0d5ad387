"""A recorded picture is the one on the screen, painted beside the window."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme
from desktop.theme import Theme
from desktop.window.lane_view import LaneView
from desktop.window.recording.moment import LARGEST, look_at, moment_of, painted, room_for
from models.text import Text
from pipelines.frame import Frame
from pipelines.pipeline import Nothing, Pipeline
from pipelines.result import Box, Caption, Result
from tests.desktop.window.whole import Whole

RIM = 14
"""Pixels along the edges of a lane in which the screen has a ring and round corners."""


class Marked(Pipeline[Nothing]):
    """The picture with a box and words in both languages."""

    name = "marked"
    title = Text("Marked", "印つき")
    explanation = Text("One sees marks. They say what they are.", "印が見えます。名前もついています。")
    citation = "-"
    kind = "classic"

    def process(self, frame: Frame, parameters: Nothing) -> Result:
        face = Box((10, 8, 20, 16), "face", 0.9, title=Text("face", "顔"))
        return Result(frame.image, (face, Caption((36, 30), Text("an edge", "輪郭"), "second")))


def grabbed(widget: QWidget) -> NDArray[np.uint8]:
    """(height, width, 3) BGR as it is on the screen."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def recorded(
    whole: Whole, views: Sequence[LaneView], room: tuple[int, int] | None = None
) -> NDArray[np.uint8]:
    """The same as a recorder paints it, on a thread of its own."""
    screen = look_at(whole.window.wall, views)
    moment, made = moment_of(screen), []
    size = room or (screen.size.width(), screen.size.height())
    thread = threading.Thread(target=lambda: made.append(painted(moment, size)))
    thread.start()
    thread.join(20)
    return made[0][..., :3]


def inner(area: QRect) -> tuple[slice, slice]:
    within = area.adjusted(RIM, RIM, -RIM, -RIM)
    return slice(within.top(), within.bottom()), slice(within.left(), within.right())


def are_alike(made: NDArray[np.uint8], shown: NDArray[np.uint8]) -> bool:
    """But for the edges of letters, which Qt draws a little softer where it does not know the ground."""
    difference = np.abs(made.astype(int) - shown).max(axis=-1)
    return bool(difference.max() <= 64 and (difference > 2).mean() < 0.03)


def quiet(whole: Whole) -> None:
    """Figures that change between two looks would be a difference."""
    whole.session.freeze(True)
    whole.until(lambda: whole.session.frozen)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_wall_is_recorded_as_it_is_seen(whole: Whole, count: int, language: str) -> None:
    whole.film(*[Marked] * count)
    if language == "ja":
        whole.press("J")
    whole.press("M")
    whole.until_all_are_new()
    quiet(whole)
    shown, made = grabbed(whole.window.wall), recorded(whole, whole.views)
    assert made.shape == shown.shape
    for view in whole.views:
        place = inner(view.geometry())
        assert are_alike(made[place], shown[place]), view.geometry()
        assert (made[place] == (67, 159, 255)).all(axis=-1).any(), "the second mark is orange"


def test_words_before_an_audience_are_recorded_too(whole: Whole) -> None:
    whole.film(Marked, Marked)
    whole.window.presenting = True
    whole.window.show_caption()
    quiet(whole)
    shown, made = grabbed(whole.window.wall), recorded(whole, whole.views)
    place = inner(whole.views[0].geometry())
    assert are_alike(made[place], shown[place])
    whole.window.presenting = False
    whole.window.show_caption()
    without = grabbed(whole.window.wall)
    assert not are_alike(without[place], shown[place]), "the caption was there"


def test_one_lane_is_recorded_alone(whole: Whole) -> None:
    whole.film("original", Marked)
    quiet(whole)
    view = whole.views[1]
    shown, made = grabbed(view), recorded(whole, [view])
    assert made.shape == shown.shape
    place = inner(view.rect())
    assert are_alike(made[place], shown[place])


def test_a_lane_without_a_result_says_so_in_the_recording(whole: Whole) -> None:
    from tests.desktop.window.outcomes import failed, gradient

    whole.film(Marked)
    quiet(whole)
    view = whole.views[0]
    view.show_outcome(failed(gradient()))
    shown, made = grabbed(view), recorded(whole, [view])
    place = inner(view.rect())
    assert are_alike(made[place], shown[place])


def test_text_of_double_size_and_a_light_window(whole: Whole, qapp: QApplication) -> None:
    whole.film(Marked, Marked)
    theme.apply(qapp, Theme(dark=False, scale=2.0))
    whole.until_all_are_new()
    quiet(whole)
    shown, made = grabbed(whole.window.wall), recorded(whole, whole.views)
    for view in whole.views:
        place = inner(view.geometry())
        assert are_alike(made[place], shown[place])


@pytest.mark.parametrize("room", [(1280, 720), (300, 720), (1281 * 2, 100)])
def test_a_window_of_another_shape_keeps_its_shape_in_the_video(whole: Whole, room: tuple[int, int]) -> None:
    """It was made larger or smaller while it was recorded."""
    whole.film("original")
    quiet(whole)
    made = recorded(whole, whole.views, room)
    assert made.shape == (room[1], room[0], 3)
    size = look_at(whole.window.wall, whole.views).size
    ground = theme.current().colour("ground")
    bars = room[0] / room[1] - size.width() / size.height()
    corner = made[0, room[0] // 2] if bars < 0 else made[room[1] // 2, 0]
    assert tuple(corner) == (ground.blue(), ground.green(), ground.red())


@pytest.mark.parametrize(
    ("size", "room"),
    [
        ((934, 676), (934, 676)),
        ((935, 677), (936, 678)),
        ((3840, 2160), (1920, 1080)),
        ((1000, 2400), (500, 1200)),
        ((1, 1), (2, 2)),
        ((9000, 1), (1920, 2)),
    ],
)
def test_the_sides_of_a_video_are_even_and_not_too_long(size: tuple[int, int], room: tuple[int, int]) -> None:
    made = room_for(QSize(*size))
    assert made == room
    assert made[0] <= LARGEST[0]
    assert made[1] <= LARGEST[1]
