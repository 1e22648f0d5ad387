"""The stress test in the whole window: two clicks to a growing curve, and a way back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from desktop import language
from desktop.window.stress import binding
from desktop.window.stress.view import StressView
from pipelines.stress.sweeps import SWEEPS
from tests.desktop.window.whole import Whole, lane_scene
from tests.pipelines.engine.scripted import LiveSource
from tests.pipelines.stress.patches import BRIGHT, patch_frame, patches
from tests.pipelines.stress.test_pictures import write_folder


@pytest.fixture(autouse=True)
def _patches(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = patches()
    monkeypatch.setattr(binding, "contenders", lambda: pair)
    monkeypatch.setattr(binding, "offered", lambda *others: [*pair, *others])


def live(whole: Whole) -> LiveSource:
    """A running camera that shows a patch."""
    source = whole.live("original")
    source.give(patch_frame(labelled=False))
    whole.shows(0)
    return source


def finish(whole: Whole) -> StressView:
    """Open the test and let it run to its end."""
    live(whole)
    whole.press("E")
    whole.until(lambda: not whole.window.chrome.stress.running)
    return whole.window.chrome.stress.view


def test_two_clicks_from_a_running_camera_to_a_growing_curve(whole: Whole) -> None:
    live(whole)
    [more] = [b for b in whole.window.chrome.bar.findChildren(QToolButton) if b.menu()]
    menu: QMenu = more.menu()
    offered = whole.window.chrome.actions["stress"]
    assert offered in menu.actions()
    offered.trigger()
    stress = whole.window.chrome.stress
    assert stress.is_open
    assert offered.isChecked()
    assert whole.session.frozen
    whole.until(lambda: stress.curve is not None and len(stress.curve.points) > 1)


def test_the_key_opens_it_and_the_curve_is_whole_in_the_end(whole: Whole) -> None:
    view = finish(whole)
    stress = whole.window.chrome.stress
    assert stress.curve is not None
    assert [p.strength for p in stress.curve.points] == list(SWEEPS["rotation"].strengths)
    assert view.isVisible()
    assert view.geometry() == whole.window.arrangement.rect()
    assert view.form.run_button.text() == "Start"


def test_escape_gives_the_lanes_back_and_they_go_on(whole: Whole) -> None:
    view = finish(whole)
    whole.press("Esc")
    assert not view.isVisible()
    assert not whole.session.frozen
    assert not whole.window.chrome.actions["stress"].isChecked()


def test_what_was_frozen_before_stays_frozen(whole: Whole) -> None:
    live(whole)
    whole.press("F")
    whole.press("E")
    whole.press("E")
    assert not whole.window.chrome.stress.is_open
    assert whole.session.frozen


def test_without_a_picture_it_says_so_and_does_not_open(whole: Whole) -> None:
    whole.live("original")
    whole.press("E")
    assert not whole.window.chrome.stress.is_open
    assert not whole.window.chrome.actions["stress"].isChecked()
    assert whole.notices() == ["There is no picture yet."]


def test_another_distortion_begins_at_once(whole: Whole) -> None:
    view = finish(whole)
    view.form.sweep.setCurrentIndex(list(SWEEPS).index("eyes"))
    stress = whole.window.chrome.stress
    assert stress.running
    assert view.form.run_button.text() == "Stop"
    whole.until(lambda: not stress.running)
    assert stress.curve is not None
    assert stress.curve.sweep == "eyes"


def test_other_detectors_begin_at_once_also_as_a_lane_has_set_them(whole: Whole) -> None:
    source = whole.live(lane_scene("haar-faces", neighbours=7))
    source.give(patch_frame(labelled=False))
    whole.shows(0)
    whole.press("E")
    stress = whole.window.chrome.stress
    sides = stress.view.form.sides
    words = [sides[0].itemText(i) for i in range(sides[0].count())]
    assert words == ["Patch", "Patch (Threshold 150 px)", "Haar cascade (Neighbours 7)"]
    sides[0].setCurrentIndex(2)
    whole.until(lambda: not stress.running)
    assert stress.curve is not None
    assert [title.en for title in stress.curve.detectors] == ["Haar cascade (Neighbours 7)", words[1]]


def test_whom_the_lane_hides_is_hidden_here_too(whole: Whole) -> None:
    source = whole.live(lane_scene("haar-faces", anonymise="blur"))
    source.give(patch_frame(labelled=False))
    whole.shows(0)
    whole.press("E")
    stress = whole.window.chrome.stress
    whole.until(lambda: not stress.running)
    stress.look_at(0.0)
    picture = stress.view.picture
    whole.until(lambda: picture.done is not None and (picture.done.frame.image == patch_frame().image).all())
    assert picture.done is not None
    shown = picture.done.result.picture
    assert shown.max() < BRIGHT
    assert (shown[40:] == patch_frame().image[40:]).all(), "nothing else is"


def test_it_is_stopped_and_started_by_space_and_by_its_button(whole: Whole) -> None:
    view = finish(whole)
    runs = []
    for by_key in (True, True, False, False):
        if by_key:
            whole.press("Space", view.plot)
        else:
            whole.click(view.form.run_button)
        runs.append(whole.window.chrome.stress.running)
    assert runs == [True, False, True, False]


def test_pointing_at_a_strength_shows_its_picture_and_its_figures(whole: Whole) -> None:
    view = finish(whole)
    plot = view.plot
    area = plot.rect()
    QTest.mouseMove(plot, QPoint(area.width() // 3, area.height() // 3))
    shown = view.form.figures
    whole.until(lambda: view.picture.done is not None and "°" in shown.heading())
    strength = float(shown.heading().rstrip("°").replace("−", "-"))
    assert -90 <= strength <= 0
    expected = SWEEPS["rotation"].change(patch_frame(), strength).image
    whole.until(lambda: bool((view.picture.done.result.picture == expected).all()))  # type: ignore[union-attr]


def test_arrow_keys_go_from_strength_to_strength(whole: Whole) -> None:
    view = finish(whole)
    whole.window.chrome.stress.look_at(0.0)
    whole.press("Right", view.plot)
    assert view.form.figures.heading() == "5°"
    whole.press("Left", view.plot)
    whole.press("Left", view.plot)
    assert view.form.figures.heading() == "−5°"


def test_the_picture_carries_what_both_found_and_the_face_that_is_looked_for(whole: Whole) -> None:
    view = finish(whole)
    whole.window.chrome.stress.look_at(0.0)
    whole.until(lambda: view.picture.done is not None and view.picture.done.frame.number == 0)
    whole.until(lambda: [mark.role for mark in view.picture.done.result.marks] == ["soft", "first", "second"])  # type: ignore[union-attr]


def test_saving_writes_table_and_picture_and_offers_the_folder(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def open_url(url: QUrl) -> bool:
        shown.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    view = finish(whole)
    whole.press("S", view.plot)
    whole.until(whole.notices)
    table, png = sorted(pictures.iterdir())
    assert (table.suffix, png.suffix) == (".csv", ".png")
    assert table.stem == png.stem
    assert "Stress test- Rotation" in png.name
    assert whole.notices() == [f"Saved as {png}"]
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert len(rows) == 2 * len(SWEEPS["rotation"].strengths)
    assert cv2.imdecode(np.fromfile(png, np.uint8), cv2.IMREAD_COLOR) is not None
    bar = whole.window.chrome.notices
    assert bar.isVisible()
    whole.click(bar.line("kept").offer)
    assert shown == [str(pictures)]


def test_a_folder_that_cannot_be_written_is_told(whole: Whole, pictures: Path) -> None:
    pictures.write_text("in the way")
    view = finish(whole)
    whole.click(view.form.save_button)
    whole.until(whole.notices)
    [sentence] = whole.notices()
    assert sentence.startswith("The curves could not be saved in")


def test_a_picture_without_a_face_is_told_where_the_curves_would_be(whole: Whole) -> None:
    source = whole.live("original")
    source.give(patch_frame(truth=()))
    whole.shows(0)
    whole.press("E")
    view = whole.window.chrome.stress.view
    whole.until(lambda: view.trouble())
    assert "labelled as one without a face" in view.trouble()
    assert not view.plot.isVisible()
    assert not view.form.save_button.isEnabled()


def test_no_key_reaches_what_is_behind_but_those_of_the_window(whole: Whole) -> None:
    view = finish(whole)
    layout, pipeline = whole.session.layout, whole.lane().pipeline
    for keys in ("4", "]", "M", "C", "N", "Space", "Space"):
        whole.press(keys, view.plot)
    assert (whole.session.layout, whole.lane().pipeline) == (layout, pipeline)
    assert whole.session.frozen
    whole.press("J", view.plot)
    assert language.current() == "ja"
    assert view.form.save_button.text() == "保存"


def test_tab_goes_round_in_it(whole: Whole) -> None:
    view = finish(whole)
    seen = set()
    for forwards in (True, False):
        for _step in range(8):
            whole.press("Tab" if forwards else "Shift+Tab", whole.window.focusWidget())
            focused = whole.window.focusWidget()
            assert focused is not None
            assert view.isAncestorOf(focused)
            seen.add(focused)
    assert {view.plot, view.form.sweep, view.form.run_button, view.form.close_button} <= seen


def test_another_source_closes_it(whole: Whole) -> None:
    view = finish(whole)
    live(whole)
    assert not view.isVisible()
    assert not whole.session.frozen


def test_the_window_can_be_closed_while_it_runs(whole: Whole) -> None:
    live(whole)
    whole.press("E")
    assert whole.window.chrome.stress.running
    whole.window.close()  # the fixtures fail on a thread that is left


def test_a_labelled_folder_can_be_taken_as_a_whole(whole: Whole, tmp_path: Path) -> None:
    whole.play(f"pictures:{write_folder(tmp_path / 'labelled')}", "original")
    whole.until(lambda: whole.views[0].done)
    whole.press("E")
    stress = whole.window.chrome.stress
    assert stress.view.form.pictures.isVisible()
    whole.until(lambda: not stress.running)
    assert stress.curve is not None
    assert stress.curve.points[0].pictures == 1
    stress.view.form.pictures.setCurrentIndex(1)
    whole.until(lambda: not stress.running)
    assert stress.curve.points[0].pictures == 6


def test_a_camera_has_no_folder_to_choose(whole: Whole) -> None:
    assert not finish(whole).form.pictures.isVisible()


@pytest.mark.parametrize(("size", "scale"), [((640, 400), 100), ((1280, 720), 200), ((1920, 1080), 100)])
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_everything_has_its_room(whole: Whole, size: tuple[int, int], scale: int, spoken: str) -> None:
    if spoken == "ja":
        whole.preferences.switch_language()
    whole.preferences.set_text_size(scale)
    whole.window.resize(QSize(*size))
    view = finish(whole)
    whole.until(lambda: view.width() == whole.window.width())
    picture, plot, form = whole.area(view.picture), whole.area(view.plot), whole.area(view.form)
    assert not picture.intersects(plot)
    assert not form.intersects(picture.united(plot))
    assert whole.window.rect().contains(picture.united(plot).united(form))
    for button in (view.form.run_button, view.form.save_button, view.form.close_button):
        assert form.contains(whole.area(button))
        assert button.sizeHint().width() <= button.width() + 1
