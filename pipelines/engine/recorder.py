"""A video of what is shown, painted, encoded and written beside everything else."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from models.errors import FusiformError
from models.text import Text
from pipelines.engine.giving_way import give_way
from pipelines.engine.outcome import in_words
from pipelines.files import reason
from pipelines.frame import Image
from pipelines.recording_file import RecordingFile

log = logging.getLogger(__name__)
LONGEST = 8
"""Moments that wait to be painted; each holds the pictures of all lanes."""
HURRY = 2.0
"""Seconds that `join` waits after it has told the recorder to leave out what need not be."""
T = TypeVar("T")


class Recording(Struct, frozen=True):
    """What came of it. `path` is `None` where nothing plays; `trouble` says why it ended by itself."""

    path: Path | None
    recorded: int
    dropped: int
    """Frames that found no room because painting and writing took too long."""
    trouble: Text | None = None


class Recorder(Generic[T]):
    """Moments of what is shown, each with its time, to a file. Nothing else waits for it: one thread paints,
    and another one, which gives way to all others, encodes and writes.
    """

    def __init__(self, path: Path, paint: Callable[[T], Image], ended: Callable[[], None]) -> None:
        """`paint` gives pictures of one size with even sides, as `RecordingFile` takes them, on the
        recorder's thread; there `ended` is called when `recording` is there.
        """
        self.recording: Recording | None = None
        self.dropped = 0
        self._path = path
        self._paint = paint
        self._ended = ended
        self._changed = threading.Condition()
        self._waiting: deque[tuple[float, T]] = deque()
        self._newest = float("-inf")
        self._until: float | None = None
        self._recorded = 0
        self._is_left = False
        self._in_haste = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    # --- from any thread

    def put(self, moment: T, seconds: float) -> None:
        """What is shown from `seconds` on, of a clock of one's own. Never blocks; after the end it does
        nothing.

        One that is not later than the one before takes its place: what a slower lane makes of the same
        frame. So the newest waits until the next one comes.
        """
        with self._changed:
            if self._until is not None or self.recording:
                return
            replaces = seconds <= self._newest and bool(self._waiting)
            if len(self._waiting) >= LONGEST and not replaces:
                self.dropped += 1
                replaces = True
            if replaces:
                self._waiting.pop()
            self._newest = max(self._newest, seconds)
            self._waiting.append((self._newest, moment))
            self._changed.notify()

    def stop(self, seconds: float) -> None:
        """Write what waits and end; the last moment is shown until `seconds`. Returns at once."""
        with self._changed:
            self._until = seconds if self._until is None else self._until
            self._changed.notify()

    def join(self, timeout: float) -> bool:
        """Wait for the end. After `timeout` seconds it is to hurry, and a file of hours stays as it was
        written. False where it hangs even then: `ended` is not called any more.
        """
        self._thread.join(timeout)
        self._in_haste.set()
        self._thread.join(HURRY)
        with self._changed:
            self._is_left = self._thread.is_alive()
        return not self._is_left

    # --- on its own thread

    def _run(self) -> None:
        path, trouble = None, None
        try:
            path, trouble = self._record()
        except FusiformError as error:
            trouble = error.text
        except Exception as error:
            log.exception("the recorder failed")
            trouble = _failed(error)
        with self._changed:
            self._waiting.clear()
            self.recording = Recording(path, self._recorded, self.dropped, trouble)
            if not self._is_left:
                self._ended()

    def _record(self) -> tuple[Path | None, Text | None]:
        """Where it is, and why it ended by itself."""
        if (first := self._next()) is None:
            return None, None
        began, moment = first
        image = self._paint(moment)
        with ThreadPoolExecutor(1, "encoder", give_way) as encoder:
            try:
                file = encoder.submit(RecordingFile, self._path, image.shape[1::-1]).result()
            except OSError as error:
                return None, _not_begun(self._path.parent, error)
            try:
                self._write(encoder, file, image, began)
                until = self._newest if self._until is None else self._until
                return encoder.submit(file.finish, until - began, self._goes_on).result(), None
            except OSError as error:
                return file.rescue(self._goes_on), _broken_off(error)
            except Exception as error:
                log.exception("the recorder failed")
                return file.rescue(self._goes_on), _failed(error)

    def _write(self, encoder: Executor, file: RecordingFile, image: Image, began: float) -> None:
        """This picture and all that come, each painted while the one before is encoded."""
        writing = encoder.submit(file.write, image, 0.0)
        try:
            while (later := self._next()) is not None:
                seconds, moment = later
                image = self._paint(moment)
                writing.result()
                self._recorded += 1
                writing = encoder.submit(file.write, image, seconds - began)
        finally:
            wait((writing,))
        writing.result()
        self._recorded += 1

    def _next(self) -> tuple[float, T] | None:
        """The oldest that waits, when a newer one has come; `None` at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._until is not None or len(self._waiting) > 1)
            return self._waiting.popleft() if self._waiting else None

    def _goes_on(self) -> bool:
        return not self._in_haste.is_set()


def _not_begun(folder: Path, error: OSError) -> Text:
    why = reason(error)
    return Text(
        f"Nothing could be recorded in {folder}: {why.en}.",
        f"{folder} に録画できませんでした（{why.ja}）。",
    )


def _broken_off(error: OSError) -> Text:
    why = reason(error)
    return Text(
        f"The recording has ended, because its file could not be written any further: {why.en}.",
        f"ファイルにこれ以上書き込めないため、録画を終了しました（{why.ja}）。",
    )


def _failed(error: Exception) -> Text:
    return Text(
        f"An error in the program has ended the recording ({in_words(error)}).",
        f"プログラムのエラーにより録画が終了しました（{in_words(error)}）。",
    )
