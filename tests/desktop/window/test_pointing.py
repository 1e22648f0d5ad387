"""Pointing at a picture tells how a pixel came about; clicking on it moves the eye, or keeps the pixel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.window.framing import Framing
from desktop.window.lane_view import LaneView
from desktop.window.layers.sum_card import SumCard
from desktop.window.wheel import Disc, WheelKey
from pipelines.classic.kernel import KernelParameters
from pipelines.classic.retina import RetinaParameters
from tests.desktop.window.whole import Whole, lane_scene

NO, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


def place_of(view: LaneView, x: float, y: float) -> QPoint:
    """Where the middle of a pixel of the picture is in the lane."""
    size = view.picture_size()
    assert size
    across, down = Framing(view.viewport, size).place(x + 0.5, y + 0.5)
    return (QPointF(across, down) / view.devicePixelRatioF()).toPoint()


def point_at(view: LaneView, x: float, y: float) -> None:
    at = QPointF(place_of(view, x, y))
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, view.mapToGlobal(at), NO, NO, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, event)


def click(view: LaneView, x: float, y: float) -> None:
    QTest.mouseClick(view, LEFT, pos=place_of(view, x, y))


def card(view: LaneView) -> SumCard:
    (found,) = view.findChildren(SumCard)
    return found


def test_the_arithmetic_of_the_pixel_under_the_pointer_is_shown(whole: Whole) -> None:
    whole.film("kernel")
    (view,) = whole.views
    assert card(view).isHidden()

    point_at(view, 20, 12)

    assert card(view).isVisible()
    assert card(view).accessibleName().startswith("Row 12, column 20; sum of the products 0.000")
    point_at(view, 50, 30)
    assert card(view).accessibleName().startswith("Row 30, column 50; sum of the products 150.000")
    assert "divided by 3: 50.000" in card(view).accessibleName()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert card(view).isHidden()


@pytest.mark.parametrize("mirror", [False, True])
def test_the_card_lies_where_the_pointer_is_not(whole: Whole, mirror: bool) -> None:
    whole.film("kernel")
    whole.session.set_mirror(mirror)
    (view,) = whole.views
    whole.until(lambda: view.viewport.mirror == mirror)

    for x in (5, 60):
        point_at(view, x, 18)
        left = place_of(view, x, 18).x() < view.width() / 2
        assert (card(view).geometry().center().x() > view.width() / 2) == left


def test_a_click_keeps_the_pixel_and_a_second_one_lets_it_go(whole: Whole) -> None:
    whole.film("kernel")
    (view,) = whole.views

    click(view, 40, 20)

    assert whole.lane().parameters == KernelParameters(sums=True, row=20, column=40)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    whole.until(lambda: card(view).isVisible())
    assert card(view).accessibleName().startswith("Row 20, column 40")
    click(view, 40, 20)
    assert whole.lane().parameters == KernelParameters(row=20, column=40)


def test_a_click_moves_the_eye(whole: Whole) -> None:
    whole.film(lane_scene("retina", view="back"))
    (view,) = whole.views

    click(view, 16, 27)

    parameters = whole.lane().parameters
    assert isinstance(parameters, RetinaParameters)
    assert (parameters.x, parameters.y) == pytest.approx((25.8, 76.4), abs=1.0)
    shown = whole.window.chrome.column.panel.parameters()
    assert shown == parameters, "the sliders go along"


def test_a_drag_moves_nothing(whole: Whole) -> None:
    whole.film(lane_scene("retina", view="back"))
    (view,) = whole.views

    QTest.mousePress(view, LEFT, pos=place_of(view, 16, 27))
    QTest.mouseRelease(view, LEFT, pos=place_of(view, 40, 10))

    assert whole.lane().parameters == RetinaParameters(view="back")


def test_directions_have_a_wheel_for_a_key(whole: Whole) -> None:
    whole.film(lane_scene("sobel", view="direction"))
    (key,) = whole.window.chrome.column.findChildren(WheelKey)

    whole.until(lambda: key.isVisibleTo(whole.window))
    (disc,) = key.findChildren(Disc)
    image = key.grab().toImage()
    whole.session.choose(whole.lane(), "canny")
    whole.until(lambda: key.isHidden())

    middle = disc.geometry().center()
    reach = 0.45 * disc.width()
    colours = {
        image.pixelColor(round(middle.x() + reach * x), round(middle.y() + reach * y)).name()
        for x, y in ((1, 0), (0, -1), (-1, 0), (0, 1))
    }
    assert len(colours) == 4, "another colour in each direction"
