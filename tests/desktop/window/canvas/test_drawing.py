"""One draws in every picture that shows the drawing, and it appears where the hand is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from desktop.window.canvas.pad import Pad
from desktop.window.canvas.toolbar import CanvasBar
from desktop.window.caption import LargeCaption
from desktop.window.controls.control import BLEED
from desktop.window.framing import Framing
from desktop.window.lane_view import LaneView
from models.text import plain
from pipelines.distortions import Distortions
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters
from pipelines.pipeline import Pipeline
from pipelines.result import Result
from pipelines.sources.canvas import Canvas
from tests.desktop.window.whole import Whole

LEFT = Qt.MouseButton.LeftButton
WAY = ((140.0, 300.0), (280.0, 240.0), (400.0, 340.0))
"""Points of the drawing, away from the words on the picture, and other ones in a mirror."""
Draw = Callable[[QWidget, list[QPointF]], None]


class Half(Pipeline[Parameters]):
    """A result of another size: nothing to draw in."""

    name = "half"
    title = plain("Half")
    explanation = plain("")
    citation = ""
    kind = "classic"

    def process(self, frame: Frame, parameters: Parameters) -> Result:
        return Result(np.ascontiguousarray(frame.image[::2, ::2]))


def canvas(whole: Whole) -> Canvas:
    source = whole.session.source
    assert isinstance(source, Canvas)
    return source


def begin(whole: Whole, *lanes: str | type[Half], address: str = "canvas:?brush=20") -> None:
    """A canvas in these lanes, to be drawn in."""
    whole.play(address, *lanes)
    binding = whole.window.chrome.canvas
    whole.until(lambda: all(view.done for view in whole.views))
    fitting = [view for view in whole.views if view.picture_size() == (560, 560)]
    whole.until(lambda: all(map(is_invited, fitting)) if fitting else binding.pad.isVisible())


def is_invited(view: LaneView) -> bool:
    return view.cursor().shape() == Qt.CursorShape.CrossCursor


def places(view: LaneView) -> list[QPointF]:
    """Where the points of `WAY` are in a view."""
    framing = Framing(view.viewport, (560, 560))
    ratio = view.devicePixelRatioF()
    return [QPointF(*framing.place(*point)) / ratio for point in WAY]


def by_mouse(widget: QWidget, points: list[QPointF]) -> None:
    at = [point.toPoint() for point in points]
    QTest.mousePress(widget, LEFT, pos=at[0])
    for point in at[1:]:
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, LEFT, pos=at[-1])


def by_pen(widget: QWidget, points: list[QPointF]) -> None:
    kinds = [
        QEvent.Type.TabletPress,
        *[QEvent.Type.TabletMove] * (len(points) - 1),
        QEvent.Type.TabletRelease,
    ]
    for kind, point in zip(kinds, [*points, points[-1]], strict=True):
        event = QTabletEvent(
            kind, QPointingDevice.primaryPointingDevice(), point, QPointF(widget.mapToGlobal(point)),
            0.5, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, LEFT, LEFT,
        )  # fmt: skip
        assert QApplication.sendEvent(widget, event)
        assert event.isAccepted(), "else it would come again as a mouse"


def by_finger(widget: QWidget, points: list[QPointF]) -> None:
    at = [point.toPoint() for point in points]
    touch = QTest.touchEvent(widget.window(), SCREEN)
    touch.press(0, at[0], widget).commit()
    for point in at[1:]:
        touch.move(0, point, widget).commit()
    touch.release(0, at[-1], widget).commit()


SCREEN = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def far_from_the_way(image: Image) -> float:
    """How far ink is from the brush's way and the way from ink, in pixels: 0 where it lies just there."""
    dark = np.argwhere(image[:, :, 0] < 128)[:, ::-1] + 0.5
    if not len(dark):
        return np.inf
    line = np.concatenate([np.linspace(one, other, 50) for one, other in pairwise(WAY)])
    away = np.sqrt(((dark[:, None] - line[None]) ** 2).sum(axis=2))
    return max(float(away.min(axis=1).max()) - 10, float(away.min(axis=0).max()))


def until_drawn(whole: Whole) -> None:
    """The drawing lies where the hand was, to the two pixels that a mouse may be off, in every lane."""

    def there() -> bool:
        images = [view.done.frame.image for view in whole.views if view.done]
        return all(far_from_the_way(image) < 3.5 for image in images)

    whole.until(there)


@pytest.mark.parametrize("draw", [by_mouse, by_pen, by_finger])
def test_mouse_pen_and_finger_draw_and_all_lanes_see_it(whole: Whole, draw: Draw) -> None:
    begin(whole, "original", "dog")
    draw(whole.views[1], places(whole.views[1]))
    until_drawn(whole)
    assert whole.window.wall.selected == 1
    canvas(whole).undo()
    assert canvas(whole).blank, "it was one stroke"


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("zoomed", [False, True])
def test_it_appears_under_the_hand_also_mirrored_and_enlarged(
    whole: Whole, mirrored: bool, zoomed: bool
) -> None:
    begin(whole, "original")
    whole.session.set_mirror(mirrored)
    view = whole.views[0]
    if zoomed:
        view.zoom(1.6, QPointF(view.width() / 2, view.height() / 2))
    by_mouse(view, places(view))
    until_drawn(whole)
    assert view.viewport.zoom == (1.6 if zoomed else 1), "the picture has not been moved or shrunk"


def test_in_a_picture_that_is_turned_and_shrunk_it_appears_under_the_hand(whole: Whole) -> None:
    begin(whole, "original")
    whole.session.distort(Distortions(rotation=30.0, scale=0.8))
    by_mouse(whole.views[0], places(whole.views[0]))

    def there() -> bool:
        inside = np.full((560, 560, 3), 255, np.uint8)  # beside the shrunk sheet it is black, too
        if done := whole.views[0].done:
            inside[130:430, 130:430] = done.frame.image[130:430, 130:430]
        return far_from_the_way(inside) < 3.5

    whole.until(there)


def test_two_fingers_draw_two_strokes_and_do_not_enlarge(whole: Whole) -> None:
    begin(whole, "original")
    view = whole.views[0]
    middle, apart = places(view)[1], QPointF(20, 10)
    touch = QTest.touchEvent(whole.window, SCREEN)

    def fingers(times: int) -> tuple[QPoint, QPoint]:
        way = QPointF(apart.x() * times, apart.y() * times)
        return (middle - way).toPoint(), (middle + way).toPoint()

    one, other = fingers(1)
    touch.press(0, one, view).press(1, other, view).commit()
    for times in range(2, 8):
        one, other = fingers(times)
        touch.move(0, one, view).move(1, other, view).commit()
    touch.release(0, one, view).release(1, other, view).commit()
    assert view.viewport.zoom == 1
    sheet = canvas(whole)
    sheet.undo()
    assert not sheet.blank
    sheet.undo()
    assert sheet.blank


def test_a_stroke_begins_in_the_picture_and_may_leave_it(whole: Whole) -> None:
    begin(whole, "original")
    view = whole.views[0]
    beside = QPointF(view.width() - 4, view.height() / 2)
    middle = QPointF(view.width() / 2, view.height() / 2)
    assert view.pick(beside)[0] > 560  # type: ignore[index] # there is a picture
    by_mouse(view, [beside, middle])
    assert canvas(whole).blank
    by_mouse(view, [middle, beside])
    whole.until(lambda: view.done and (view.done.frame.image[280, 550] == 0).all())


def test_a_second_press_begins_a_second_stroke_and_a_fast_one_too(whole: Whole) -> None:
    begin(whole, "original")
    view = whole.views[0]
    view.zoom(1.5)
    at = places(view)[1].toPoint()
    QTest.mouseClick(view, LEFT, pos=at)
    QTest.mouseDClick(view, LEFT, pos=at)
    assert view.viewport.zoom == 1.5
    sheet = canvas(whole)
    strokes = 0
    while sheet.undoable:
        sheet.undo()
        strokes += 1
    assert strokes >= 2


def test_of_other_sources_pressing_and_moving_is_what_it_was(whole: Whole) -> None:
    begin(whole, "original")
    view = whole.views[0]
    assert is_invited(view)
    whole.session.open("demo:")
    whole.until(lambda: not is_invited(view))
    whole.until(lambda: view.done)
    view.zoom(2.0)
    before = view.viewport.centre
    by_mouse(view, [QPointF(100, 100), QPointF(150, 130), QPointF(180, 160)])
    assert view.viewport.centre != before
    assert not whole.window.chrome.canvas.toolbar.isVisible()
    for name in ("undo", "clear"):
        assert not whole.window.chrome.actions[name].isEnabled()


def test_who_draws_in_a_frozen_picture_sees_it(whole: Whole) -> None:
    begin(whole, "original")
    whole.press("F")
    by_mouse(whole.views[0], places(whole.views[0]))
    until_drawn(whole)
    assert not whole.session.frozen


def test_in_a_lane_with_another_picture_one_cannot_draw(whole: Whole) -> None:
    begin(whole, "original", Half)
    assert [is_invited(view) for view in whole.views] == [True, False]
    by_mouse(whole.views[1], [QPointF(200, 200), QPointF(220, 220)])
    assert canvas(whole).blank
    assert not whole.window.chrome.canvas.pad.isVisible(), "there is a place to draw"


@pytest.mark.parametrize("draw", [by_mouse, by_finger])
def test_where_no_lane_can_be_drawn_in_there_is_a_pad(whole: Whole, draw: Draw) -> None:
    begin(whole, Half)
    pad: Pad = whole.window.chrome.canvas.pad
    assert pad.isVisible()
    whole.until(lambda: pad.picture_size() == (560, 560))
    side = min(pad.width() - 2 * BLEED, pad.height())
    left, top = (pad.width() - side) / 2, (pad.height() - side) / 2
    draw(pad, [QPointF(left + x / 560 * side, top + y / 560 * side) for x, y in WAY])
    until_drawn(whole)
    whole.session.choose(whole.lane(), "original")
    whole.until(lambda: is_invited(whole.views[0]))
    assert not pad.isVisible()


def test_before_a_class_nothing_lies_over_the_drawing(whole: Whole) -> None:
    begin(whole, "original")
    whole.window.present(True)
    view = whole.views[0]
    assert all(
        whole.window.wall.childAt(view.mapTo(whole.window.wall, point.toPoint())) is view
        for point in (places(view)[0], places(view)[1], QPointF(view.width() / 2, view.height() * 0.85))
    )
    whole.session.open("demo:")
    whole.until(lambda: whole.window.wall.findChildren(LargeCaption)[0].isVisible())


@pytest.mark.parametrize(("height", "percent"), [(800, 100), (800, 200), (500, 100)])
def test_the_pad_is_seen_whole_and_stands_in_line(whole: Whole, height: int, percent: int) -> None:
    begin(whole, Half)
    whole.preferences.set_text_size(percent)
    whole.window.resize(1280, height)
    pad: Pad = whole.window.chrome.canvas.pad

    def whole_and_square() -> bool:
        area = whole.area(pad)
        return whole.window.rect().contains(area) and pad.height() <= pad.width()

    whole.until(whole_and_square)


def button(whole: Whole, words: str) -> QToolButton:
    bar: CanvasBar = whole.window.chrome.canvas.toolbar
    return next(
        made for made in bar.findChildren(QToolButton) if words in (made.accessibleName(), made.text())
    )


def test_undo_and_clear_by_key_and_by_button(whole: Whole) -> None:
    begin(whole, "original")
    view, sheet = whole.views[0], canvas(whole)
    undo, clear = button(whole, "Undo the stroke"), button(whole, "Clear the canvas")
    assert not undo.isEnabled()
    assert not clear.isEnabled()
    by_mouse(view, places(view))
    by_mouse(view, [point + QPointF(0, 50) for point in places(view)])
    assert undo.isEnabled()
    whole.press("Ctrl+Z")
    until_drawn(whole)
    whole.press("Delete")
    assert sheet.blank
    assert not clear.isEnabled()
    whole.click(undo)
    until_drawn(whole)
    whole.click(clear)
    assert sheet.blank
    whole.click(undo)
    whole.press("Backspace")
    assert sheet.blank


def test_brush_and_ink_are_chosen_on_the_bar(whole: Whole) -> None:
    begin(whole, "original", address="canvas:")
    thick, thin = button(whole, "Brush: 80 px"), button(whole, "Brush: 16 px")
    assert button(whole, "Brush: 48 px").isChecked()
    for chosen in (thick, thin):
        whole.click(chosen)
        assert chosen.isChecked()
    assert canvas(whole).address == "canvas:?brush=16"
    whole.click(button(whole, "Ink: Black on white"))
    assert canvas(whole).address == "canvas:?brush=16&ink=white"
    view = whole.views[0]
    whole.until(lambda: view.done and (view.done.frame.image == 0).all())
    whole.click(button(whole, "Ink: White on black"))
    whole.until(lambda: view.done and (view.done.frame.image == 255).all())


def test_the_page_and_the_bar_say_the_same(whole: Whole) -> None:
    begin(whole, "original", address="canvas:")
    whole.press("A")
    assert whole.window.chrome.adjustments.page.isVisible()
    whole.click(button(whole, "Brush: 32 px"))
    shown = whole.window.chrome.adjustments.page.panel.parameters()
    assert shown is not None
    assert shown.to_table() == {"brush": 32}
    whole.window.chrome.adjustments.page.panel.reset_all()
    assert button(whole, "Brush: 48 px").isChecked()


@pytest.mark.parametrize("presenting", [False, True])
@pytest.mark.parametrize(("width", "percent"), [(1280, 100), (1280, 200), (700, 100)])
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_all_of_the_bar_can_be_hit_with_a_finger(
    whole: Whole, presenting: bool, width: int, percent: int, spoken: str
) -> None:
    begin(whole, "original")
    whole.preferences.speak("ja" if spoken == "ja" else "en")
    whole.preferences.set_text_size(percent)
    whole.window.resize(width, 800)
    if presenting:
        whole.window.present(True)
        whole.window.showNormal()
        whole.window.resize(width, 800)
    bar: CanvasBar = whole.window.chrome.canvas.toolbar
    assert bar.isVisible()
    least = round(44 * percent / 100)
    whole.until(lambda: whole.window.width() == width)

    def fits() -> bool:
        buttons = bar.findChildren(QToolButton)
        inside = all(bar.rect().contains(made.geometry()) for made in buttons)
        return inside and all(min(made.width(), made.height()) >= least for made in buttons)

    whole.until(fits)
