"""Recording what is on screen: begins and ends it, and tells how it goes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from desktop.language import _, current, say
from desktop.window import snapshot
from desktop.window.icons import icon
from desktop.window.lane_view import LaneView
from desktop.window.recording.feed import Feed
from desktop.window.recording.mark import RecordMark
from desktop.window.recording.moment import Moment, look_at, painted, room_for
from desktop.window.session import Session
from desktop.window.waker import Waker
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Outcome
from pipelines.engine.recorder import Recorder, Recording
from pipelines.recording_file import UNFINISHED

if TYPE_CHECKING:
    from desktop.window.chrome import Chrome
    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)
LOOK_MS = 100
"""How often words and figures over the pictures are looked at."""
PATIENCE = 10.0
"""Seconds that quitting waits for a recording to be finished."""
MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class ScreenRecording(QObject):
    """One recording at a time, of the whole wall or of one lane."""

    changed = Signal()
    """It has begun or ended."""
    ended = Signal(object)
    """What came of it, a `Recording`: the file is there, or there is none."""

    def __init__(self, window: MainWindow, chrome: Chrome, session: Session) -> None:
        super().__init__(window)
        self._window, self._chrome, self._session = window, chrome, session
        self.folder: Callable[[], Path] = snapshot.folder
        """Where recordings go; asked whenever one begins."""
        self._recorder: Recorder[Moment] | None = None
        self._feed: Feed | None = None
        self._only: LaneView | None = None
        self._began = 0.0
        self._waker = Waker(self)
        self._waker.woken.connect(self._end)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)
        self.mark = RecordMark(window.arrangement)
        self.mark.pressed.connect(self.stop)
        for name in ("record", "record-lane"):
            chrome.actions[name].setIcon(icon("record", "soft", on="recording"))
        session.outcome.connect(self._take)
        session.lanes_changed.connect(self._follow)
        window.closing.connect(self.close)
        for widget in (window.wall, chrome.notices, self.mark):
            widget.installEventFilter(self)

    @property
    def of_wall(self) -> bool:
        """Whether the whole wall is being recorded."""
        return self._feed is not None and self._only is None

    @property
    def of_lane(self) -> bool:
        """Whether one lane is."""
        return self._feed is not None and self._only is not None

    def switch_wall(self) -> None:
        """Begin with the whole wall, or end whatever is being recorded."""
        self._switch(None)

    def switch_lane(self) -> None:
        """The same with the selected lane."""
        self._switch(self._window.selected_view())

    def stop(self) -> None:
        """Nothing more is recorded; what was is finished beside the window."""
        if self._recorder and self._feed:
            self._feed = self._only = None
            self._clock.stop()
            self._recorder.stop(time.perf_counter())
            self._show()

    def close(self) -> None:
        """Who records and quits gets the file."""
        self.stop()
        if self._recorder and not self._recorder.join(PATIENCE):
            log.error("the recording was not finished within %g s", PATIENCE)
        self._recorder = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mark moves with what it lies on and under, whatever moves that."""
        if event.type() in MOVING:
            self._place()
        return super().eventFilter(watched, event)

    # --- how it goes

    def _switch(self, only: LaneView | None) -> None:
        if self._feed:
            self.stop()
        elif self._recorder is None:
            self._begin(only)
        self.changed.emit()

    def _begin(self, only: LaneView | None) -> None:
        wall, self._only = self._window.wall, only
        views = self._views()
        if not any(view.done for view in views):
            self._only = None
            self._window.inform("kept", lambda: _("There is no picture yet."))
            return
        self._window.withdraw("recording")
        where = self.folder()
        name = snapshot.free(where, ", ".join(self._titles(views)), ".mp4", UNFINISHED)
        paint = partial(painted, room=room_for(look_at(wall, views).size))
        self._recorder = Recorder(where / f"{name}.mp4", paint, self._waker.wake)
        self._feed = Feed(wall, views, self._recorder.put)
        self._began = time.perf_counter()
        self._clock.start()
        self._show()

    def _take(self, lane: Lane, outcome: Outcome) -> None:
        view = self._view_of(lane)
        if self._feed and view and view in self._views():
            self._feed.take(view, outcome)

    def _look(self) -> None:
        if self._feed:
            self._feed.look(self._views())
            self._show()

    def _follow(self) -> None:
        """Other lanes; where the one that is recorded has gone, that was its end."""
        if self._only and self._only not in self._window.wall.views:
            self.stop()
            self.changed.emit()
        self._look()

    def _end(self) -> None:
        """The file is there, or there is none."""
        if self._recorder is None or self._recorder.recording is None:
            return
        recording, self._recorder, self._feed, self._only = self._recorder.recording, None, None, None
        self._clock.stop()
        self._show()
        self.changed.emit()
        self._tell(recording)
        self.ended.emit(recording)

    def _tell(self, recording: Recording) -> None:
        tell = self._window.complain if recording.trouble else self._window.inform
        offer = self._chrome.keeping.folder_of(recording.path) if recording.path else None
        tell("recording" if recording.trouble else "kept", lambda: _told(recording), offer)

    # --- what is seen of it

    def _show(self) -> None:
        if self._recorder:
            seconds = time.perf_counter() - self._began
            self.mark.show_state(seconds, self._recorder.dropped, ending=self._feed is None)
        self.mark.setVisible(self._recorder is not None)
        self._place()

    def _place(self) -> None:
        area = self._window.wall.geometry()
        if self._chrome.notices.isVisible():
            area.setTop(self._chrome.notices.geometry().bottom())
        self.mark.lie_on(area)
        self._chrome.distortions.keep_off(self.mark.needs())

    # --- inside

    def _views(self) -> Sequence[LaneView]:
        return self._window.wall.views if self._only is None else (self._only,)

    def _view_of(self, lane: Lane) -> LaneView | None:
        lanes, views = self._session.studio.lanes, self._window.wall.views
        return views[lanes.index(lane)] if lane in lanes else None

    def _titles(self, views: Sequence[LaneView]) -> list[str]:
        lanes = self._session.studio.lanes
        return [say(lane.pipeline.title) for lane in lanes if self._view_of(lane) in views]


def _told(recording: Recording) -> str:
    sentences = [say(recording.trouble)] if recording.trouble else []
    if recording.dropped:
        missing = _("{n} of {all} frames are missing: this computer had no time for them.")
        sentences.append(missing.format(n=recording.dropped, all=recording.recorded + recording.dropped))
    if recording.path:
        sentences.append(_("Saved as {path}").format(path=recording.path))
    return (" " if current() == "en" else "").join(sentences)
