"""`record/720p30`: what it costs a lane that what it shows is recorded."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from desktop.bench.case import CaseError, Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.bench.opened_window import opened_window
from desktop.bench.painting import wait
from desktop.bench.pipelines import pictures
from desktop.bench.stream import LAST_MOMENT, Evenly
from desktop.language import _, say
from desktop.window.main_window import MainWindow
from pipelines.engine.outcome import Done, Outcome
from pipelines.engine.recorder import Recording
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene

SIZE = (1280, 720)
RATE = 30
WARM_UP = 1.0
"""Seconds at the beginning that do not count: the window is completed, the encoder is opened."""
STEP = 0.05
PATIENCE = 30.0
"""Seconds for the first picture, and for the file to be finished."""
GOAL = Goal("ratio", ">=", 0.97)


def measure(name: str, effort: Effort) -> Iterator[Row]:
    kept: list[float] = []
    recorded, plain = in_turns(
        partial(share_shown, effort.segment, kept), partial(share_shown, effort.segment), effort.segments
    )
    yield Row(name, "%", GOAL, statistics.median(recorded), statistics.median(plain))
    yield Row(f"{name}-kept", "%", None, statistics.median(kept))


def share_shown(seconds: float, kept: list[float] | None = None) -> float:
    """Percent of the frames of a stream that are painted in the whole window.

    With `kept` they are recorded, and it gets the percent of what was shown that is in the file.
    """
    first = round(WARM_UP * RATE)
    count = first + max(1, round(seconds * RATE))
    painted: set[int] = set()

    def note(outcome: Outcome, _now: float) -> None:
        if isinstance(outcome, Done):
            painted.add(outcome.frame.number)

    with tempfile.TemporaryDirectory() as folder, opened_window() as window:
        dog = find("dog")
        window.complete()
        window.session.play(Scene(lanes=(LaneScene(dog, dog.parameters()),)))
        window.session.show(Evenly([frame.image for frame in pictures(SIZE, 8)], RATE, count))
        window.wall.views[0].painted.connect(note)
        over = time.perf_counter() + count / RATE + LAST_MOMENT
        _wait_for(lambda: bool(painted))
        if kept is not None:
            window.chrome.recording.folder = lambda: Path(folder)
            window.chrome.recording.switch_wall()
        wait(max(0.0, over - time.perf_counter()))
        window.wall.views[0].painted.disconnect(note)
        if kept is not None:
            recording = _finished(window)
            kept.append(100 * recording.recorded / (recording.recorded + recording.dropped))
    return 100 * sum(number >= first for number in painted) / (count - first)


def _finished(window: MainWindow) -> Recording:
    told: list[Recording] = []
    window.chrome.recording.ended.connect(told.append)
    window.chrome.recording.stop()
    _wait_for(lambda: bool(told))
    if trouble := told[0].trouble:
        raise CaseError(say(trouble))
    return told[0]


def _wait_for(there: Callable[[], bool]) -> None:
    until = time.perf_counter() + PATIENCE
    while not there():
        if time.perf_counter() > until:
            raise CaseError(_("No picture came, or the recording was not finished in time."))
        wait(STEP)
