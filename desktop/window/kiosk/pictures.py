"""The lanes' pictures in an exhibit: looked at, never touched."""

from __future__ import annotations

import time
from itertools import zip_longest

from PySide6.QtCore import QObject, Qt, Signal

from desktop.kiosk.beat import LaneBeat
from desktop.window.lane_view import LaneView
from desktop.window.session import Session
from desktop.window.wall import Wall
from models.text import Text
from pipelines.engine.figures import Figures
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Failed, Outcome


class Pictures(QObject):
    """One lane, one view, in the order of the wall."""

    painted = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.wall = Wall(selectable=False)
        self.wall.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.newest: float | None = None
        """When the newest frame on screen was captured, in seconds of `time.perf_counter`."""
        self._session = session
        self._views: dict[Lane, LaneView] = {}
        self._figures: dict[Lane, Figures] = {}
        self._failures: dict[Lane, Text] = {}
        self._suited = False
        self._names: tuple[Text, ...] = ()
        session.lanes_changed.connect(self._bind)
        session.outcome.connect(self._show)
        session.source_changed.connect(self._begin)
        session.changed.connect(self._mirror)
        self._bind()

    def beats(self) -> tuple[LaneBeat, ...]:
        now = time.perf_counter()
        return tuple(
            LaneBeat(
                lane.pipeline.name,
                summary.fps if (summary := self._figures[lane].summary(now)) else 0.0,
                0.0 if lane.loads else lane.silent_for(),
            )
            for lane in self._views
        )

    @property
    def trouble(self) -> str:
        """Why a lane fails, in English; empty while none does."""
        return next((f"{lane.pipeline.name}: {text.en}" for lane, text in self._failures.items()), "")

    def forget(self) -> None:
        """The exhibit closes: no picture is the newest one any more."""
        self.newest = None

    def call(self, names: tuple[Text, ...]) -> None:
        """What the pictures are called, in their order; one without a name is called as its pipeline."""
        self._names = names
        self._say_names()

    def _bind(self) -> None:
        lanes = self._session.studio.lanes
        known = self.wall.views
        self.wall.set_count(len(lanes))
        self._views = dict(zip(lanes, self.wall.views, strict=True))
        self._figures = {lane: self._figures.get(lane, Figures()) for lane in lanes}
        self._failures = {lane: text for lane, text in self._failures.items() if lane in lanes}
        for lane, view in self._views.items():
            if view not in known:
                self._connect(view)
            view.show_pipeline(lane.pipeline)
            view.set_mirror(self._session.mirror)
            self._session.set_viewport(lane, view.viewport)
        self._say_names()

    def _say_names(self) -> None:
        for view, name in zip_longest(self.wall.views, self._names[: len(self.wall.views)]):
            view.show_name(name)

    def _connect(self, view: LaneView) -> None:
        view.look_only()
        view.viewport_changed.connect(lambda room: self._session.set_viewport(self._lane(view), room))
        view.painted.connect(lambda outcome, now: self._note(self._lane(view), outcome, now))

    def _lane(self, view: LaneView) -> Lane:
        return next(lane for lane, other in self._views.items() if other is view)

    def _begin(self) -> None:
        self._suited = False
        for view in self._views.values():
            view.forget_picture()

    def _mirror(self) -> None:
        for view in self._views.values():
            view.set_mirror(self._session.mirror)

    def _show(self, lane: Lane, outcome: Outcome) -> None:
        if (view := self._views.get(lane)) is None:
            return
        if not self._suited:
            self._suited = True
            self.wall.suit(outcome.frame.size)
        view.show_outcome(outcome)
        if isinstance(outcome, Failed):
            self._failures[lane] = outcome.text
        else:
            self._failures.pop(lane, None)

    def _note(self, lane: Lane, outcome: Outcome, now: float) -> None:
        if isinstance(outcome, Done) and lane in self._figures:
            self._figures[lane].painted(now, outcome.frame.captured, outcome.milliseconds)
            self.newest = max(self.newest or 0.0, outcome.frame.captured)
            self.painted.emit()
