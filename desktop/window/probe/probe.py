"""The pixel probe: a place that is pointed at in one lane, told in all of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QAction

from desktop.language import _
from desktop.window.lane_view import LaneView
from desktop.window.probe.lane_places import Share, area_of, is_within, place_of, share_at
from desktop.window.probe.probe_mark import ProbeMark, Told
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.intensity import Pixel, pixel_at

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

REFRESH_MS = 200
"""Figures that change faster than this cannot be read; where the pointer moves they follow at once."""
LATE = 2
"""Frames behind the newest from which on a lane says so: one is always on its way."""


class Pointed(NamedTuple):
    view: LaneView
    at: QPointF


class Probe(QObject):
    """Over each lane a mark of its own: what belongs to a picture stands in it."""

    def __init__(self, window: MainWindow, session: Session, action: QAction) -> None:
        super().__init__(window)
        self._window, self._session, self._action = window, session, action
        self._marks: dict[LaneView, ProbeMark] = {}
        self._pointed: Pointed | None = None
        self._pause = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._pause.timeout.connect(self._tell)
        session.lanes_changed.connect(self._meet_lanes)
        session.source_changed.connect(self._tell)
        session.outcome.connect(self._hear)
        self._meet_lanes()

    @property
    def on(self) -> bool:
        return self._action.isChecked()

    def show(self, on: bool) -> None:
        """From now on, where the pointer is already."""
        self._action.setChecked(on)
        self._tell()

    def _meet_lanes(self) -> None:
        views = self._window.wall.views
        for view in views:
            if view not in self._marks:
                self._marks[view] = ProbeMark(view)
                view.layers.pointed.connect(functools.partial(self._point, view))
        self._marks = {view: self._marks[view] for view in views}
        if self._pointed and self._pointed.view not in self._marks:
            self._pointed = None
        self._tell()

    def _point(self, view: LaneView, at: QPointF | None) -> None:
        self._pointed = Pointed(view, at) if at else None
        if self.on:
            self._tell()

    def _hear(self, lane: Lane, outcome: Outcome) -> None:
        if self.on and self._pointed and isinstance(outcome, Done) and not self._pause.isActive():
            self._pause.start()

    def _tell(self) -> None:
        if not self.on or self._pointed is None:
            for mark in self._marks.values():
                mark.tell((), None, marked=False)
            return
        pointed = self._pointed
        share = share_at(pointed.view, pointed.at)
        for view, mark in self._marks.items():
            if share is None or not is_within(share):
                nowhere = view is pointed.view and view.done and share is None and not view.layers.tells
                mark.tell(_no_place() if nowhere else (), pointed.at, marked=False)
            else:
                self._tell_lane(view, mark, share, pointed)

    def _tell_lane(self, view: LaneView, mark: ProbeMark, share: Share, pointed: Pointed) -> None:
        at = pointed.at if view is pointed.view else place_of(view, share)
        told = self._told(view, share, first=view is pointed.view)
        if view.layers.tells:
            told = ()  # a card tells how the number came about, and where
        in_sight = at is not None and view.rect().contains(at.toPoint())
        mark.tell(told, at if in_sight else None, marked=in_sight)

    def _told(self, view: LaneView, share: Share, *, first: bool) -> tuple[Told, ...]:
        """Of the lane that is pointed at also the place, and the camera's colour there."""
        done, area = view.done, area_of(view)
        if done is None:
            return ()
        if area is None:
            return _no_place()
        x, y = share[0] / 100 * area.frame[0], share[1] / 100 * area.frame[1]
        pixel = pixel_at(done.result, area, x, y)
        told = [Told(_number(pixel) + self._lateness(done), pixel.colour)]
        if first:
            blue, green, red = done.frame.image[int(y), int(x)].tolist()
            if (red, green, blue) != pixel.colour:
                camera = _("camera {colour}").format(colour=_colour((red, green, blue)))
                told.insert(0, Told(camera, (red, green, blue)))
            told.insert(0, Told(_("x {x}, y {y} px").format(x=int(x), y=int(y))))
        return tuple(told)

    def _lateness(self, done: Done) -> str:
        """Lanes that run freely do not all show the same frame."""
        newest = max(view.done.frame.number for view in self._marks if view.done)
        late = newest - done.frame.number
        return "   " + _("{count} frames older").format(count=late) if late >= LATE else ""


def _no_place() -> tuple[Told, ...]:
    return (Told(_("Places here are not those of the camera's picture.")),)


def _number(pixel: Pixel) -> str:
    if pixel.signed:
        whole = round(pixel.number)
        return f"{whole:+d}".replace("-", "−") if whole else "0"
    return f"{pixel.number:.0f}" if pixel.grey else _colour(pixel.colour)


def _colour(colour: tuple[int, int, int]) -> str:
    return "R {} G {} B {}".format(*colour)
