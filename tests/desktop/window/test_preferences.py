"""Language, appearance and size of text: at once, in every corner, and remembered."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.settings import Settings
from desktop.text_size import TEXT_SIZES
from desktop.window.figures_line import FiguresLine
from desktop.window.lane_header import LaneHeader
from desktop.window.pipeline_picker import PipelinePicker
from models.text import Text
from pipelines.registry import discover
from pipelines.sources.source import NoSignal
from tests.desktop.window.whole import Whole, lane_scene, picture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on a screen that is none
NAMES = {
    # the program, its keys and the methods that are written so in Japanese books as well
    "Fusiform", "DoG", "Canny", "Haar", "CNN", "OpenCV", "Sobel", "ON", "OFF", "English",
    "Space", "Right", "Left", "Up", "Down", "PgDown", "PgUp", "Ctrl", "Shift", "Alt", "Esc", "Escape", "Del",
    "Backspace",
    "px", "ms", "fps", "http", "rtsp", "PNG", "TOML", "Laplacian", "CPU", "GPU",
    "fusiform", "models", "fetch", "torch", "ONNX", "Runtime", "HOG", "SIFT", "LoG", "MT",
    "XML", "CSV", "MP4",
}  # fmt: skip
ENGLISH = re.compile(r"[A-Za-z]{2,}")
NAMES |= {
    word
    for pipeline in discover().values()
    for spec in pipeline.parameters.specs()
    for title in spec.titles.values()
    for word in ENGLISH.findall(title.ja)
}  # what a choice calls a network or a device in Japanese, too
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
NOTICE = Text("Something went wrong with the lane.", "レーンで問題が起きました。")


def texts(widget: QWidget) -> Iterator[str]:
    """Every word that one widget shows or has a screen reader say."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText())
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QMenu():
            yield from (action.text() for action in widget.actions())
        case FiguresLine():
            yield widget.words()


def shown_texts(root: QWidget, allowed: set[str]) -> Iterator[tuple[str, str]]:
    """(class of the widget, its words) of everything below `root` that is visible."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget is root or widget.isVisible() or isinstance(widget, QMenu):
            for words in texts(widget):
                if words and words not in allowed:
                    yield type(widget).__name__, re.sub(r"<[^>]+>", "", words)
    for action in root.actions():
        for words in (action.text(), action.toolTip()):
            if words not in allowed:
                yield "QAction", words


def left_in(pattern: re.Pattern[str], root: QWidget, allowed: set[str]) -> set[tuple[str, str]]:
    """What is still in the other language."""
    return {
        (kind, words)
        for kind, words in shown_texts(root, allowed)
        if any(word not in NAMES for word in pattern.findall(words))
    }


def everything_at_once(whole: Whole, *, signal: bool = True) -> None:
    """Notices of either sort, figures or what stands in their place: as much to read as there can be."""
    source = whole.live("dog", "haar-faces", "canny", lane_scene("dog", form="kernel"))
    source.title = Text("The script", "台本")
    source.give(picture(1, width=320, height=180))
    whole.shows(1)
    whole.until(lambda: whole.views[0].figures.words())
    whole.window.complain("one", NOTICE)
    whole.window.inform("two", NOTICE)
    whole.press("S")
    whole.until(lambda: "kept" in whole.window.chrome.notices.standing())
    if not signal:
        source.give(NoSignal(Text("The cable is out.", "ケーブルが抜けています。")))
        whole.until(lambda: whole.message())


def citations() -> set[str]:
    """Titles of papers are in the language of the paper; file names are as they are."""
    return {pipeline.citation for pipeline in discover().values()}


@pytest.mark.parametrize("name", discover())
def test_switching_the_language_says_every_word_anew_and_back(whole: Whole, name: str) -> None:
    everything_at_once(whole)
    whole.session.choose(whole.lane(), name)
    whole.until(lambda: bool(whole.views[1].figures.words()))
    says_all_anew_and_back(whole)


def test_so_it_does_without_a_signal(whole: Whole) -> None:
    everything_at_once(whole, signal=False)
    says_all_anew_and_back(whole)


def says_all_anew_and_back(whole: Whole) -> None:
    assert len(list(shown_texts(whole.window, set()))) > 60
    whole.press("J")
    assert language.current() == "ja"
    with_a_path = {words for words in whole.notices() if str(whole.memory.folder.parent) in words}
    assert len(with_a_path) == 1
    assert left_in(ENGLISH, whole.window, citations() | with_a_path) == set()
    whole.press("J")
    names_the_other = {"日本語", "日本語 (J)"}
    assert left_in(JAPANESE, whole.window, citations() | names_the_other) == set()


def test_keys_picker_sources_and_caption_are_in_the_language_of_the_moment(whole: Whole) -> None:
    whole.film("dog")
    whole.press("J")
    whole.press("H")
    assert left_in(ENGLISH, whole.window.chrome.keys, set()) == set()
    whole.press("H")
    whole.window.chrome.show_sources()
    whole.until(lambda: len(whole.window.chrome.sources.actions()) > 3)
    assert left_in(ENGLISH, whole.window.chrome.sources, set()) == set()
    whole.window.chrome.sources.close()
    whole.views[0].choose_pipeline()
    [picker] = whole.views[0].findChildren(PipelinePicker)
    listed = [picker._list.item(row) for row in range(picker._list.count())]
    words = [words for row in listed for words in (row.text(), row.toolTip())]
    assert not [w for w in words if set(ENGLISH.findall(w)) - NAMES]
    picker.close()
    whole.press("P")
    caption = next(w for w in whole.window.wall.children() if type(w).__name__ == "LargeCaption")
    assert isinstance(caption, QWidget)
    assert set(ENGLISH.findall(caption.accessibleName())) <= NAMES
    assert JAPANESE.search(caption.accessibleName())


def test_the_empty_state_is_in_the_language_of_the_moment(whole: Whole) -> None:
    whole.window.show_nothing(NOTICE)
    whole.press("J")
    assert whole.window.chrome.empty.isVisible()
    assert left_in(ENGLISH, whole.window.chrome.empty, set()) == set()


# --- light and dark, and the size of text


def grab(whole: Whole) -> QImage:
    return whole.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def brightness(image: QImage) -> float:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return float(np.median(rows[:50, :, :3]))


def test_light_and_dark_are_switched_while_it_runs(whole: Whole) -> None:
    whole.film("dog", "original")
    assert brightness(grab(whole)) < 80
    whole.press("T")
    assert brightness(grab(whole)) > 180
    assert whole.memory.settings().appearance == "light"
    whole.press("T")
    assert brightness(grab(whole)) < 80


def test_text_grows_in_steps_to_200_percent_and_is_remembered(whole: Whole) -> None:
    whole.film("dog")
    title = next(label for label in whole.window.chrome.column.findChildren(QLabel) if label.text())
    heights = [title.fontMetrics().height()]
    for size in TEXT_SIZES[1:]:
        whole.press("+")
        assert whole.memory.settings().text_size == size
        heights.append(title.fontMetrics().height())
    assert heights == sorted(set(heights))
    assert heights[-1] == pytest.approx(2 * heights[0], rel=0.1)
    whole.press("+")
    assert theme.current().scale == 2.0
    for _ in range(9):
        whole.press("-")
    assert theme.current().scale == 1.0
    assert whole.memory.settings().text_size == 100


def test_the_language_of_one_start_is_not_remembered(whole: Whole) -> None:
    """`--lang ja` is for this start; a person's own choice is for ever."""
    assert whole.preferences.settings.language == "system"
    assert not (whole.memory.folder / "settings.toml").exists()
    whole.press("J")
    assert whole.memory.settings() == Settings(language="ja", appearance="dark")
    whole.press("J")
    assert whole.memory.settings().language == "en"


def test_mirror_is_remembered(whole: Whole) -> None:
    whole.film("dog")
    whole.press("M")
    assert whole.memory.settings().mirror_others
    assert whole.memory.settings().mirror_camera


# --- nothing is cut off


def too_narrow(root: QWidget) -> list[str]:
    """Visible words that have less room than they need, unless they are meant to give way."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if isinstance(widget, LaneHeader) or not widget.text():
            continue
        wanted = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.heightForWidth(widget.width()) > widget.height()
        else:
            short = wanted.width() > widget.width() or wanted.height() > widget.height()
        if short:
            room = f"{widget.width()} × {widget.height()}"
            found.append(f"{type(widget).__name__} “{widget.text()}” has {room}, wants {wanted}")
    return found


def out_of_place(root: QWidget) -> list[str]:
    """Visible children of the window's parts that stick out of them."""
    return [
        f"{type(child).__name__} {child.geometry()} in {type(parent).__name__} {parent.rect()}"
        for parent in root.findChildren(QWidget)
        if parent.isVisible()
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
        if child.geometry().left() < 0 or child.geometry().right() > parent.rect().right()
    ]


def keys(whole: Whole) -> None:
    whole.film("dog")
    whole.press("H")


def nothing(whole: Whole) -> None:
    whole.film("dog")
    whole.window.show_nothing(NOTICE)


STATES: dict[str, Callable[[Whole], object]] = {
    "with everything": everything_at_once,
    "without a signal": lambda whole: everything_at_once(whole, signal=False),
    "with a film": lambda whole: whole.film("haar-faces", "dog"),
    "with keys": keys,
    "with nothing": nothing,
}


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_nothing_is_cut_on_a_projector(
    whole: Whole, qtbot: QtBot, spoken: str, percent: int, state: Callable[[Whole], object]
) -> None:
    whole.window.resize(1280, 720)
    whole.preferences.set_text_size(percent)
    state(whole)
    whole.preferences.speak(spoken)  # type: ignore[arg-type]
    with contextlib.suppress(TimeoutError):  # what is wrong for good is told below
        qtbot.waitUntil(lambda: not (too_narrow(whole.window) or out_of_place(whole.window)), timeout=3000)
    assert (whole.window.width(), whole.window.height()) == (1280, 720)
    assert too_narrow(whole.window) == []
    assert out_of_place(whole.window) == []
