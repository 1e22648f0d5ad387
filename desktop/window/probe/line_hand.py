"""What mouse and finger do with the line of the profile."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.window.lane_view import LaneView
from desktop.window.probe.lane_places import Share, area_of, is_within, place_of, share_at
from pipelines.intensity import Line

BODY = 10
"""Pixels at 100 % beside the line that still take hold of it."""
SHIFT = Qt.KeyboardModifier.ShiftModifier
Grip: TypeAlias = Literal["start", "end", "whole", "new"]


class LineHand(QObject):
    """Watches one lane. An end that is pressed is dragged at once; the line between them is moved, and in the
    picture a new one drawn, as soon as the pointer has left the place where it was pressed: a click stays a
    click. In an enlarged picture dragging moves the picture, and in one that is drawn in it draws."""

    moved = Signal(object)
    """The `Line` as it is now; it goes on until `let_go`."""
    let_go = Signal()

    def __init__(self, view: LaneView, line: Callable[[], Line | None]) -> None:
        super().__init__(view)
        self._view, self._line = view, line
        self._watches = False
        self._grip: Grip | None = None
        self._holds = False
        """Whether it drags now, and does not only wait for the pointer to move."""
        self._pressed = QPointF()
        self._former: Line | None = None

    def watch(self, on: bool) -> None:
        """Before whoever else watches the lane."""
        if on == self._watches:
            return
        self._watches, self._grip = on, None
        if on:
            self._view.installEventFilter(self)
        else:
            self._view.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if (
                isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton
            ):
                return self._press(event.position())
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                return self._move(event.position(), straight=bool(event.modifiers() & SHIFT))
            case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
                return self._release()
            case QEvent.Type.TouchBegin | QEvent.Type.TouchUpdate | QEvent.Type.TouchEnd if isinstance(
                event, QTouchEvent
            ):
                return self._touch(event)
        return False

    def _touch(self, event: QTouchEvent) -> bool:
        """Where a lane takes fingers itself, as one that is drawn in; else they come as a mouse."""
        at = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            taken = self._press(at)
        elif event.type() == QEvent.Type.TouchUpdate:
            taken = self._holds and self._move(at)
        else:
            taken = self._holds and self._release()
        event.setAccepted(taken)
        return taken

    def _press(self, at: QPointF) -> bool:
        line = self._line()
        self._pressed, self._former, self._holds = at, line, False
        self._grip = self._grip_at(at, line) if line else None
        self._holds = self._grip in ("start", "end")
        if self._holds:
            self._view.pressed.emit()
        return self._holds

    def _move(self, at: QPointF, *, straight: bool = False) -> bool:
        if self._grip is None:
            return False
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        self._holds = self._holds or far
        if self._holds and (line := self._dragged(at, straight)):
            self.moved.emit(line)
        return self._holds

    def _release(self) -> bool:
        held, grip = self._holds, self._grip
        self._grip, self._holds = None, False
        if held:
            self.let_go.emit()
        return held and grip in ("start", "end")  # of another press the lane has seen the beginning

    def _grip_at(self, at: QPointF, line: Line) -> Grip | None:
        places = place_of(self._view, line.start), place_of(self._view, line.end)
        if places[0] is None or places[1] is None:
            return None
        reach = theme.current().px(theme.TARGET) / 2
        ways = [math.hypot(at.x() - place.x(), at.y() - place.y()) for place in places if place]
        if min(ways) <= reach:
            return "start" if ways[0] < ways[1] else "end"
        if self._view.drawn_on:
            return None
        if _beside(at, places[0], places[1]) <= theme.current().px(BODY):
            return "whole"
        share = share_at(self._view, at)
        free = self._view.viewport.zoom == 1 and share is not None and is_within(share)
        return "new" if free else None

    def _dragged(self, at: QPointF, straight: bool) -> Line | None:
        share, former = share_at(self._view, at), self._former
        began = share_at(self._view, self._pressed)
        if share is None or former is None or began is None:
            return None
        match self._grip:
            case "start":
                return Line(self._end(former.end, share, straight), former.end)
            case "end":
                return Line(former.start, self._end(former.start, share, straight))
            case "new":
                start = _kept_within(began)
                return Line(start, self._end(start, share, straight))
        return _shifted(former, (share[0] - began[0], share[1] - began[1]))

    def _end(self, fixed: Share, share: Share, straight: bool) -> Share:
        """In the frame; `straight`: level, upright or half way between."""
        area = area_of(self._view)
        if straight and area:
            share = _straightened(fixed, share, area.frame)
        return _kept_within(share)


def _straightened(fixed: Share, share: Share, frame: tuple[int, int]) -> Share:
    across = (share[0] - fixed[0]) / 100 * frame[0]
    down = (share[1] - fixed[1]) / 100 * frame[1]
    turn = round(math.atan2(down, across) / (math.pi / 4)) * math.pi / 4
    way = across * math.cos(turn) + down * math.sin(turn)
    return (
        fixed[0] + 100 * way * math.cos(turn) / frame[0],
        fixed[1] + 100 * way * math.sin(turn) / frame[1],
    )


def _shifted(line: Line, way: Share) -> Line:
    """As far as both ends stay in the frame."""
    x, y = (
        min(max(by, -min(one, other)), 100 - max(one, other))
        for by, one, other in zip(way, line.start, line.end, strict=True)
    )
    return Line((line.start[0] + x, line.start[1] + y), (line.end[0] + x, line.end[1] + y))


def _kept_within(share: Share) -> Share:
    return min(max(share[0], 0.0), 100.0), min(max(share[1], 0.0), 100.0)


def _beside(at: QPointF, start: QPointF, end: QPointF) -> float:
    """How far from the line between these."""
    way = end - start
    length = QPointF.dotProduct(way, way)
    share = min(max(QPointF.dotProduct(at - start, way) / length, 0.0), 1.0) if length else 0.0
    off = at - (start + way * share)
    return math.hypot(off.x(), off.y())
