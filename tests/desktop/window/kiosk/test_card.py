"""What a station is about, and what its network answers."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop import language, theme
from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
from desktop.theme import Theme
from desktop.window.kiosk.card import Card
from desktop.window.kiosk.drawing import Drawing
from desktop.window.score_bars import Lines
from models.text import Text
from pipelines.result import Score

W = TypeVar("W", bound=QWidget)
FIRST, SECOND = read_kiosk(SHIPPED / "network.toml").stations[:2]
SCORES = tuple(Score(Text(f"thing {number}", f"もの {number}"), 0.3 - number / 20) for number in range(5))


def shown(width: int = 1280, most: int = 180) -> tuple[Card, Lines]:
    card = Card((FIRST, SECOND))
    card.show_station(FIRST)
    card.resize(width, card.fit(width, most))
    card.show()
    return card, part(card, Lines)


def part(card: Card, kind: type[W]) -> W:
    found = card.findChild(kind)
    assert isinstance(found, kind)
    return found


def words(card: Card) -> list[str]:
    return [label.text().replace("\n", "") for label in card.findChildren(QLabel)]


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
    assert scores.accessibleName() == "thing 0 30%; thing 1 25%; thing 2 20%"
    assert scores.height() <= card.height()
    language.speak("ja")
    card.retranslate()
    assert scores.accessibleName().startswith("もの 0 30%")
    card.show_station(SECOND)
    assert scores.isHidden()


def test_where_there_is_no_room_for_both_the_drawing_makes_room_for_the_answers(look: QApplication) -> None:
    theme.apply(look, Theme(scale=2.0))
    card, scores = shown(1000)
    drawing = part(card, Drawing)
    assert drawing.isVisible()
    card.show_scores(SCORES)
    assert scores.isVisible()
    assert drawing.isHidden()
    card.show_station(SECOND)
    assert drawing.isVisible()


@pytest.mark.parametrize("most", [120, 150, 180, 300])
def test_letters_become_smaller_until_all_stations_fit_and_nothing_jumps(
    most: int, look: QApplication
) -> None:
    theme.apply(look, Theme(scale=2.0))
    card, _scores = shown(1248, most)
    assert card.height() <= most
    sizes = set()
    for spoken in language.LANGUAGES:
        language.speak(spoken)
        for station in (FIRST, SECOND):
            card.show_station(station)
            labels = card.findChildren(QLabel)
            sizes.add(tuple(label.font().pixelSize() for label in labels))
            for label in labels:
                assert card.rect().contains(label.geometry())
                assert label.sizeHint().width() <= label.width() + 1
                assert label.sizeHint().height() <= label.height() + 1
    assert len(sizes) == 1
