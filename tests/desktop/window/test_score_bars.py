"""What a network takes the picture for, in words and bars."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.score_bars import Lines, ScoreBars
from models.text import Language, Text
from pipelines.result import Score
from tests.desktop.window.whole import Whole, lane_scene

pytestmark = pytest.mark.usefixtures("look")
CHAINSAW, CHURCH = Text("chain saw", "チェーンソー"), Text("church", "教会")
SCORES = (Score(CHAINSAW, 0.75), Score(CHURCH, 0.25))


@pytest.fixture
def bars(qtbot: QtBot) -> ScoreBars:
    made = ScoreBars()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show_scores(SCORES)
    return made


def lines(bars: ScoreBars) -> Lines:
    return bars.findChildren(Lines)[0]


def words(bars: ScoreBars) -> str:
    return bars.findChildren(QLabel)[0].text()


def test_they_are_there_where_there_are_scores(bars: ScoreBars) -> None:
    assert bars.isVisible()
    bars.show_scores(())
    assert bars.isHidden()


@pytest.mark.parametrize(
    ("spoken", "heading", "told"),
    [
        ("en", "What it takes this for", "chain saw 75%; church 25%"),
        ("ja", "何に見えるか", "チェーンソー 75%; 教会 25%"),
    ],
)
def test_names_are_told_in_the_language_that_is_spoken(
    bars: ScoreBars, spoken: Language, heading: str, told: str
) -> None:
    """Also where the picture stands and no newer scores come."""
    language.speak(spoken)
    QApplication.sendEvent(bars, QEvent(QEvent.Type.LanguageChange))
    assert words(bars) == heading
    assert lines(bars).accessibleName() == told


def test_a_bar_is_as_long_as_its_share(bars: ScoreBars) -> None:
    whole = lines(bars).width()
    image = QImage(lines(bars).size(), QImage.Format.Format_RGB32)
    lines(bars).render(image)
    accent = theme.current().colour("accent").rgb()
    rows = [sum(image.pixel(x, y) == accent for x in range(whole)) for y in range(image.height())]
    half = len(rows) // 2
    assert max(rows[:half]) == pytest.approx(0.75 * whole, abs=4)
    assert max(rows[half:]) == pytest.approx(0.25 * whole, abs=4)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_there_is_room_for_every_line(look: QApplication, bars: ScoreBars, scale: float) -> None:
    theme.apply(look, Theme(scale=scale))
    long = Text("a name that is much longer than the column is wide " * 3, "とても長い名前" * 20)
    bars.show_scores((*SCORES, Score(long, 0.0)))
    bars.adjustSize()
    line = lines(bars).height() / 3
    assert line >= lines(bars).fontMetrics().height()
    assert lines(bars).minimumSizeHint().width() < 300 * scale, "long names are cut, not the column widened"


def test_a_drawn_digit_is_named_in_the_column_of_the_selected_lane(whole: Whole) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    whole.film(lane_scene("feature-maps", network="lenet-5"), "original")
    shown = whole.window.findChildren(ScoreBars)[0]
    whole.until(shown.isVisible)
    done = whole.views[0].done
    assert done is not None
    assert len(done.result.scores) == 5
    for score in done.result.scores:
        assert score.title.en in lines(shown).accessibleName()
    whole.window.wall.select(1)
    whole.until(shown.isHidden)
