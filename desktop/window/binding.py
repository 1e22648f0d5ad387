"""Joins the session to the window: what lanes have to show goes to views, what people do goes to lanes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.language import say
from desktop.window.lane_view import LaneView
from desktop.window.session import Session
from desktop.window.source_menu import icon_name
from models.text import Text
from pipelines.engine.capture import Broken, Live, News
from pipelines.engine.figures import Figures
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.sources.source import Complaining, End, NoSignal, Source

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

FIGURES_MS = 500
"""Figures that change faster than this cannot be read."""
ENDED = Text("That was the end. Play begins again.", "最後まで再生しました。再生を押すと最初から始まります。")


class Binding(QObject):
    """One lane, one view, in the order of the wall."""

    def __init__(self, window: MainWindow, session: Session, outcomes: Mapping[Lane, Outcome]) -> None:
        """`outcomes` are the newest that were shown before there were views."""
        super().__init__(window)
        self._window = window
        self._session = session
        self._views: dict[Lane, LaneView] = {}
        self._figures: dict[LaneView, Figures] = {}
        self._silence: Text | None = None
        self._complaint: Text | None = None
        self._suited = False
        """Whether the wall knows the shape of this source's pictures: the first one counts."""
        session.lanes_changed.connect(self._bind_lanes)
        session.outcome.connect(self._show_outcome)
        session.news.connect(self.show_news)
        session.source_changed.connect(self._begin_source)
        session.refused.connect(lambda text: window.complain("refused", text))
        session.changed.connect(self._show_state)
        self._clock = QTimer(self, interval=FIGURES_MS)
        self._clock.timeout.connect(self._show_figures)
        self._clock.start()
        self._bind_lanes()
        for lane, outcome in outcomes.items():
            self._show_outcome(lane, outcome)

    # --- lanes

    def _bind_lanes(self) -> None:
        lanes = self._session.studio.lanes
        self._window.wall.set_count(len(lanes))
        self._views = dict(zip(lanes, self._window.wall.views, strict=True))
        self._figures = {
            view: kept for view, kept in self._figures.items() if view in self._window.wall.views
        }
        for lane, view in self._views.items():
            if view not in self._figures:
                self._figures[view] = Figures()
                self._connect(view)
                if self._silence:
                    view.show_silence(self._silence)
            view.show_pipeline(lane.pipeline)
            view.set_mirror(self._session.mirror)
            self._session.set_viewport(lane, view.viewport)
        if lanes and self._window.focusWidget() is None:
            self._window.selected_view().setFocus()

    def _connect(self, view: LaneView) -> None:
        view.viewport_changed.connect(lambda viewport: self._session.set_viewport(self._lane(view), viewport))
        view.pipeline_chosen.connect(lambda name: self._session.choose(self._lane(view), name))
        view.painted.connect(lambda outcome, now: self._painted(view, outcome, now))

    def _lane(self, view: LaneView) -> Lane:
        return next(lane for lane, other in self._views.items() if other is view)

    def _show_state(self) -> None:
        for view in self._views.values():
            view.set_mirror(self._session.mirror)
        self._show_silence()

    def _show_silence(self) -> None:
        """A frozen picture is looked at, whatever the source does meanwhile."""
        if self._silence and not self._session.frozen:
            for view in self._views.values():
                view.show_silence(self._silence)

    # --- outcomes

    def _show_outcome(self, lane: Lane, outcome: Outcome) -> None:
        view = self._views.get(lane)
        if view is None:
            return
        if not self._suited:
            self._suited = True
            self._window.wall.suit(outcome.frame.size)
        view.show_outcome(outcome)

    def _painted(self, view: LaneView, outcome: Outcome, now: float) -> None:
        if not isinstance(outcome, Done):
            return
        if not self._session.frozen:  # a held picture has no rate, and its age says nothing
            self._figures[view].painted(now, outcome.frame.captured, outcome.milliseconds)
        self._window.tell_first_picture()

    def _show_figures(self) -> None:
        now = time.perf_counter()
        self.show_source()
        for lane, view in self._views.items():
            view.show_figures(self._figures[view].summary(now), self._session.studio.dropped(lane))

    # --- the source

    def show_source(self) -> None:
        """What plays, by name, with what it really delivers."""
        source = self._session.source
        if source:
            self._window.chrome.bar.show_source(
                icon_name(source.address), say(source.title), say(source.detail)
            )
            self._window.chrome.sources.show_address(source.address)
            self._show_complaint(source)

    def _show_complaint(self, source: Source) -> None:
        """Each once: what a person has read and closed does not come again."""
        complaint = source.complaint if isinstance(source, Complaining) else None
        if complaint != self._complaint:
            self._complaint = complaint
            if complaint:
                self._window.complain("source", complaint)
            else:
                self._window.withdraw("source")

    def _begin_source(self) -> None:
        self._silence = None
        self._suited = False
        for view in self._views.values():
            view.forget_picture()
        self._window.withdraw("refused")
        self._window.show_wall()
        self.show_source()

    def show_news(self, news: News) -> None:
        """How the source is doing."""
        match news:
            case NoSignal(text):
                self._silence = text
                self._show_silence()
            case Broken(text):
                self._window.show_nothing(text)
            case End():
                self._window.inform("end", ENDED)
            case Live():
                self._silence = None
                self._window.withdraw("end")
        self.show_source()
