"""Pointing at places of the frame, for the tests of the probe and the profile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.window.lane_view import LaneView
from desktop.window.probe.lane_places import area_of, place_of

NO, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def pixel(view: LaneView, x: float, y: float) -> QPoint:
    """Where the middle of a pixel of the frame is in the lane."""
    area = area_of(view)
    assert area
    place = place_of(view, (100 * (x + 0.5) / area.frame[0], 100 * (y + 0.5) / area.frame[1]))
    assert place
    return place.toPoint()


def share(view: LaneView, at: tuple[float, float]) -> QPoint:
    """Where a place in percent of the frame is in the lane."""
    place = place_of(view, at)
    assert place
    return place.toPoint()


def point_at(view: LaneView, at: QPoint, buttons: Qt.MouseButton = NO) -> None:
    """Move the pointer there."""
    send(view, QEvent.Type.MouseMove, at, buttons)


def drag(view: LaneView, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press, move in three steps, let go."""
    send(view, QEvent.Type.MouseButtonPress, start, LEFT)
    for step in (1, 2, 3):
        send(view, QEvent.Type.MouseMove, start + (end - start) * (step / 3), LEFT, held)
    send(view, QEvent.Type.MouseButtonRelease, end, LEFT)


def send(
    view: LaneView, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.KeyboardModifier = PLAIN
) -> None:
    pressed = NO if kind == QEvent.Type.MouseButtonRelease else button
    changed = NO if kind == QEvent.Type.MouseMove else button
    event = QMouseEvent(kind, QPointF(at), view.mapToGlobal(QPointF(at)), changed, pressed, held)
    QApplication.sendEvent(view, event)
