"""The painted curves: where the points are, in which colour, and what is written around them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop import language
from desktop.painting.chart import Chart
from desktop.painting.stress_page import SIZE, page
from desktop.theme import Theme
from models.text import Language, Text
from pipelines.stress.curve import StressCurve, StressPoint, Tally
from pipelines.stress.sweeps import SWEEPS

AREA = QRectF(10, 20, 600, 420)
ROTATION = SWEEPS["rotation"]
LOOK = Theme(dark=False)


def curve(*points: tuple[float, int, int]) -> StressCurve:
    """(strength, faces of 10 found by the first, by the second); a score of 1 on each that is found."""
    made = tuple(
        StressPoint(strength, 1, (Tally(10, one, one / 10, 0), Tally(10, two, two / 10, 0)))
        for strength, one, two in points
    )
    return StressCurve("rotation", 0.0, (Text("One", "一"), Text("Two", "二")), made)


GROWN = curve((-45, 2, 0), (0, 8, 6), (30, 4, 6))


def painted(chart: Chart) -> NDArray[np.uint8]:
    """(height, width, 3) red, green, blue."""
    image = QImage(640, 460, QImage.Format.Format_RGB888)
    image.fill(chart.look.colour("panel"))
    with QPainter(image) as painter:
        chart.paint(painter, AREA)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def near(pixels: NDArray[np.uint8], x: float, y: float, colour: QColor) -> bool:
    """Whether this colour is within two pixels of a place."""
    part = pixels[round(y) - 2 : round(y) + 3, round(x) - 2 : round(x) + 3].astype(int)
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    return bool((np.abs(part - wanted).max(axis=2) < 30).any())


@pytest.mark.usefixtures("look")
def test_each_point_is_where_its_strength_and_its_share_are() -> None:
    chart = Chart(GROWN, ROTATION, LOOK)
    pixels = painted(chart)
    for detector, role in enumerate(("accent", "second")):
        for plot, values in zip(
            chart.plots(AREA), (GROWN.shares(detector), GROWN.kept(detector)), strict=True
        ):
            for point, value in zip(GROWN.points, values, strict=True):
                x = plot.left() + (point.strength + 90) / 180 * plot.width()
                y = plot.bottom() - value * plot.height()
                ring = 3 if detector else 0  # the second's dots are rings
                assert near(pixels, x + ring, y, LOOK.colour(role)), (detector, point.strength)  # type: ignore[arg-type]


@pytest.mark.usefixtures("look")
def test_nothing_is_drawn_where_nothing_is_measured() -> None:
    chart = Chart(curve((0, 8, 6)), ROTATION, LOOK)
    empty = painted(Chart(curve(), ROTATION, LOOK))
    changed = (painted(chart) != empty).any(axis=2)
    upper, lower = chart.plots(AREA)
    for plot in (upper, lower):
        inside = changed[round(plot.top()) : round(plot.bottom()), round(plot.left()) : round(plot.right())]
        columns = np.flatnonzero(inside.any(axis=0)) + round(plot.left())
        assert np.abs(columns - plot.center().x()).max() <= 8


@pytest.mark.usefixtures("look")
def test_a_line_stands_at_the_strength_that_is_looked_at() -> None:
    chart = Chart(GROWN, ROTATION, LOOK, cursor=30.0)
    pixels, without = painted(chart), painted(Chart(GROWN, ROTATION, LOOK))
    columns = np.flatnonzero((pixels != without).any(axis=(0, 2)))
    plot = chart.plots(AREA)[0]
    assert columns.mean() == pytest.approx(chart.across(30.0, plot), abs=1)
    assert np.ptp(columns) <= 2


def test_a_place_gives_the_strength_that_is_drawn_there(look: QApplication) -> None:
    chart = Chart(GROWN, ROTATION, LOOK)
    for strength in (-90.0, -12.5, 0.0, 90.0):
        assert chart.strength_at(chart.across(strength, chart.plots(AREA)[0]), AREA) == pytest.approx(
            strength
        )


@pytest.mark.usefixtures("look")
def test_a_hair_of_room_is_no_reason_to_fail() -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        Chart(GROWN, ROTATION, LOOK).paint(painter, QRectF(0, 0, 8, 8))


@pytest.mark.usefixtures("look")
def test_a_page_has_its_size_and_speaks_the_language() -> None:
    pages = []
    for spoken in language.LANGUAGES:
        language.speak(spoken)
        png = page(GROWN, ROTATION)
        image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
        assert image is not None
        assert image.shape == (SIZE[1], SIZE[0], 3)
        pages.append(image)
    assert (pages[0] != pages[1]).any()


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_no_word_of_a_page_reaches_its_edge(spoken: Language) -> None:
    language.speak(spoken)
    for sweep in SWEEPS.values():
        made = StressCurve(sweep.name, sweep.neutral, (Text("One " * 60, "一" * 90), Text("Two", "二")))
        image = cv2.imdecode(np.frombuffer(page(made, sweep), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert image is not None
        rim = np.concatenate(
            [image[:20].ravel(), image[-20:].ravel(), image[:, :20].ravel(), image[:, -20:].ravel()]
        )
        assert (rim == 255).all()
