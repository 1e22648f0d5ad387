"""The line profile: a line over all lanes, and what each of them has along it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.window.lane_view import LaneView
from desktop.window.probe.line_mark import LineMark
from desktop.window.probe.profile import ACROSS, LineProfile
from desktop.window.probe.profile_panel import ProfilePanel
from desktop.window.transport_button import TransportButton
from pipelines.classic.kernel import KernelParameters
from pipelines.frame import Frame
from pipelines.intensity import Line
from pipelines.scene import read_scene, write_scene
from tests.desktop.window.outcomes import frame
from tests.desktop.window.probe.pointing import SHIFT, drag, pixel, share
from tests.desktop.window.whole import Whole, lane_scene
from tests.pipelines.engine.scripted import LiveSource

RANDOM = np.random.default_rng(4)
MIDDLE = Line((10.0, 50.0), (90.0, 50.0))


def noisy(number: int = 3, size: tuple[int, int] = (64, 36)) -> Frame:
    return frame(RANDOM.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8), number)


def profile(whole: Whole) -> LineProfile:
    return whole.window.chrome.profile


def open_on(whole: Whole, shown: Frame, *lanes: object, line: Line = MIDDLE) -> None:
    camera = whole.live(*lanes)  # type: ignore[arg-type]
    camera.give(shown)
    whole.shows(shown.number)
    whole.session.freeze(True)
    whole.session.draw_profile(line)


def drawn(panel: ProfilePanel, lane: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of the curve of a lane, as pyqtgraph has it."""
    canvas = panel._canvas
    assert canvas
    path = canvas._curves[lane][0].path()
    places = [path.elementAt(number) for number in range(path.elementCount())]
    return np.array([place.x for place in places]), np.array([place.y for place in places])


def mark(view: LaneView) -> LineMark:
    (found,) = view.findChildren(LineMark)
    return found


def ends(whole: Whole) -> tuple[float, float, float, float]:
    line = whole.session.profile
    assert line
    return (*line.start, *line.end)


def test_a_key_draws_it_and_takes_it_away(whole: Whole) -> None:
    whole.film("original", "canny")
    assert not profile(whole).panel.isVisible()
    whole.press("Shift+V")
    assert ends(whole) == (*ACROSS.start, *ACROSS.end)
    assert profile(whole).panel.isVisible()
    assert all(mark(view).isVisible() for view in whole.views)
    whole.press("Shift+V")
    assert whole.session.profile is None
    assert not profile(whole).panel.isVisible()
    assert not any(mark(view).isVisible() for view in whole.views)


def test_a_click_closes_it(whole: Whole) -> None:
    whole.film("original")
    whole.press("Shift+V")
    buttons = profile(whole).panel.findChildren(TransportButton)
    assert all(button.width() >= 44 and button.height() >= 44 for button in buttons)
    whole.click(buttons[-1])
    assert whole.session.profile is None
    assert not whole.window.chrome.actions["profile"].isChecked()


def test_every_lane_has_the_curve_of_its_numbers(whole: Whole) -> None:
    shown = noisy()
    open_on(whole, shown, "grey", lane_scene("kernel", weights="0 0 0/0 1 0/0 0 0", normalise=False))
    luma = shown.image.astype(float) @ np.array([0.114, 0.587, 0.299])
    (x0, y0), (x1, _y1) = MIDDLE.ends(shown.size)
    steps = int(np.ceil(x1 - x0)) + 1
    x = np.linspace(x0, x1, steps) - 0.5
    row = (luma[int(y0) - 1] + luma[int(y0)]) / 2
    for lane in (0, 1):
        distances, numbers = drawn(profile(whole).panel, lane)
        np.testing.assert_allclose(distances, np.linspace(0, x1 - x0, steps))
        np.testing.assert_allclose(numbers, np.interp(x, np.arange(64), row), atol=1.0)


def test_axes_keep_still_while_the_picture_moves(whole: Whole) -> None:
    camera = whole.live("original", "dog")
    camera.give(noisy(1))
    whole.shows(1)
    whole.session.draw_profile(MIDDLE)
    panel = profile(whole).panel
    whole.app.processEvents()
    assert panel._canvas
    box = panel._canvas._item.getViewBox()
    before = box.viewRange()
    old = drawn(panel, 0)[1]
    assert before[1][0] <= -255
    assert before[1][1] >= 255
    camera.give(noisy(2))
    whole.until(lambda: not np.array_equal(drawn(panel, 0)[1], old))
    assert box.viewRange() == before


def test_lanes_are_named_in_their_colours_and_one_without_places_says_why(whole: Whole) -> None:
    open_on(whole, noisy(), "original", lane_scene("retina", view="cortex"), "dog", "canny")
    panel = profile(whole).panel
    titles = [f"{n} {whole.lane(n - 1).pipeline.title.en}" for n in (1, 2, 3, 4)]
    assert panel._named == tuple(zip(range(4), titles, (True, False, True, True), strict=True))
    assert panel._canvas
    assert set(panel._canvas._curves) == {0, 2, 3}
    pens = [panel._canvas._curves[lane][0].pen() for lane in (0, 2, 3)]
    assert len({pen.color().name() for pen in pens}) == 3
    assert not mark(whole.views[1]).isVisible()


@pytest.mark.parametrize("mirror", [False, True])
def test_ends_are_dragged_in_any_lane(whole: Whole, mirror: bool) -> None:
    open_on(whole, noisy(), "original", "canny")
    whole.session.set_mirror(mirror)
    for view, end, target in (
        (whole.views[0], MIDDLE.start, (20.0, 25.0)),
        (whole.views[1], MIDDLE.end, (70.0, 80.0)),
    ):
        drag(view, share(view, end) + QPoint(12, -9), share(view, target))
    assert ends(whole) == pytest.approx((20, 25, 70, 80), abs=0.6)


def test_an_end_is_dragged_in_an_enlarged_picture_and_the_rest_moves_the_picture(whole: Whole) -> None:
    open_on(whole, noisy(), "original", line=Line((45.0, 50.0), (55.0, 50.0)))
    (view,) = whole.views
    view.zoom(4.0)
    centre = view.viewport.centre
    drag(view, share(view, (45.0, 50.0)), share(view, (42.0, 55.0)))
    assert ends(whole) == pytest.approx((42, 55, 55, 50), abs=0.3)
    assert view.viewport.centre == centre
    drag(view, QPoint(30, 30), QPoint(130, 80))
    assert ends(whole) == pytest.approx((42, 55, 55, 50), abs=0.3)
    assert view.viewport.centre != centre


def test_in_the_whole_picture_a_drag_draws_a_new_line(whole: Whole) -> None:
    open_on(whole, noisy(), "original")
    (view,) = whole.views
    drag(view, share(view, (20.0, 20.0)), share(view, (60.0, 90.0)))
    assert ends(whole) == pytest.approx((20, 20, 60, 90), abs=0.6)


def test_with_shift_it_is_level_or_upright(whole: Whole) -> None:
    open_on(whole, noisy(), "original")
    (view,) = whole.views
    drag(view, share(view, (20.0, 20.0)), share(view, (70.0, 27.0)), SHIFT)
    start_y, end_y = ends(whole)[1::2]
    assert start_y == pytest.approx(end_y)
    drag(view, share(view, (30.0, 70.0)), share(view, (33.0, 30.0)), SHIFT)
    start_x, end_x = ends(whole)[0::2]
    assert start_x == pytest.approx(end_x)


def test_the_line_is_moved_as_a_whole_and_stays_in_the_picture(whole: Whole) -> None:
    open_on(whole, noisy(), "original")
    (view,) = whole.views
    drag(view, share(view, (50.0, 50.0)), share(view, (45.0, 30.0)))
    assert ends(whole) == pytest.approx((5, 30, 85, 30), abs=0.6)
    drag(view, share(view, (45.0, 30.0)), share(view, (99.0, 30.0)))
    assert ends(whole) == pytest.approx((20, 30, 100, 30), abs=0.6)


def test_arrow_keys_move_it(whole: Whole) -> None:
    open_on(whole, noisy(), "original")
    panel = profile(whole).panel
    whole.focus(panel)
    QTest.keyClick(panel, Qt.Key.Key_Down)
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert ends(whole) == (11, 51, 91, 51)


def test_a_click_on_the_picture_is_still_a_click(whole: Whole) -> None:
    open_on(whole, noisy(), "kernel")
    (view,) = whole.views
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 40, 5))
    assert whole.lane().parameters == KernelParameters(sums=True, row=5, column=40)
    assert ends(whole) == (10, 50, 90, 50)


def test_a_still_curve_stays_in_another_look_and_language(whole: Whole) -> None:
    open_on(whole, noisy(), "original")
    panel = profile(whole).panel
    before, colour = drawn(panel, 0), panel._canvas and panel._canvas._curves[0][0].pen().color()
    whole.press("T")
    whole.press("J")
    whole.app.processEvents()
    np.testing.assert_allclose(drawn(panel, 0), before)
    assert panel._canvas
    assert panel._canvas._curves[0][0].pen().color() != colour
    assert panel._canvas._item.getAxis("bottom").labelText == "A からの距離（px）"


def test_lanes_may_come_go_and_change(whole: Whole) -> None:
    open_on(whole, noisy(), "original", "dog")
    whole.session.set_layout(4)
    whole.shows(3)
    whole.session.choose(whole.lane(1), "canny")
    whole.shows(3)
    whole.until(lambda: all(mark(view).isVisible() for view in whole.views))
    whole.session.set_layout(1)
    panel = profile(whole).panel
    whole.until(lambda: panel._canvas and set(panel._canvas._curves) == {0})


def test_a_source_of_another_size_has_the_line_at_the_same_share(whole: Whole) -> None:
    open_on(whole, noisy(), "original")
    other = LiveSource()
    whole.session.show(other)
    other.give(noisy(7, (128, 96)))
    whole.shows(7)
    panel = profile(whole).panel
    whole.until(lambda: drawn(panel, 0)[0][-1] == pytest.approx(0.8 * 128))


def test_it_is_kept_in_the_scene(whole: Whole, tmp_path: Path) -> None:
    open_on(whole, noisy(), "original", line=Line((12.5, 20.0), (80.0, 60.0)))
    path = tmp_path / "line.toml"
    write_scene(path, whole.session.scene().without_source())
    whole.session.draw_profile(None)
    whole.window.chrome.lessons.play(path)
    assert ends(whole) == (12.5, 20, 80, 60)
    assert whole.window.chrome.actions["profile"].isChecked()
    assert read_scene(path).profile == Line((12.5, 20.0), (80.0, 60.0))


def test_the_curves_are_saved_as_a_table(whole: Whole, pictures: Path) -> None:
    shown = noisy()
    open_on(whole, shown, "original", lane_scene("retina", view="cortex"), "grey", "dog")
    whole.press("Ctrl+Shift+V")
    whole.until(lambda: list(pictures.glob("*.csv")))
    (path,) = pictures.glob("*.csv")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Line profile", "distance from A (px)", "y"]
    titles = {row[0] for row in rows[1:]}
    assert titles == {"1 Original", "3 Grey and histogram", "4 Difference of Gaussians"}
    saved = np.array([float(row[2]) for row in rows[1:] if row[0] == "3 Grey and histogram"])
    np.testing.assert_allclose(saved, drawn(profile(whole).panel, 2)[1], atol=1e-2)


def test_without_a_line_there_is_nothing_to_save(whole: Whole) -> None:
    whole.film("original")
    whole.press("Ctrl+Shift+V")
    assert "There is no line profile to save." in whole.notices()
