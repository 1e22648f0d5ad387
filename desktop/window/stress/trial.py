"""A stress test at work beside the window."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from desktop.window.waker import Waker
from models.errors import FusiformError
from models.text import Text
from pipelines.engine.leaving import Leaving, all_ended
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outcome import in_words
from pipelines.frame import Frame
from pipelines.stress.contender import Contender
from pipelines.stress.curve import StressCurve
from pipelines.stress.pictures import LabelledPictures
from pipelines.stress.run import Finders, Stopped, Stress, opened, with_faces
from pipelines.stress.sweeps import Sweep

log = logging.getLogger(__name__)
Two = tuple[Contender, Contender]
MOST_PICTURES = 30
"""Of a folder: a curve that nobody waits for to its end is none."""


class Grown(Struct, frozen=True, eq=False):
    """The curve so far, and the first frame with the faces that are looked for in it."""

    curve: StressCurve
    frame: Frame


class Ended(Struct, frozen=True):
    """Nothing more comes; `trouble` says why, where that is not because all is done."""

    trouble: Text | None = None


class Trial(QObject):
    """One test at a time, in a thread of its own: another one takes the place of one that runs.

    What comes of it is told on the thread that made this.
    """

    grown = Signal(object)
    """`Grown`: there is one more point, or several."""
    ended = Signal(object)
    """`Ended`, once for each test, unless it was stopped by `stop` or by another test."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waker = Waker(self)
        self._waker.woken.connect(self._tell)
        self._run: _Run | None = None
        self._leaving: Leaving[_Run] = Leaving()

    @property
    def running(self) -> bool:
        return self._run is not None

    def start(self, sweep: Sweep, contenders: Two, frame: Frame, folder: Path | None = None) -> None:
        """Begin with `frame` alone, or with others as well that are labelled in its `folder`."""
        self.stop()
        self._run = _Run(
            sweep, contenders, lambda finders: _pictures(frame, folder, finders), self._waker.wake
        )
        self._run.thread.start()

    def stop(self) -> None:
        """At once: what the running test still finds is not told."""
        run, self._run = self._run, None
        if run:
            self._leaving.stop(run)

    def close(self, timeout: float) -> None:
        """End every thread; one that hangs in a detector is left behind after `timeout` seconds."""
        self.stop()
        if not self._leaving.join(timeout):
            log.error("a stress test did not end within %g s", timeout)

    def _tell(self) -> None:
        run = self._run
        while run is not None and run is self._run and (news := run.news.poll()) is not None:
            if isinstance(news, Ended):
                self.stop()
                self.ended.emit(news)
            else:
                self.grown.emit(news)


class _Run:
    """One test and its thread."""

    def __init__(
        self,
        sweep: Sweep,
        contenders: Two,
        pictures: Callable[[Finders], Sequence[Frame]],
        wake: Callable[[], None],
    ) -> None:
        self.news: Mailbox[Grown, Ended] = Mailbox()
        self._sweep, self._contenders, self._pictures = sweep, contenders, pictures
        self._wake = wake
        self.thread = threading.Thread(target=self._work, name="stress", daemon=True)

    def stop(self) -> None:
        self.news.close()

    def join(self, timeout: float) -> bool:
        return all_ended([self.thread], timeout)

    def _work(self) -> None:
        try:
            with opened(self._contenders, max(1, (os.cpu_count() or 1) - 1)) as finders:
                frames = self._pictures(finders)
                first = frames[0]
                for curve in Stress(self._sweep, self._contenders, frames).run(finders, self._tick):
                    self._put(Grown(curve, first))
            self._end(Ended())
        except FusiformError as error:
            self._end(Ended(error.text))
        except BaseException as error:
            log.exception("the stress test failed")
            self._end(Ended(_failed(error)))

    def _tick(self) -> None:
        if self.news.closed:
            raise Stopped

    def _put(self, grown: Grown) -> None:
        self.news.put(grown)
        self._wake_up()

    def _end(self, ended: Ended) -> None:
        self.news.put_notice(ended)
        self._wake_up()

    def _wake_up(self) -> None:
        if not self.news.closed:
            self._wake()


def _pictures(frame: Frame, folder: Path | None, finders: Finders) -> Sequence[Frame]:
    if folder is None:
        return (with_faces(frame, finders),)
    return LabelledPictures.of(folder, MOST_PICTURES, first=frame.name)


def _failed(error: BaseException) -> Text:
    detail = in_words(error)
    return Text(f"The stress test failed ({detail}).", f"ストレステストに失敗しました（{detail}）。")
