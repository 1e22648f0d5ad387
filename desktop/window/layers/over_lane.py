"""What a person does over a lane: look at a map, choose a unit or a place, pin a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QTapAndHoldGesture

from desktop.language import _
from desktop.window.framing import Area
from desktop.window.layers.cards import Cards
from desktop.window.layers.lens import WIDEST, Lens
from desktop.window.layers.map_menu import Entry, open_menu
from pipelines.engine.outcome import Done
from pipelines.layers.pins import NAME as TRAY
from pipelines.units import Units

FOUND_MS = 5000
"""How long a map is shown large that was found by its number, unless the pointer moves."""
SHIFT = Qt.KeyboardModifier.ShiftModifier
HOLD, ENDED = Qt.GestureType.TapAndHoldGesture, Qt.GestureState.GestureFinished

if TYPE_CHECKING:
    from desktop.window.lane_view import LaneView


class OverLane(QObject):
    """Follows the pointer over its lane, and tells which unit or place a person clicks on."""

    unit_chosen = Signal(object)
    """(map, row, column) of the first layer that is shown."""
    cell_chosen = Signal(str, int)
    """The parameter that chooses among things without places, and the number of the one."""
    map_pinned = Signal(str, int)
    """A layer and the number of its map: on it a person has clicked with Shift held."""

    aimed = Signal(object, object)
    """An `Aim`, and what its two parameters become: a person has clicked there."""
    pointed = Signal(object)
    """The place of the lane under the pointer, or `None` where it has left. Lens and cards know it."""

    def __init__(self, view: LaneView) -> None:
        super().__init__(view)
        self._view = view
        self._lens, self._cards = Lens(view), Cards(view)
        self._done: Done | None = None
        self._pointer: QPointF | None = None
        self._pressed: QPointF | None = None
        self._found_for = QTimer(self, singleShot=True, interval=FOUND_MS)
        self._found_for.timeout.connect(self._look)
        view.setMouseTracking(True)
        view.grabGesture(HOLD)
        view.installEventFilter(self)

    @property
    def tells(self) -> bool:
        """Whether a card or the lens tells about a place of the lane now."""
        return self._cards.shown or not self._lens.isHidden()

    def show_done(self, done: Done | None) -> None:
        """The newest picture of the lane. A map that has just been chosen by its number is shown for a while
        as if the pointer were on it, and an enlarged picture moves to it."""
        former, self._done = _chosen(self._done), done
        now = _chosen(done)
        if former and now and former[0] == now[0] and former != now:
            self._found_for.start()
            if area := self._area_of_chosen():
                self._view.bring_into_view(area)
        self._look()

    def fill_with_chosen(self) -> None:
        """Enlarge the chosen map; the whole again where something is enlarged."""
        if area := self._area_of_chosen():
            self._view.fill_with(area)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                self._pointer = event.position()
                self._found_for.stop()
                self._look()
                self.pointed.emit(self._pointer)
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
                self.pointed.emit(event.position())
            case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
                self._choose(event.position(), pins=bool(event.modifiers() & SHIFT))
            case QEvent.Type.Leave:
                self._pointer = None
                self._look()
                self.pointed.emit(None)
            case QEvent.Type.ContextMenu if isinstance(event, QContextMenuEvent):
                return self._open_menu(QPointF(event.pos()), event.globalPos())
            case QEvent.Type.Gesture if isinstance(event, QGestureEvent):
                held = event.gesture(HOLD)
                if isinstance(held, QTapAndHoldGesture) and held.state() == ENDED and not self._drags():
                    at = held.position().toPoint()
                    return self._open_menu(QPointF(self._view.mapFromGlobal(at)), at)
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """At the map that was just found, or the one under the pointer; while a card is shown it has the
        room."""
        self._cards.show(self._done.result if self._done else None, self._pointer)
        at = self._place_of_found() if self._found_for.isActive() else self._pointer
        point = self._view.pick(at) if at else None
        if self._done is None or at is None or point is None or self._cards.shown:
            self._lens.hide()
        else:
            self._lens.look(self._done.result, point, at, mirror=self._view.viewport.mirror)

    def _choose(self, released: QPointF, *, pins: bool) -> None:
        """A click, not the end of a drag."""
        self._pointer = released
        pressed, drags = self._pressed, self._drags()
        self._pressed, point = None, self._view.pick(released)
        if pressed is None or drags or point is None or self._done is None:
            return
        aim = self._done.result.aim
        if aim and (values := aim.at(*point, self._done.result.picture.shape)):
            self.aimed.emit(aim, values)
        for number, units in enumerate(self._done.result.units):
            unit = units.at(*point, mirror=self._view.viewport.mirror)
            if unit and pins and _can_be_pinned(units):
                self.map_pinned.emit(units.layer, unit[0])
            elif unit and number == 0 and not pins and units.shape is not None:
                self.unit_chosen.emit(unit)
            elif unit and number == 0 and not pins and units.chosen is not None:
                self.cell_chosen.emit(units.field, unit[0])

    def _drags(self) -> bool:
        """Whether the pointer has left the place where it was pressed; a finger is never quite still."""
        if self._pressed is None or self._pointer is None:
            return False
        return (self._pointer - self._pressed).manhattanLength() >= QApplication.startDragDistance()

    def _open_menu(self, place: QPointF, at: QPoint) -> bool:
        """For the map at this place of the lane; whether there is one."""
        self._pressed = None
        point = self._view.pick(place)
        if self._done is None or point is None:
            return False
        entries: list[Entry] = []
        for number, units in enumerate(self._done.result.units):
            if unit := units.at(*point, mirror=self._view.viewport.mirror):
                entries += self._entries(units, unit, first=number == 0)
        open_menu(self._view, at, entries)
        return bool(entries)

    def _entries(self, units: Units, unit: tuple[int, int, int], *, first: bool) -> list[Entry]:
        """Kernels cannot be pinned, and only the first layer's units have their arithmetic told."""
        entries = []
        if _can_be_pinned(units):
            pin = (
                _("Take it off the pinned maps") if units.layer == TRAY else _("Pin the map, or take it off")
            )
            entries.append(Entry(pin, lambda: self.map_pinned.emit(units.layer, unit[0])))
        if first and units.shape is not None:
            entries.append(Entry(_("Arithmetic of this unit"), lambda: self.unit_chosen.emit(unit)))
        if first and units.chosen is not None:
            entries.append(Entry(_("Choose it"), lambda: self.cell_chosen.emit(units.field, unit[0])))
        return entries

    def _area_of_chosen(self) -> Area | None:
        units = self._done.result.units if self._done else ()
        return units[0].box_of_chosen() if units else None

    def _place_of_found(self) -> QPointF | None:
        """The middle of its cell, in the lane; `None` where it is large already."""
        area, framing = self._area_of_chosen(), self._view.framing()
        if area is None or framing is None:
            return None
        x, y, width, height = area
        if width * framing.scale >= WIDEST * framing.viewport.width:
            return None
        return QPointF(*framing.place(x + width / 2, y + height / 2)) / self._view.devicePixelRatioF()


def _can_be_pinned(units: Units) -> bool:
    """Maps, and those that are pinned already; not what enters, and no slices of kernels."""
    return units.layer == TRAY or (units.chosen is not None and units.numbers is None)


def _chosen(done: Done | None) -> tuple[str, int | None] | None:
    """The layer and the number of its chosen map."""
    units = done.result.units if done else ()
    return (units[0].layer, units[0].chosen) if units else None
