from __future__ import annotations

import pytest

from models.text import Language, Text, plain


@pytest.mark.parametrize(("language", "words"), [("en", "Freeze"), ("ja", "静止")])
def test_a_text_gives_the_words_of_the_language_asked_for(language: Language, words: str) -> None:
    assert Text("Freeze", "静止").pick(language) == words


def test_filling_fills_both_languages_and_leaves_the_pattern_as_it_was() -> None:
    pattern = Text("{n} of {total} faces", "{total} 個中 {n} 個の顔")

    assert pattern.filled(n=2, total=5) == Text("2 of 5 faces", "5 個中 2 個の顔")
    assert pattern.en == "{n} of {total} faces"


def test_filling_takes_a_format_in_each_language() -> None:
    assert Text("{x:.1f} px", "{x:.0f} 画素").filled(x=2.345) == Text("2.3 px", "2 画素")


def test_plain_words_are_the_same_in_both_languages() -> None:
    assert plain(640) == Text("640", "640")
    assert plain("σ").pick("ja") == plain("σ").pick("en") == "σ"
