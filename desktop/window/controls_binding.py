"""Joins the session to the column and the transport, which come after the first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.parameters import Parameters

if TYPE_CHECKING:
    from desktop.window.chrome import Chrome
    from desktop.window.main_window import MainWindow

POSITION_MS = 250


class ControlsBinding(QObject):
    """What belongs to the selected lane, and to the place in the source."""

    def __init__(self, window: MainWindow, chrome: Chrome, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._column, self._transport = chrome.column, chrome.transport
        self._lane: Lane | None = None
        window.wall.selection_changed.connect(self.show_selected)
        session.lanes_changed.connect(self.show_selected)
        session.outcome.connect(self._show_outcome)
        session.source_changed.connect(self._begin_source)
        session.changed.connect(self.show_position)
        self._column.parameters_edited.connect(self.edit_parameters)
        self._transport.play_wanted.connect(lambda on: session.freeze(not on))
        self._transport.step_wanted.connect(session.step)
        self._transport.seek_wanted.connect(self._seek)
        self._clock = QTimer(self, interval=POSITION_MS)
        self._clock.timeout.connect(self.show_position)
        self._clock.start()
        self.show_selected()
        self.show_position()

    def edit_parameters(self, parameters: Parameters) -> None:
        """Parameters for the selected lane."""
        lane = self._window.selected_lane()
        self._session.set_parameters(lane, parameters)
        self._column.show_pipeline(lane.pipeline, parameters)

    def show_selected(self) -> None:
        if self._session.studio.lanes:
            lane = self._window.selected_lane()
            if lane is not self._lane:
                self._column.forget_results()
                self._lane = lane
            self._column.show_pipeline(lane.pipeline, lane.parameters)
            self._window.show_caption()

    def show_position(self) -> None:
        """Where a playable source is; nothing for any other."""
        playable = self._session.playable
        self._transport.setVisible(playable is not None and not self._window.presenting)
        if playable:
            self._transport.show_position(playable.position, playable.length, playable.rate, playable.paused)

    def _begin_source(self) -> None:
        self._column.forget_results()
        self.show_position()

    def _show_outcome(self, lane: Lane, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and lane is self._window.selected_lane():
            self._column.show_result(outcome.result, outcome.milliseconds)

    def _seek(self, position: int) -> None:
        if playable := self._session.playable:
            playable.seek(position)
