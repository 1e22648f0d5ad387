"""Joins the line of the profile to the lanes it lies over, and to its curves under the pictures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction

from desktop.language import _, current, say
from desktop.window import snapshot
from desktop.window.lane_view import LaneView
from desktop.window.plot import PICTURES_FIRST_MS
from desktop.window.probe.keep import save
from desktop.window.probe.lane_places import area_of
from desktop.window.probe.line_hand import LineHand
from desktop.window.probe.line_mark import LineMark
from desktop.window.probe.profile_panel import LaneCurve, ProfilePanel
from desktop.window.session import Session
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.intensity import Line, Numbers, along
from pipelines.onlooker import numbered
from pipelines.result import Curve, Plot

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

ACROSS = Line((15.0, 50.0), (85.0, 50.0))
"""Where the line lies before a person has drawn one."""
EVERY_MS = 33
"""Not more often than a camera gives pictures, whatever the lanes give together."""
REST, RAREST_MS = 16, 200
"""So many times as long as it took curves are not drawn again, up to a limit: on a weak machine the pictures
come first."""
TITLE = Text("Line profile", "ラインプロファイル")
BELOW = Text("distance from A (px)", "A からの距離（px）")


class LineProfile(QObject):
    """There while the session has a line."""

    def __init__(self, window: MainWindow, session: Session, action: QAction) -> None:
        super().__init__(window)
        self._window, self._session, self._action = window, session, action
        self._over: dict[LaneView, tuple[LineMark, LineHand]] = {}
        self._dragged = False
        self.panel = ProfilePanel()
        self.panel.close_wanted.connect(lambda: self.show(False))
        self.panel.moved.connect(self._shift)
        self._pause = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._pause.timeout.connect(self._draw)
        window.installEventFilter(self)
        session.profile_changed.connect(self._show_line)
        session.lanes_changed.connect(self._show_line)
        session.source_changed.connect(self._show_line)
        session.outcome.connect(self._hear)
        QTimer.singleShot(PICTURES_FIRST_MS, self, self._show_line)  # of the scene that the window began with

    def show(self, on: bool) -> None:
        """A line across the middle, or no more."""
        self._session.draw_profile(ACROSS if on else None)

    def plot(self) -> Plot | None:
        """All curves as they are now; `None` where there are none."""
        line, frame = self._session.profile, self._frame_size()
        if line is None or frame is None:
            return None
        distances = line.places(frame)[1]
        lanes = self._session.studio.lanes
        curves = tuple(
            Curve(numbered(curve.lane, lanes[curve.lane].pipeline.title), distances, curve.numbers)
            for curve in self._curves(line, frame)
            if curve.numbers is not None
        )
        return Plot(TITLE, BELOW, curves) if curves else None

    def save(self) -> None:
        """The curves as they are now, into the person's own pictures."""
        plot, where, language = self.plot(), snapshot.folder(), current()
        if plot is None:
            self._window.inform("kept", lambda: _("There is no line profile to save."))
        else:
            self._window.chrome.keeping.keep(lambda: save(plot, where, language))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.panel.keep_within(self._window.size())
        return super().eventFilter(watched, event)

    # --- the line

    def _show_line(self) -> None:
        """Over the lanes that there are now."""
        line, views = self._session.profile, self._window.wall.views
        for view in views:
            if view not in self._over:
                self._over[view] = self._laid_over(view)
        for gone in self._over.keys() - set(views):
            del self._over[gone]
        for place, view in enumerate(views):
            mark, hand = self._over[view]
            mark.show_line(line, place)
            hand.watch(line is not None)
        self._action.setChecked(line is not None)
        self.panel.setVisible(line is not None)
        if line is not None and not self._dragged:
            self._draw()
        elif line is not None:
            self._draw_soon()

    def _laid_over(self, view: LaneView) -> tuple[LineMark, LineHand]:
        hand = LineHand(view, lambda: self._session.profile)
        hand.moved.connect(self._drag)
        hand.let_go.connect(self._let_go)
        return LineMark(view), hand

    def _drag(self, line: Line) -> None:
        self._dragged = True
        self._session.draw_profile(line)

    def _let_go(self) -> None:
        self._dragged = False
        self._draw()

    def _shift(self, across: float, down: float) -> None:
        if line := self._session.profile:
            moved = [(end[0] + across, end[1] + down) for end in (line.start, line.end)]
            if all(0 <= part <= 100 for end in moved for part in end):
                self._session.draw_profile(Line(moved[0], moved[1]))

    # --- the curves

    def _hear(self, lane: Lane, outcome: Outcome) -> None:
        """However many lanes have something new, the curves are drawn once."""
        if not self.panel.isHidden() and isinstance(outcome, Done):
            self._draw_soon()

    def _draw_soon(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _draw(self) -> None:
        began = time.perf_counter()
        line, frame = self._session.profile, self._frame_size()
        if line is None or frame is None:
            return
        for place, view in enumerate(self._window.wall.views):
            self._over[view][0].show_line(line, place)
        distances = line.places(frame)[1]
        self.panel.show_curves(distances, self._curves(line, frame))
        self.panel.show_length(float(distances[-1]), dragged=self._dragged)
        took = 1000 * (time.perf_counter() - began)
        self._pause.setInterval(min(max(EVERY_MS, round(REST * took)), RAREST_MS))

    def _curves(self, line: Line, frame: tuple[int, int]) -> list[LaneCurve]:
        found, places = [], line.places(frame)[0]
        for place, view in enumerate(self._window.wall.views):
            pipeline = self._session.studio.lanes[place].pipeline
            numbers = _numbers(view, frame, places)
            signed = numbers is not None and view.done is not None and view.done.result.signed
            found.append(LaneCurve(place, say(numbered(place, pipeline.title)), numbers, signed))
        return found

    def _frame_size(self) -> tuple[int, int] | None:
        """Of the newest frame that a lane shows."""
        shown = [view.done.frame for view in self._window.wall.views if view.done]
        return max(shown, key=lambda frame: frame.captured).size if shown else None


def _numbers(view: LaneView, frame: tuple[int, int], places: Numbers) -> Numbers | None:
    """`None` where the lane has no such places, or shows a frame of another size still."""
    area, done = area_of(view), view.done
    if area is None or done is None or area.frame != frame:
        return None
    return along(done.result, area, places)
