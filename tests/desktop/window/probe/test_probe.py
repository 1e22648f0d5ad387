"""The pixel probe tells what all lanes have at the place that is pointed at."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QApplication

from desktop.window.lane_view import LaneView
from desktop.window.layers.sum_card import SumCard
from desktop.window.probe.probe_mark import ProbeMark
from pipelines.classic.dog import Dog, DogParameters
from pipelines.frame import Frame
from pipelines.intensity import pixel_at
from tests.desktop.window.outcomes import frame
from tests.desktop.window.probe.pointing import pixel, point_at
from tests.desktop.window.whole import Whole, lane_scene

RANDOM = np.random.default_rng(2)


def noisy(number: int = 3) -> Frame:
    return frame(RANDOM.integers(0, 256, (36, 64, 3), dtype=np.uint8), number)


def mark(view: LaneView) -> ProbeMark:
    (found,) = view.findChildren(ProbeMark)
    return found


def words(view: LaneView) -> str:
    return mark(view).accessibleName() if mark(view).isVisible() else ""


def probing(whole: Whole, shown: Frame, *lanes: object) -> None:
    camera = whole.live(*lanes)  # type: ignore[arg-type]
    camera.give(shown)
    whole.shows(shown.number)
    whole.session.freeze(True)
    whole.press("V")


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_it_tells_place_camera_and_every_lane(whole: Whole, mirror: bool, zoom: float) -> None:
    shown = noisy()
    parameters = DogParameters(gain=2.0)
    probing(whole, shown, "original", lane_scene("dog", gain=2.0), "grey", "canny")
    whole.session.set_mirror(mirror)
    for view in whole.views:
        view.zoom(zoom)

    point_at(whole.views[1], pixel(whole.views[1], 30, 17))

    blue, green, red = shown.image[17, 30].tolist()
    colour = f"R {red} G {green} B {blue}"
    result = Dog().process(shown, parameters)
    area = result.area_of(shown.size)
    assert area
    level = round(pixel_at(result, area, 30.5, 17.5).number)
    number = f"{level:+d}".replace("-", "−") if level else "0"
    assert words(whole.views[0]) == colour
    assert words(whole.views[1]) == f"x 30, y 17 px; camera {colour}; {number}"
    assert words(whole.views[2]) == f"{0.299 * red + 0.587 * green + 0.114 * blue:.0f}"
    assert words(whole.views[3]) in ("0", "255")


def test_it_goes_with_the_pointer_and_with_the_key(whole: Whole) -> None:
    probing(whole, noisy(), "original", "grey")
    assert not any(map(words, whole.views)), "nothing is pointed at yet"
    point_at(whole.views[0], pixel(whole.views[0], 5, 5))
    assert all(map(words, whole.views))
    QApplication.sendEvent(whole.views[0], QEvent(QEvent.Type.Leave))
    assert not any(map(words, whole.views))
    point_at(whole.views[0], pixel(whole.views[0], 5, 5))
    whole.press("V")
    assert not any(map(words, whole.views))
    point_at(whole.views[0], pixel(whole.views[0], 9, 9))
    assert not any(map(words, whole.views))


def test_what_is_pointed_at_is_never_under_the_words(whole: Whole) -> None:
    probing(whole, noisy(), "original", "grey")
    for x in range(0, 64, 7):
        for y in range(0, 36, 5):
            point_at(whole.views[0], pixel(whole.views[0], x, y))
            for view in whole.views:
                at = pixel(view, x, y)
                assert not mark(view)._tag.intersects(QRect(at.x() - 5, at.y() - 5, 10, 10)), (x, y)
                assert view.rect().contains(mark(view)._tag)


def test_the_lanes_own_words_are_left_free_where_there_is_room_beside_them(whole: Whole) -> None:
    probing(whole, noisy(), "original", "grey")
    view = whole.views[0]
    view.zoom(4.0)
    name = next(view.words_on_it()).toAlignedRect()
    told = 0
    for across in range(name.left() + 20, name.right(), 12):
        point_at(view, QPoint(across, name.bottom() + 24))
        told += mark(view).isVisible()
        assert not any(words.toAlignedRect().intersects(mark(view)._tag) for words in view.words_on_it())
    assert told > 3


def test_it_follows_a_picture_that_moves(whole: Whole) -> None:
    camera = whole.live("original")
    camera.give(noisy(1))
    whole.shows(1)
    whole.press("V")
    (view,) = whole.views
    point_at(view, pixel(view, 8, 8))
    later = noisy(2)
    camera.give(later)
    red = int(later.image[8, 8, 2])
    whole.until(lambda: f"R {red} G" in words(view))


def test_a_picture_without_the_cameras_places_says_so(whole: Whole) -> None:
    probing(whole, noisy(), "original", lane_scene("retina", view="cortex"))
    original, cortex = whole.views
    point_at(original, pixel(original, 30, 17))
    assert "x 30, y 17" in words(original)
    assert words(cortex) == "Places here are not those of the camera's picture."
    point_at(cortex, cortex.rect().center())
    assert words(cortex) == "Places here are not those of the camera's picture."
    assert not words(original)


def test_beside_the_picture_nothing_is_told(whole: Whole) -> None:
    shown = frame(RANDOM.integers(0, 256, (60, 20, 3), dtype=np.uint8), 4)
    probing(whole, shown, "original")
    (view,) = whole.views
    point_at(view, QRect(view.rect()).center())
    assert words(view)
    point_at(view, view.rect().center() * 2 - view.rect().bottomRight() + view.rect().topLeft())
    assert not words(view)


def test_a_card_that_tells_more_has_the_lane_for_itself(whole: Whole) -> None:
    probing(whole, noisy(), "kernel", "original")
    kernel, original = whole.views
    point_at(kernel, pixel(kernel, 20, 12))
    (card,) = kernel.findChildren(SumCard)
    assert card.isVisible()
    assert words(kernel) == ""
    assert words(original).startswith("R ")


def test_a_lane_that_is_behind_says_how_far(whole: Whole) -> None:
    probing(whole, noisy(9), "original", "grey")
    first, second = whole.views
    assert second.done
    old = second.done
    whole.session.freeze(False)
    later = noisy(14)
    whole.session.source.give(later)  # type: ignore[union-attr]
    whole.shows(14)
    second.show_outcome(old)
    point_at(first, pixel(first, 20, 12))
    assert "5 frames older" in words(second)
    assert "older" not in words(first)
