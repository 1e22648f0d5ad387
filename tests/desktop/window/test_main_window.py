"""The window as a whole: where its parts are, who can reach them, how it opens and how it closes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.window import source_menu
from desktop.window.bare_wall import BareWall
from models.text import Text
from pipelines.sources.source import NoSignal
from tests.desktop.window.whole import Film, Whole, lane_scene, picture
from tests.pipelines.engine.scripted import DEADLINE, Gate, LiveSource, PlayableSource, pipeline

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on a screen that is none
CLOSES_WITHIN = 2.5


def reached_by_tab(whole: Whole) -> Iterator[QWidget]:
    """Everything that gets the focus when Tab is pressed over and over."""
    first = whole.window.focusWidget()
    assert first is not None
    widget: QWidget | None = first
    for _ in range(200):
        assert widget is not None
        yield widget
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = whole.window.focusWidget()
        if widget is first:
            return
    pytest.fail("Tab goes round and never comes back")


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


# --- who can reach what


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_everything_that_tab_reaches_is_visible_and_has_a_name(whole: Whole, spoken: str) -> None:
    whole.preferences.speak(spoken)  # type: ignore[arg-type]
    whole.film(lane_scene("dog", sigma=3.0), lane_scene("haar-faces", eyes=True))
    whole.window.complain("one", lambda: "a notice")
    whole.focus(whole.views[0])
    reached = []
    for widget in reached_by_tab(whole):
        where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        assert widget.isVisible(), where
        assert spoken_name(widget), where
        reached.append(widget)
    assert set(whole.views) <= set(reached)
    assert any(isinstance(widget, QLineEdit) for widget in reached)
    assert any(whole.window.chrome.bar.isAncestorOf(widget) for widget in reached)
    assert any(whole.window.chrome.transport.isAncestorOf(widget) for widget in reached)
    assert any(whole.window.chrome.notices.isAncestorOf(widget) for widget in reached)


def test_a_failure_is_described_to_who_cannot_see_it(whole: Whole) -> None:
    source = whole.live("dog")
    source.give(picture(1))
    whole.shows(1)
    source.give(NoSignal(Text("The cable is out.", "ケーブルが抜けています。")))
    whole.until(lambda: "The cable is out." in whole.views[0].accessibleDescription())


def test_a_press_on_a_lane_selects_it_and_arrows_step_from_there(whole: Whole) -> None:
    film = whole.film("dog", "original")
    whole.click(whole.views[1])
    assert whole.window.wall.selected == 1
    whole.until(whole.views[1].hasFocus)
    whole.press("Right")
    assert (film.position, whole.session.frozen) == (1, True)
    whole.shows(1)
    whole.press("Left")
    whole.shows(0)


def test_the_picker_changes_its_own_lane(whole: Whole) -> None:
    whole.film("dog", "original")
    whole.views[1].pipeline_chosen.emit("canny")
    assert [lane.pipeline.name for lane in whole.session.studio.lanes] == ["dog", "canny"]
    assert "Canny" in whole.views[1].accessibleName()


# --- where things are


def share_of_pictures(whole: Whole) -> float:
    """How much of the window they take."""
    area = sum(view.width() * view.height() for view in whole.views)
    return area / (whole.window.width() * whole.window.height())


def test_the_pictures_have_the_room(whole: Whole) -> None:
    whole.film("dog", "original", "canny", "haar-faces")
    whole.window.resize(1280, 800)
    whole.until(lambda: share_of_pictures(whole) > 0.6)
    whole.press("P")
    whole.until(lambda: share_of_pictures(whole) > 0.9)


def test_a_wide_column_gives_way_unless_it_is_wanted(whole: Whole) -> None:
    whole.film("dog")
    whole.window.resize(1280, 720)
    assert whole.window.chrome.column.isVisible()
    whole.preferences.set_text_size(200)
    assert not whole.window.chrome.column.isVisible()
    whole.press("C")
    assert whole.window.chrome.column.isVisible()
    whole.press("C")
    assert not whole.window.chrome.column.isVisible()


def lies_over(notices: QWidget, wall: QWidget) -> bool:
    """In the upper half of the pictures, and no wider."""
    area, below = notices.geometry(), wall.geometry()
    inside = below.left() <= area.left() and area.right() <= below.right()
    return inside and below.top() <= area.top() < below.center().y()


def test_notices_lie_over_the_pictures_whatever_the_size_of_text(whole: Whole) -> None:
    whole.film("dog", "original")
    whole.window.complain("one", lambda: "A sentence that is long enough to need the room it is given.")
    for percent in (200, 100):
        whole.preferences.set_text_size(percent)
        whole.until(lambda: lies_over(whole.window.chrome.notices, whole.window.wall))
    whole.window.resize(800, 500)
    whole.until(lambda: lies_over(whole.window.chrome.notices, whole.window.wall))


def test_the_caption_names_the_selected_lane_in_presentation_only(whole: Whole) -> None:
    whole.film("dog", "canny")
    caption = next(w for w in whole.window.wall.children() if type(w).__name__ == "LargeCaption")
    assert isinstance(caption, QWidget)
    assert not caption.isVisible()
    whole.press("P")
    assert whole.lane(0).pipeline.explanation.en in caption.accessibleName()
    whole.press("N")
    assert whole.lane(1).pipeline.explanation.en in caption.accessibleName()
    whole.press("P")
    assert not caption.isVisible()


def test_what_plays_is_named_with_what_it_really_delivers(whole: Whole) -> None:
    source = whole.live("dog")
    source.title, source.detail = Text("Front camera", "前のカメラ"), Text("640 × 480", "640 × 480")
    source.give(picture(1))
    whole.until(lambda: "Front camera   640 × 480" in whole.window.chrome.bar.source.text())
    source.detail = Text("1280 × 720", "1280 × 720")
    source.give(NoSignal(Text("a", "b")), picture(2))
    whole.until(lambda: "1280 × 720" in whole.window.chrome.bar.source.text())


# --- opening


@pytest.fixture
def bare(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Whole]:
    """As the program opens it: the pictures first, what is around them later."""
    made = Whole(look, qtbot, tmp_path / "home", complete=False)
    yield made
    made.close()


@pytest.mark.parametrize("text_size", [100, 150])
@pytest.mark.parametrize("source", [LiveSource, Film])
def test_what_is_around_comes_after_the_first_picture_which_does_not_jump(
    bare: Whole, source: type[LiveSource], text_size: int
) -> None:
    opened = source()
    bare.preferences.set_text_size(text_size)
    first: list[tuple[bool, QRect]] = []
    bare.window.first_picture.connect(
        lambda: first.append((bare.window.is_complete, bare.area(bare.window.findChildren(BareWall)[0])))
    )
    bare.play(opened, "dog")
    opened.give(picture(1))
    bare.until(lambda: first and bare.window.is_complete and bare.window.chrome.column.isVisible())
    assert bare.window.chrome.transport.isVisible() == isinstance(opened, PlayableSource)
    bare.until(lambda: first == [(False, bare.area(bare.window.wall))])


@pytest.mark.parametrize(
    ("address", "page", "under"), [("stimulus:grating", True, False), ("canvas:", False, True)]
)
def test_what_belongs_to_a_source_comes_without_a_jump_too(
    bare: Whole, address: str, page: bool, under: bool
) -> None:
    first: list[QRect] = []
    bare.window.first_picture.connect(lambda: first.append(bare.area(bare.window.findChildren(BareWall)[0])))
    bare.play(address, "dog")
    bare.until(lambda: first and bare.window.is_complete and bare.views[0].done)
    assert bare.window.chrome.adjustments.page.isVisible() == page
    assert bare.window.chrome.canvas.toolbar.isVisible() == under
    bare.until(lambda: first == [bare.area(bare.window.wall)])


def test_the_first_pictures_stay_on_screen_while_the_rest_is_made(bare: Whole) -> None:
    source = bare.live("original", "original")
    source.give(picture(70))
    bare.until(lambda: bare.window.is_complete)
    assert bare.numbers() == [70, 70], "no view waits for the next frame to show something"


def test_trouble_before_the_first_picture_is_told_on_the_lanes(bare: Whole) -> None:
    source = bare.live("dog")
    source.give(NoSignal(Text("The cable is out.", "ケーブルが抜けています。")))
    bare.until(lambda: bare.window.is_complete)
    assert "The cable is out." in bare.message()


def test_what_is_around_comes_without_a_picture_too(bare: Whole) -> None:
    bare.until(lambda: bare.window.is_complete)
    assert bare.window.chrome.bar.isVisible()


def test_it_may_be_closed_before_it_is_complete(bare: Whole) -> None:
    bare.play("demo:", "dog")
    bare.window.close()
    bare.window.resize(700, 500)
    bare.preferences.switch_language()
    bare.preferences.set_text_size(200)
    bare.window.tell_first_picture()
    QApplication.processEvents()
    assert not bare.window.is_complete


def test_the_empty_state_leads_to_the_sources_and_to_the_demo(whole: Whole) -> None:
    whole.film("dog")
    whole.window.show_nothing(Text("The file went away.", "ファイルがなくなりました。"))
    labels = [label.text() for label in whole.window.chrome.empty.findChildren(QLabel)]
    assert "The file went away." in labels
    whole.click(whole.window.chrome.empty.first)
    assert whole.window.chrome.sources.isVisible()
    whole.window.chrome.sources.close()
    whole.click(whole.window.chrome.empty.second)
    assert whole.session.source is not None
    assert whole.session.source.address == "demo:"
    whole.until(whole.views[0].isVisible)


# --- closing


def test_it_closes_while_source_lane_and_camera_search_hang(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = threading.Event()
    monkeypatch.setattr(source_menu, "list_cameras", lambda: found.wait(DEADLINE) and ())
    before = set(threading.enumerate())
    gate, source = Gate(), LiveSource(stubborn=True)
    whole.play(source, pipeline(gate), "original")
    try:
        source.give(picture(1))
        gate.holds(1)
        whole.shows(1, 1)
        source.hang()
        whole.window.chrome.show_sources()
        whole.window.chrome.sources.close()
        started = time.monotonic()
        whole.window.close()
        assert time.monotonic() - started <= CLOSES_WITHIN
        assert not whole.window.isVisible()
    finally:
        gate.open()
        source.let_go()
        found.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(DEADLINE)
        assert not thread.is_alive(), thread.name


def test_closing_leaves_no_thread(whole: Whole) -> None:
    before = set(threading.enumerate())
    whole.play("demo:", "dog", "original", "canny", "haar-faces")
    whole.until(lambda: all(view.done for view in whole.views))
    whole.window.close()
    assert set(threading.enumerate()) <= before


def test_what_is_told_when_it_closes_is_what_was_on_screen_and_told_once(whole: Whole) -> None:
    whole.film(lane_scene("dog", sigma=3.0), "canny")
    told: list[object] = []
    whole.window.closing.connect(lambda: told.append(whole.session.scene()))
    shown = whole.session.scene()
    whole.window.close()
    whole.window.close()
    assert told == [shown]


def test_a_value_that_is_still_being_typed_is_taken_when_it_closes(whole: Whole) -> None:
    whole.film("dog")
    field = next(field for field in whole.window.chrome.column.findChildren(QLineEdit) if field.isVisible())
    whole.focus(field)
    QTest.keyClicks(field, "2.5")
    told: list[float] = []
    whole.window.closing.connect(lambda: told.append(whole.lane().parameters.to_table()["sigma"]))
    whole.window.close()
    assert told == [2.5]
