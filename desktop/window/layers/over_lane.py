"""What lies over a lane: the map under the pointer, and the arithmetic of one unit or of one pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from desktop.window.framing import Framing
from desktop.window.layers.lens import Lens
from desktop.window.layers.sum_card import SumCard
from pipelines.engine.outcome import Done
from pipelines.result import Aim, Box

SHIFT = Qt.KeyboardModifier.ShiftModifier

if TYPE_CHECKING:
    from desktop.window.lane_view import LaneView


class OverLane(QObject):
    """Follows the pointer over its lane, and tells which unit a person clicks on."""

    unit_chosen = Signal(object)
    """(map, row, column) of the first layer that is shown."""
    map_pinned = Signal(str, int)
    """A layer and the number of its map: on it a person has clicked with Shift held."""

    aimed = Signal(object, str)
    """Values by the names of parameters, and the name of a switch or nothing: a person has clicked there."""

    def __init__(self, view: LaneView) -> None:
        super().__init__(view)
        self._view = view
        self._lens, self._sum = Lens(view), SumCard(view)
        self._done: Done | None = None
        self._pointer: QPointF | None = None
        self._pressed: QPointF | None = None
        view.setMouseTracking(True)
        view.installEventFilter(self)

    def show_done(self, done: Done | None) -> None:
        """The newest picture of the lane."""
        self._done = done
        self._show_sum()
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                self._pointer = event.position()
                self._look()
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
            case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
                self._choose(event.position(), pins=bool(event.modifiers() & SHIFT))
            case QEvent.Type.Leave:
                self._pointer = None
                self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """At the map or at the pixel under the pointer; while a sum is shown it has the room."""
        point = self._point_at(self._pointer) if self._pointer else None
        if self._done is not None and self._done.result.filtered is not None:
            self._show_sum(point)
            return
        if self._done is None or self._pointer is None or point is None or not self._sum.isHidden():
            self._lens.hide()
        else:
            self._lens.look(self._done.result, point, self._pointer, mirror=self._view.viewport.mirror)

    def _show_sum(self, point: tuple[float, float] | None = None) -> None:
        """Where the unit is not, or the `point` of the picture that is pointed at."""
        result = self._done.result if self._done else None
        if result and result.filtered and point and _is_in(result.picture, point):
            found = result.filtered.sum_at(int(point[1]), int(point[0]))
            right = point[0] < result.picture.shape[1] / 2
            self._sum.show_sum(found, right=right != self._view.viewport.mirror)
            return
        if result is None or result.sum is None:
            self._sum.show_sum(None, right=True)
            return
        marked = next((mark for mark in result.marks if isinstance(mark, Box)), None)
        right = marked is not None and marked.box[0] < result.picture.shape[1] / 2
        self._sum.show_sum(result.sum, right=right != self._view.viewport.mirror)

    def _choose(self, released: QPointF, *, pins: bool) -> None:
        """A click, not the end of a drag."""
        pressed, self._pressed = self._pressed, None
        point = self._point_at(released)
        if pressed is None or pressed != released or point is None or self._done is None:
            return
        if aim := self._done.result.aim:
            self._aim(aim, point)
            return
        for number, units in enumerate(self._done.result.units):
            unit = units.at(*point)
            if unit and pins:
                self.map_pinned.emit(units.layer, unit[0])
            elif unit and number == 0:
                self.unit_chosen.emit(unit)

    def _aim(self, aim: Aim, point: tuple[float, float]) -> None:
        if _is_in(aim.values, point):
            values = aim.values[int(point[1]), int(point[0])]
            if np.isfinite(values).all():
                self.aimed.emit(dict(zip(aim.fields, values.tolist(), strict=True)), aim.switch or "")

    def _point_at(self, pointer: QPointF) -> tuple[float, float] | None:
        """Of the picture, under a point of the lane."""
        size, at = self._view.picture_size(), pointer * self._view.devicePixelRatioF()
        return Framing(self._view.viewport, size).pick(at.x(), at.y()) if size else None


def _is_in(values: NDArray[np.generic], point: tuple[float, float]) -> bool:
    """Whether there is something at this x, y."""
    height, width = values.shape[:2]
    return bool(0 <= point[0] < width and 0 <= point[1] < height)
