"""The arithmetic of one unit, as it is written over its lane."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.layers.sum_card import SumCard
from models.text import Language, Text
from pipelines.arithmetic import Share, Sum


def sum_of(side: int) -> Sum:
    """Of a kernel of this side, with as much to be said as there ever is."""
    window = np.linspace(-1, 1, side * side, dtype=np.float32).reshape(side, side)
    shares = (*(Share(100 + n, 0.5 - n / 7) for n in range(6)), Share(None, -0.25))
    after = ((Text("normalisation", "正規化"), 0.5), (Text("activation", "活性化関数"), 0.5))
    return Sum(
        "features.denseblock3.denselayer9.conv2",
        (511, 13, 6),
        "sum",
        101,
        window,
        window,
        shares,
        0.1,
        1.0,
        after,
    )


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("side", [1, 3, 11])
@pytest.mark.parametrize(
    ("size", "lane"), [(100, (460, 260)), (100, (930, 540)), (200, (620, 330)), (200, (930, 540))]
)
def test_it_stays_inside_its_lane(
    look: QApplication, qtbot: QtBot, size: int, lane: tuple[int, int], side: int, spoken: Language
) -> None:
    """Also before an audience, and in one of four lanes."""
    theme.apply(look, Theme(scale=size / 100))
    language.speak(spoken)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(*lane)
    card = SumCard(parent)
    for across in (0.1, 0.9):
        card.show_sum(sum_of(side), QPointF(across * lane[0], lane[1] / 2))
        assert parent.rect().contains(card.geometry()), card.geometry()
    parent.show()
    assert not card.grab().isNull()


@pytest.mark.parametrize("across", [0.05, 0.45, 0.55, 0.95])
def test_the_unit_is_not_covered_where_there_is_room(look: QApplication, qtbot: QtBot, across: float) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1250, 540)
    card, unit = SumCard(parent), QPointF(across * 1250, 270)
    card.show_sum(sum_of(3), unit)
    assert not card.geometry().contains(unit.toPoint())


def test_a_pooling_has_one_grid_and_no_terms(look: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(460, 260)
    window = np.array([[0.5, np.nan], [2.0, -1.0]], np.float32)
    card = SumCard(parent)
    card.show_sum(Sum("pool", (3, 0, 0), "maximum", 3, window, None, (), 0.0, 2.0), QPointF())
    assert card.accessibleName() == "pool: map 3, row 0, column 0; maximum of the window: 2.000"
    card.show_sum(None, QPointF())
    assert card.isHidden()


def test_it_rather_tells_less_than_that_it_covers_the_unit(look: QApplication, qtbot: QtBot) -> None:
    theme.apply(look, Theme(scale=2.0))
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1260, 410)
    card, told = SumCard(parent), replace(sum_of(3), layer="conv2")
    card.show_sum(told, QPointF(20, 205))
    roomy = card.geometry()
    unit = QPointF(roomy.left() + 5, 205)
    card.show_sum(told, unit)
    assert not card.geometry().contains(unit.toPoint())
    assert card.width() < roomy.width()


def test_the_terms_are_read_out_without_what_only_keeps_them_together(
    look: QApplication, qtbot: QtBot
) -> None:
    language.speak("ja")
    parent = QWidget()
    qtbot.addWidget(parent)
    card = SumCard(parent)
    card.show_sum(sum_of(3), QPointF())
    assert "\N{WORD JOINER}" not in card.accessibleName()
    assert "地図" in card.accessibleName()


@pytest.mark.parametrize(("most", "written"), [(24, True), (24_000_000, False)])
def test_the_numbers_of_seven_by_seven_are_written_where_they_fit(
    look: QApplication, qtbot: QtBot, most: int, written: bool
) -> None:
    """White letters in a grid of dark blue squares: where they do not fit, only the squares are there."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(930, 540)
    card, grid = SumCard(parent), np.full((7, 7), -most, np.float32)
    found = Sum("", (0, 3, 3), "sum", 0, grid, np.eye(7, dtype=np.float32), (), 0.0, 0.0, ())
    card.show_sum(found, QPointF(900, 270))
    parent.show()
    image = card.grab().toImage()
    cell = card._fit.cell
    pixels = theme.current().px(12)
    row = image.height() // 2
    square = [
        image.pixelColor(x, y).lightness()
        for y in range(row - cell, row)
        for x in range(pixels, pixels + cell)
    ]
    assert (max(square) > 200) == written
