"""A lane's view shows pictures and troubles, reports what it painted, and enlarges where one points."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import DARK, LIGHT, Theme
from desktop.window.lane_view import LaneView
from models.text import Text
from pipelines.engine.figures import Summary
from pipelines.engine.outcome import Done, Failed
from pipelines.engine.view import Viewport
from pipelines.registry import find
from pipelines.result import Box
from tests.desktop.window.outcomes import WHY, done, failed, gradient

pytestmark = pytest.mark.usefixtures("look")
SILENT = Text("Nothing comes from the camera.", "カメラから何も届きません。")


def shot(view: LaneView) -> NDArray[np.uint8]:
    """(h, w, 3) red, green, blue of what is on screen, in device pixels."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    memory = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return memory[..., 2::-1].copy()


def wheel(view: LaneView, at: QPointF, turn: int) -> None:
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_each_outcome_is_reported_once_when_it_is_painted(view: LaneView) -> None:
    told: list[tuple[Done | Failed, float]] = []
    view.painted.connect(lambda outcome, now: told.append((outcome, now)))
    first, second = done(gradient(), view.viewport), failed(gradient())
    view.show_outcome(first)
    assert not told
    for _ in range(3):
        view.repaint()
    view.show_outcome(second)
    view.repaint()
    view.repaint()
    assert [outcome for outcome, _ in told] == [first, second]
    assert first.frame.captured < told[0][1] < told[1][1] <= time.perf_counter()


def test_what_is_replaced_before_it_was_painted_is_not_reported(view: LaneView) -> None:
    told: list[Done] = []
    view.painted.connect(lambda outcome, _now: told.append(outcome))
    view.show_outcome(done(gradient(), view.viewport))
    last = done(gradient(), view.viewport)
    view.show_outcome(last)
    view.repaint()
    assert told == [last]


def test_the_picture_fills_the_lane_and_its_pixels_are_untouched(view: LaneView) -> None:
    outcome = done(gradient(), view.viewport)
    view.show_outcome(outcome)
    np.testing.assert_array_equal(shot(view)[180, 4:-4], outcome.view.pixels[180, 4:-4, 2::-1])


def test_the_corners_are_round_and_show_the_ground(view: LaneView) -> None:
    view.show_outcome(done(np.full((180, 320, 3), 255, np.uint8), view.viewport))
    pixels = shot(view)
    ground = [int(DARK.ground[place : place + 2], 16) for place in (1, 3, 5)]
    for corner in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        assert pixels[corner].tolist() == ground
    assert pixels[180, 0].tolist() == [255, 255, 255]


def test_a_tall_picture_stands_between_dark_bars(view: LaneView) -> None:
    view.show_outcome(done(np.full((300, 100, 3), 200, np.uint8), view.viewport))
    row = shot(view)[180]
    assert (row[300:340] == 200).all()
    assert (row[10:200] < 20).all()
    assert (row[-200:-10] < 20).all()


@pytest.mark.parametrize("mirror", [False, True])
def test_marks_lie_on_what_they_mark(view: LaneView, mirror: bool) -> None:
    view.set_mirror(mirror)
    image = np.zeros((180, 320, 3), np.uint8)
    image[90:130, 40:100] = 200
    view.show_outcome(done(image, view.viewport, Box((40, 90, 60, 40))))
    pixels = shot(view)
    columns = np.flatnonzero((pixels[220] == (0x4C, 0x9F, 0xFE)).all(axis=1))
    left = 2 * (320 - 100) if mirror else 2 * 40
    assert columns.tolist() == [left - 1, left, left + 1, left + 119, left + 120, left + 121]
    assert (pixels[220, left + 4 : left + 116] == 200).all()


def test_the_viewport_is_told_in_device_pixels(view: LaneView) -> None:
    told: list[Viewport] = []
    view.viewport_changed.connect(told.append)
    ratio = view.devicePixelRatioF()
    view.resize(500, 300)
    assert told == [Viewport(round(500 * ratio), round(300 * ratio))]
    view.set_mirror(True)
    assert told[-1] == view.viewport == Viewport(round(500 * ratio), round(300 * ratio), mirror=True)
    view.set_mirror(True)
    assert len(told) == 2


def test_a_view_for_the_former_size_is_scaled_until_the_next_one_comes(view: LaneView) -> None:
    box = Box((100, 80, 60, 40))
    outcome = done(gradient(), view.viewport, box)
    view.show_outcome(outcome)
    view.resize(320, 180)
    stale = shot(view)
    view.show_outcome(done(gradient(), view.viewport, box))
    fresh = shot(view)
    assert stale.shape == fresh.shape
    blue = [(pixels == (0x4C, 0x9F, 0xFE)).all(axis=2) for pixels in (stale, fresh)]
    np.testing.assert_array_equal(*blue)
    assert np.abs(stale[90].astype(int) - fresh[90]).max() <= 12


def test_the_mirror_acts_at_once_on_picture_and_marks(view: LaneView) -> None:
    view.show_outcome(done(gradient(), view.viewport, Box((20, 60, 60, 40))))
    before = shot(view)[180, 10:-10]
    view.set_mirror(True)
    after = shot(view)[180, 10:-10]
    # a line of odd width lies half a pixel to the right of its coordinate, mirrored or not
    assert np.abs(before[::-1][:-1].astype(int) - after[1:]).max() <= 2


def point_at(place: tuple[float, float], view: LaneView) -> tuple[float, float]:
    """Which point of the picture is shown at a place of the view, in device pixels."""
    shown = done(gradient(), view.viewport).view
    (left, top), (right, bottom) = shown.place(0, 0), shown.place(1, 1)
    return (place[0] - left) / (right - left), (place[1] - top) / (bottom - top)


@pytest.mark.parametrize("mirror", [False, True])
def test_the_wheel_enlarges_at_the_pointer(view: LaneView, mirror: bool) -> None:
    view.set_mirror(mirror)
    view.show_outcome(done(gradient(), view.viewport))
    at, ratio = QPointF(450, 120), view.devicePixelRatioF()
    place = (at.x() * ratio, at.y() * ratio)
    before = point_at(place, view)
    for _ in range(8):
        wheel(view, at, 120)
    assert view.viewport.zoom > 3
    assert point_at(place, view) == pytest.approx(before, abs=1.0)


def test_two_fingers_enlarge(view: LaneView) -> None:
    view.show_outcome(done(gradient(), view.viewport))
    screen = QTest.createTouchDevice()
    left, right = QPoint(300, 180), QPoint(340, 180)
    QTest.touchEvent(view, screen).press(0, left).press(1, right).commit()
    for step in range(1, 9):
        apart = QPoint(10 * step, 0)
        QTest.touchEvent(view, screen).move(0, left - apart).move(1, right + apart).commit()
    QTest.touchEvent(view, screen).release(0, left - apart).release(1, right + apart).commit()
    assert view.viewport.zoom > 2


def test_zooming_ends_at_the_whole_picture_and_at_large_pixels(view: LaneView) -> None:
    view.show_outcome(done(gradient(), view.viewport))
    for _ in range(60):
        wheel(view, QPointF(100, 100), 120)
    assert done(gradient(), view.viewport).view.scale == pytest.approx(48)
    for _ in range(60):
        wheel(view, QPointF(300, 100), -120)
    assert (view.viewport.zoom, view.viewport.centre) == (1.0, (0.5, 0.5))


@pytest.mark.parametrize("mirror", [False, True])
def test_dragging_moves_the_picture_with_the_hand(view: LaneView, mirror: bool) -> None:
    view.set_mirror(mirror)
    view.show_outcome(done(gradient(), view.viewport))
    view.zoom(4)
    held = point_at((300, 200), view)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseMove(view, QPoint(340, 170))
    QTest.mouseMove(view, QPoint(380, 150))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(380, 150))
    assert point_at((380, 150), view) == pytest.approx(held, abs=1.0)


def test_a_double_click_shows_the_whole_picture(view: LaneView) -> None:
    view.show_outcome(done(gradient(), view.viewport))
    view.zoom(5, QPointF(10, 10))
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert (view.viewport.zoom, view.viewport.centre) == (1.0, (0.5, 0.5))


def test_arrow_keys_move_only_what_is_enlarged(view: LaneView) -> None:
    view.show_outcome(done(gradient(), view.viewport))
    whole = view.viewport
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.viewport == whole
    view.zoom(3)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.viewport.centre[0] > 0.5


def test_a_press_selects_and_so_does_the_keyboard(view: LaneView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.selected, timeout=2000):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    view.clearFocus()
    view.activateWindow()
    with qtbot.waitSignal(view.selected, timeout=2000):
        view.setFocus(Qt.FocusReason.TabFocusReason)


def test_focus_and_selection_are_seen(view: LaneView, qtbot: QtBot) -> None:
    view.activateWindow()
    view.clearFocus()
    plain = shot(view)[180, :4]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    assert view.hasFocus()
    assert (shot(view)[180, :4] == plain).all(), "a mouse needs no ring"
    view.clearFocus()
    view.show_selected(True)
    ringed = shot(view)[180, :4]
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus, timeout=2000)
    focused = shot(view)[180, :4]
    assert ringed[:2].tolist() == [[0x4C, 0x9F, 0xFE]] * 2
    assert (ringed != plain).any()
    assert (focused != ringed).any()


def test_a_failure_dims_the_last_picture_and_says_why(view: LaneView) -> None:
    image = np.full((180, 320, 3), 200, np.uint8)
    view.show_outcome(done(image, view.viewport))
    assert shot(view)[300, 20].max() > 120
    view.show_outcome(failed(image))
    assert 10 < shot(view)[300, 20].max() < 100
    assert WHY.en in view.accessibleDescription()
    view.show_outcome(done(image, view.viewport))
    assert shot(view)[300, 20].max() > 120
    assert view.accessibleDescription() == ""


def test_silence_stays_until_a_later_frame_comes(view: LaneView) -> None:
    image = gradient()
    late = done(image, view.viewport)
    view.show_silence(SILENT)
    view.show_outcome(late)
    assert SILENT.en in view.accessibleDescription()
    assert view.done is late
    view.show_outcome(done(image, view.viewport))
    assert view.accessibleDescription() == ""


def test_words_change_with_the_language(view: LaneView) -> None:
    view.show_outcome(failed(gradient()))
    language.speak("ja")
    view.retranslate()
    assert find("canny").title.ja in view.accessibleName()
    assert WHY.ja in view.accessibleDescription()


def test_another_pipeline_begins_empty(view: LaneView) -> None:
    view.show_outcome(done(gradient(), view.viewport))
    view.show_pipeline(find("dog"))
    assert view.done is None
    assert shot(view)[180, 20:-20].max() < 20


def test_the_figures_are_written_in_columns_that_do_not_jump(view: LaneView) -> None:
    line = view.figures
    view.show_figures(Summary(30.2, 11.84, 14.0, 19.3), 0)
    assert line.words() == "30 fps  11.8 ms  age 19 ms  0 dropped  p95 14.0 ms"
    assert "14.0" in line.toolTip()
    wide = line.columns()
    view.show_figures(Summary(9.9, 9.9, 10.0, 9.0), 0)
    assert line.columns() == wide
    view.show_figures(None, 3)
    assert line.words() == ""


def test_a_light_window_keeps_the_words_on_the_picture_white(view: LaneView, qapp: QApplication) -> None:
    theme.apply(qapp, Theme(dark=False))
    view.show_figures(Summary(30, 11.8, 14, 19), 0)
    view.show_outcome(done(np.full((180, 320, 3), 255, np.uint8), view.viewport))
    pixels = shot(view)
    assert pixels[0, 0].tolist() == [int(LIGHT.ground[place : place + 2], 16) for place in (1, 3, 5)]
    header, figures = pixels[16:34, 12], pixels[-28:-10, 12]
    assert header.max() <= 118, "white on this is less than 4.5 : 1"
    assert figures.max() <= 118
    assert pixels[16:34, 16:80].max() == 255


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_keeps_inside_a_small_lane(view: LaneView, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, Theme(scale=scale))
    view.resize(320, 200)
    view.show_figures(Summary(30, 11.8, 14, 19), 0)
    view.show_outcome(failed(gradient()))
    shot(view)
    for child in view.findChildren(type(view.figures)):
        assert view.rect().contains(child.geometry())


def test_an_exhibit_calls_it_otherwise_and_tells_no_scores(view: LaneView) -> None:
    view.show_pipeline(find("cnn-faces"))
    assert view.look().scores
    view.look_only()
    view.show_name(Text("The AI", "人工知能"))
    assert not view.look().scores
    assert view.accessibleName() == "Picture: The AI"
    language.speak("ja")
    view.retranslate()
    assert view.accessibleName().endswith("人工知能")
    view.show_name(None)
    assert view.accessibleName().endswith(find("cnn-faces").title.ja)
