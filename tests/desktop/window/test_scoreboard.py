"""The score in presentation: large, live, at the foot of the selected lane, and only where two compete."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.theme import DARK
from desktop.window.caption import LargeCaption
from desktop.window.scoreboard import Scoreboard
from desktop.window.wall import Wall
from models.text import Text
from pipelines.result import Comparison, Result, Row
from tests.desktop.window.whole import Whole
from tests.pipelines.engine.scripted import pipeline

pytestmark = pytest.mark.usefixtures("look")
LANE = QRect(0, 0, 1280, 720)


def compared(first: float = 2, second: float | None = 3, *, name: str = "CNN") -> Comparison:
    rows = (
        Row(Text("In this picture", "この画像での検出"), first, second, large=True),
        Row(Text("Time", "時間"), 4.0, 60.0, "ms"),
        Row(Text("F1", "F1"), 91.4, 40.0, "%", large=True),
    )
    return Comparison(Text(name, name), Text("Haar cascade", "Haar カスケード"), rows)


@pytest.fixture
def board(qtbot: QtBot) -> Scoreboard:
    made = Scoreboard()
    qtbot.addWidget(made)
    made.lie_on(LANE)
    return made


def test_it_says_who_has_what(board: Scoreboard) -> None:
    board.show_comparison(compared())
    assert not board.isHidden()
    assert board.accessibleName() == " In this picture F1; CNN 2 91 %; Haar cascade 3 40 %"
    language._current = "ja"
    board.retranslate()
    assert "この画像での検出" in board.accessibleName()


def test_it_is_there_only_for_something_large(board: Scoreboard) -> None:
    board.show_comparison(Comparison(Text("a", "a"), Text("b", "b"), (Row(Text("Time", "時間"), 1, 2),)))
    assert board.isHidden()
    board.show_comparison(compared())
    assert not board.isHidden()
    board.show_comparison(None)
    assert board.isHidden()


def test_both_are_painted_in_their_colours(board: Scoreboard) -> None:
    board.show_comparison(compared())
    image = board.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {QColor(DARK.accent).name(), QColor(DARK.second).name()} <= seen


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1264, 384), (300, 700)])
@pytest.mark.parametrize("name", ["CNN", "A detector with a very long name of its own"])
def test_it_stays_inside_leaves_the_middle_free_and_cuts_nothing(
    board: Scoreboard, size: tuple[int, int], name: str
) -> None:
    lane = QRect(40, 30, *size)
    board.lie_on(lane)
    board.show_comparison(compared(12, 1234, name=name))
    assert lane.contains(board.geometry())
    assert board.geometry().top() > lane.center().y()
    for number, line in enumerate(board._cells):
        metrics = QFontMetrics(board._font(number))
        for words, width in zip(line, board._widths(), strict=True):
            assert metrics.horizontalAdvance(words) <= width


def test_figures_that_stay_are_not_laid_out_again(board: Scoreboard, monkeypatch: pytest.MonkeyPatch) -> None:
    board.show_comparison(compared())
    fits: list[int] = []
    monkeypatch.setattr(board, "_fit", lambda: fits.append(1))
    board.show_comparison(compared())
    assert fits == []
    board.show_comparison(compared(5))
    assert fits == [1]


def test_it_stands_where_the_caption_was(qtbot: QtBot) -> None:
    wall = Wall()
    qtbot.addWidget(wall)
    wall.resize(1208, 608)
    wall.set_count(2)
    wall.show()
    caption, score = wall.findChild(LargeCaption), wall.findChild(Scoreboard)
    assert caption is not None
    assert score is not None
    wall.show_caption(Text("Versus", "対決"), Text("Two.", "二つ。"))
    wall.show_score(compared())
    assert (caption.isVisible(), score.isVisible()) == (False, True)
    wall.select(1)
    assert wall.views[1].geometry().contains(score.geometry())
    wall.show_score(None)
    assert (caption.isVisible(), score.isVisible()) == (True, False)
    wall.hide_caption()
    assert not caption.isVisible()


def test_it_is_shown_in_presentation_only_and_follows_the_selected_lane(whole: Whole) -> None:
    contest = pipeline(lambda frame, _: Result(frame.image, comparison=compared(frame.number)))
    film = whole.film(contest, "original")
    score = whole.window.wall.findChild(Scoreboard)
    assert score is not None
    assert score.isHidden()
    whole.window.present(True)
    film.seek(7)
    whole.shows(7)
    assert "CNN 7" in score.accessibleName()
    whole.window.wall.select(1)
    assert score.isHidden()
    whole.window.wall.select(0)
    film.seek(8)
    whole.shows(8)
    assert not score.isHidden()
    whole.window.present(False)
    assert score.isHidden()
