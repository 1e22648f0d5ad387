"""Sentences are broken where one takes a breath."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.window.kiosk.phrases import lines, phrases

ASK = "Hold up your hand: why are a few lines enough to see it?"
QUESTION = "カメラの前で手を広げてみよう。線だけなのに、なぜ手だとわかるのかな？"


@pytest.fixture
def metrics(look: QApplication) -> QFontMetrics:
    return QFontMetrics(theme.current().font("title"))


def test_what_fits_is_one_line(metrics: QFontMetrics) -> None:
    for words in (ASK, QUESTION):
        assert lines(words, metrics, metrics.horizontalAdvance(words)) == [words]
    assert lines("", metrics, 100) == []


def test_what_to_do_stands_over_what_to_find_out(metrics: QFontMetrics) -> None:
    for words in (ASK, QUESTION):
        first, second = lines(words, metrics, metrics.horizontalAdvance(words) - 1)
        assert first.endswith((":", "。"))
        assert second.endswith(("?", "？"))


@pytest.mark.parametrize("share", [0.9, 0.6, 0.4, 0.3, 0.15])
@pytest.mark.parametrize("words", [ASK, QUESTION])
def test_no_line_is_too_long_and_nothing_is_lost(words: str, share: float, metrics: QFontMetrics) -> None:
    width = round(share * metrics.horizontalAdvance(words))
    set_ = lines(words, metrics, width)
    assert all(metrics.horizontalAdvance(line) <= width for line in set_)
    assert "".join(set_).replace(" ", "") == words.replace(" ", "")
    assert not any(line[0] in "、。？！ーっゃゅょ" for line in set_)


def test_lines_are_about_as_long_where_no_sentence_ends(metrics: QFontMetrics) -> None:
    words = "one two three four five six seven eight nine ten"
    first, second = lines(words, metrics, metrics.horizontalAdvance(words) - 1)
    assert abs(metrics.horizontalAdvance(first) - metrics.horizontalAdvance(second)) < 60


def test_japanese_is_torn_apart_only_where_a_phrase_is_longer_than_a_line(metrics: QFontMetrics) -> None:
    assert phrases("10 種類だけ") == ["10 種類だけ"]
    assert phrases("手を広げて、「顔だ！」と言おう。") == ["手を広げて、", "「顔だ！」", "と言おう。"]
    assert len(lines("とてもながいことば", metrics, metrics.horizontalAdvance("とてもなが"))) == 2
    assert not any(
        line.endswith("A")
        for line in lines("知らない AI は", metrics, metrics.horizontalAdvance("知らない A"))
    )
