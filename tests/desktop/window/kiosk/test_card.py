"""What a station is about, and what its network answers."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop import language, theme
from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
from desktop.theme import Theme
from desktop.window.kiosk.card import Card, Drawing
from desktop.window.score_bars import Lines
from models.text import Text
from pipelines.result import Score

W = TypeVar("W", bound=QWidget)
FIRST, SECOND = read_kiosk(SHIPPED / "network.toml").stations[:2]
SCORES = tuple(Score(Text(f"thing {number}", f"もの {number}"), 0.3 - number / 20) for number in range(5))


def shown(width: int = 1280) -> tuple[Card, Lines]:
    card = Card()
    card.show_station(FIRST)
    card.resize(width, card.sizeHint().height())
    card.show()
    return card, part(card, Lines)


def part(card: Card, kind: type[W]) -> W:
    found = card.findChild(kind)
    assert isinstance(found, kind)
    return found


def words(card: Card) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel)]


def test_a_card_says_its_station_in_the_language_that_is_spoken(look: QApplication) -> None:
    card, _scores = shown()
    assert words(card) == [FIRST.title.en, FIRST.sentence.en]
    language.speak("ja")
    card.retranslate()
    assert words(card) == [FIRST.title.ja, FIRST.sentence.ja]


def test_a_station_without_a_drawing_gives_its_room_to_the_words(look: QApplication) -> None:
    card, _scores = shown()
    drawing = part(card, Drawing)
    assert drawing.isVisible()
    card.show_station(type(FIRST)(FIRST.title, FIRST.sentence, FIRST.scene))
    assert drawing.isHidden()


def test_the_surest_answers_stand_beside_the_sentence_until_another_station_comes(look: QApplication) -> None:
    card, scores = shown()
    assert scores.isHidden()
    card.show_scores(SCORES)
    assert scores.isVisible()
    assert scores.accessibleName() == "thing 0 30%; thing 1 25%; thing 2 20%; thing 3 15%"
    assert scores.height() <= card.height()
    language.speak("ja")
    card.retranslate()
    assert scores.accessibleName().startswith("もの 0 30%")
    card.show_station(SECOND)
    assert scores.isHidden()


def test_a_narrow_card_keeps_its_room_for_the_sentence(look: QApplication) -> None:
    theme.apply(look, Theme(scale=2.0))
    card, scores = shown()
    card.show_scores(SCORES)
    assert scores.isHidden()
    card.resize(1920, card.height())
    card.show_scores(SCORES)
    assert scores.isVisible()
