"""Joins the session to the column and the transport, which come after the first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.window.place import Place
from desktop.window.session import Session
from pipelines.aim import Aim
from pipelines.engine.capture import News
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.parameters import Parameters, Spec
from pipelines.sources.source import End, Paced

if TYPE_CHECKING:
    from desktop.window.chrome import Chrome
    from desktop.window.main_window import MainWindow

POSITION_MS = 250
USUAL_PACE = 3.0
"""Seconds that a picture stays, where no other pace was chosen yet."""


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
        session.news.connect(self._hold_at_end)
        self._transport.play_wanted.connect(self._play)
        self._transport.step_wanted.connect(session.step)
        self._transport.seek_wanted.connect(self._seek)
        self._transport.loop_wanted.connect(self._set_loop)
        self._transport.pace_wanted.connect(self._set_pace)
        self._latest_pace = USUAL_PACE
        self._clock = QTimer(self, interval=POSITION_MS)
        self._clock.timeout.connect(self.show_position)
        self._clock.start()
        window.wall.aimed.connect(self._aim)
        self.show_selected()
        self.show_position()

    def edit_parameters(self, parameters: Parameters) -> None:
        """Parameters for the selected lane."""
        lane = self._window.selected_lane()
        self._session.set_parameters(lane, parameters)
        self._column.show_pipeline(lane.pipeline, parameters)

    def _aim(self, aim: Aim, values: tuple[float, float]) -> None:
        """What a person has pointed at; the same place again turns it off where there is a switch."""
        parameters = self._window.selected_lane().parameters
        wanted = {
            name: _rounded(parameters.spec(name), value)
            for name, value in zip(aim.fields, values, strict=True)
        }
        if aim.switch is None:
            self.edit_parameters(parameters.changed(**wanted))
            return
        same = all(abs(getattr(parameters, name) - value) <= aim.near for name, value in wanted.items())
        if same and getattr(parameters, aim.switch):
            self.edit_parameters(parameters.changed(**{aim.switch: False}))
        else:
            self.edit_parameters(parameters.changed(**wanted, **{aim.switch: True}))

    def show_selected(self) -> None:
        if self._session.studio.lanes:
            lane = self._window.selected_lane()
            if lane is not self._lane:
                self._column.forget_results()
                self._window.wall.show_score(None)
                self._lane = lane
            self._column.show_pipeline(lane.pipeline, lane.parameters)
            self._show_what_there_is()
            self._window.show_caption()

    def _show_what_there_is(self) -> None:
        """Of a picture that stands still nothing newer will come."""
        if self._session.frozen and (done := self._window.selected_view().done):
            self._column.show_result(done.result, done.milliseconds, done.status)

    def show_position(self) -> None:
        """Where a playable source is; nothing for any other, nor for one picture alone."""
        place = Place.of(self._session.playable) if self._session.playable else None
        self._transport.setVisible(place is not None and place.length > 1 and not self._window.presenting)
        if place:
            self._transport.show_place(place)

    def _begin_source(self) -> None:
        self._latest_pace = USUAL_PACE
        self._column.forget_results()
        self._window.wall.show_score(None)
        self.show_position()

    def _show_outcome(self, lane: Lane, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and lane is self._window.selected_lane():
            self._window.wall.show_score(outcome.result.comparison if self._window.presenting else None)
            self._column.show_result(outcome.result, outcome.milliseconds, outcome.status)

    # --- what the transport asks for

    def _hold_at_end(self, news: News) -> None:
        """A source that is over is frozen on its last frame, so that playing it again is one press."""
        if isinstance(news, End) and self._session.playable:
            self._session.freeze(True)

    def _play(self, on: bool) -> None:
        """Pictures that are turned by hand play at the pace that they had."""
        pictures = self._pictures
        if on and pictures and not pictures.seconds:
            pictures.seconds = self._latest_pace
        self._session.freeze(not on)

    def _seek(self, position: int) -> None:
        if playable := self._session.playable:
            playable.seek(position)

    def _set_loop(self, on: bool) -> None:
        if playable := self._session.playable:
            playable.loop = on
        self.show_position()

    def _set_pace(self, seconds: float) -> None:
        """Who gives a pace to pictures that were turned by hand wants to see them go."""
        if pictures := self._pictures:
            before, pictures.seconds = pictures.seconds, seconds
            self._latest_pace = seconds or before or self._latest_pace
            if seconds and not before:
                self._session.freeze(False)
        self.show_position()

    @property
    def _pictures(self) -> Paced | None:
        """The source, where it is one of still pictures."""
        source = self._session.source
        return source if isinstance(source, Paced) else None


def _rounded(spec: Spec, value: float) -> float:
    """In the steps of the parameter."""
    return round(value) if spec.kind == "int" else round(value, 1)
