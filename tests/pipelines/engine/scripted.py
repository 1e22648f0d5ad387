"""Sources, pipelines and a clock that do what a test tells them, and a stage to watch a studio from."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Annotated, ClassVar

import numpy as np

from models.text import Text, plain
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Failed, Outcome
from pipelines.engine.studio import WATCH, Studio
from pipelines.frame import Frame
from pipelines.parameters import Parameters, number
from pipelines.pipeline import Kind, Pipeline
from pipelines.result import Result
from pipelines.sources.source import End, NoSignal, Read

DEADLINE = 10.0
"""Seconds of real time after which a test gives up."""
TICK = 0.002


def eventually(condition: Callable[[], bool], wake: threading.Event | None = None) -> None:
    """Wait for `condition`, looked at again whenever `wake` is set.

    Raises:
        AssertionError: it does not come true before the deadline.
    """
    deadline = time.monotonic() + DEADLINE
    wake = wake or threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        wake.wait(TICK)
        wake.clear()


def frame(number: int = 0, *, width: int = 8, height: int = 6) -> Frame:
    """A grey frame that is as bright as its number."""
    return Frame.of(np.full((height, width, 3), number % 256, np.uint8), number, float(number))


class ManualClock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self._now = 100.0
        self.begun: Counter[str] = Counter()
        """How often each thread, by its name, has begun to wait."""
        self.ended: Counter[str] = Counter()

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        until, name = self._now + seconds, threading.current_thread().name
        self.begun[name] += 1
        while not wake.is_set() and self._now < until:
            wake.wait(TICK)
        self.ended[name] += 1
        return wake.is_set()


class LiveSource:
    """Gives what it is given. An exception is raised; `hang` makes the next read block until `close`,
    or, where it is `stubborn`, until `let_go`.
    """

    address = "scripted:"
    title = Text("The script", "台本")
    detail = plain("")

    def __init__(self, *, stubborn: bool = False) -> None:
        self._changed = threading.Condition()
        self._script: deque[Frame | NoSignal | End | BaseException] = deque()
        self._at_rest = False
        self._hangs = False
        self._ended = False
        self._stubborn = stubborn
        self.closed = threading.Event()

    def give(self, *things: Frame | NoSignal | End | BaseException) -> None:
        with self._changed:
            self._script.extend(things)
            self._at_rest = False
            self._changed.notify_all()

    def drained(self) -> None:
        """Wait until everything given was read and the reader has come back for more."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._at_rest and not self._script, DEADLINE)

    def hang(self) -> None:
        """Returns when the reader hangs."""
        with self._changed:
            self._hangs = True
            self._changed.notify_all()
        self.drained()

    def let_go(self) -> None:
        with self._changed:
            self._hangs, self._ended = False, True
            self._changed.notify_all()

    def read(self) -> Read:
        with self._changed:
            self._at_rest = not self._script
            self._changed.notify_all()
            self._changed.wait_for(lambda: bool(self._script) or self._hangs or self._ended, 0.05)
            self._changed.wait_for(lambda: not self._hangs, DEADLINE)
            if not self._script:
                return None
            given = self._script.popleft()
        if isinstance(given, BaseException):
            raise given
        return given

    def close(self) -> None:
        if self._stubborn:
            with self._changed:
                self._changed.wait_for(lambda: self._ended, DEADLINE)
        self.let_go()
        self.closed.set()


class PlayableSource(LiveSource):
    """A film that plays no frame by itself: it is stepped and sought."""

    length = 100
    rate = 30.0

    def __init__(self) -> None:
        super().__init__()
        self.paused = False
        self.loop = True
        self.position = 0

    def seek(self, position: int) -> None:
        self.position = min(max(position, 0), self.length - 1)
        self.give(frame(self.position))

    def step(self, frames: int) -> None:
        self.paused = True
        self.seek(self.position + frames)


class Knobs(Parameters, frozen=True):
    level: Annotated[int, number(0, 9, title=plain("level"))] = 0


Act = Callable[[Frame, Knobs], object]


def copied(frame: Frame, parameters: Knobs) -> Result:
    return Result(frame.image)


class Scripted(Pipeline[Knobs]):
    """Does `act` and counts what happened to it."""

    name = "scripted"
    title = Text("The pipeline", "処理")
    explanation = plain("")
    citation = ""
    kind: ClassVar[Kind] = "classic"
    parameters = Knobs
    act: ClassVar[staticmethod[[Frame, Knobs], object]] = staticmethod(copied)
    opened: ClassVar[list[int]]
    """The `threads` of each time it was opened."""
    closed: ClassVar[list[int]]

    def __init_subclass__(cls) -> None:
        cls.opened, cls.closed = [], []

    def open(self, threads: int) -> None:
        self.opened.append(threads)

    def process(self, frame: Frame, parameters: Knobs) -> Result:
        return type(self).act(frame, parameters)  # type: ignore[return-value] # nonsense is meant

    def close(self) -> None:
        self.closed.append(1)


def pipeline(act: Act = copied, name: str = "scripted") -> type[Scripted]:
    """A new pipeline class that does `act`; without it, it gives back the picture."""
    return type(f"Scripted{name}", (Scripted,), {"name": name, "act": staticmethod(act)})


class Gate:
    """A pipeline's act that waits in `process` until the test opens the gate."""

    def __init__(self) -> None:
        self._passes = threading.Semaphore(0)
        self._wide_open = threading.Event()
        self.entered: list[int] = []

    def __call__(self, frame: Frame, parameters: Knobs) -> Result:
        self.entered.append(frame.number)
        deadline = time.monotonic() + DEADLINE
        while not self._wide_open.is_set() and not self._passes.acquire(timeout=TICK):
            assert time.monotonic() < deadline, "the gate was never opened"
        return Result(frame.image)

    def pass_one(self) -> None:
        self._passes.release()

    def open(self) -> None:
        self._wide_open.set()

    def holds(self, number: int) -> None:
        """Wait until frame `number` has come to the gate."""
        eventually(lambda: number in self.entered)


class Stage:
    """A studio under a manual clock, everything it has published, and what must be let go at the end."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.source = LiveSource()
        self.batches: list[list[tuple[Lane, Outcome]]] = []
        self.wakes = 0
        self.collects = 0
        self._woken = threading.Event()
        self.gates: list[Gate] = []
        self.studio = Studio(self._wake, self.clock)

    def add(self, act: Act = copied, name: str = "scripted") -> Lane:
        return self.studio.add(pipeline(act, name))

    def watched(self, seconds: float = WATCH) -> None:
        """Let time go by, until the studio's watch has looked at every lane."""
        begun, ended = self.clock.begun, self.clock.ended
        eventually(lambda: begun["studio-watch"] > ended["studio-watch"])
        looks = begun["studio-watch"]
        self.clock.advance(seconds)
        eventually(lambda: begun["studio-watch"] > looks)

    def gate(self) -> Gate:
        self.gates.append(Gate())
        return self.gates[-1]

    def play(self, *frames: Frame) -> None:
        """Open the source, if it is not yet, and give it frames."""
        if self.studio.source is not self.source:
            self.studio.open(self.source)
        self.source.give(*frames)

    def collect(self) -> None:
        self.collects += 1
        if batch := self.studio.collect():
            self.batches.append(batch)

    def until(self, condition: Callable[[], bool]) -> None:
        """Collect whenever woken, until `condition` is true."""

        def look() -> bool:
            self.collect()
            return condition()

        eventually(look, self._woken)

    def outcomes(self, lane: Lane) -> list[Outcome]:
        return [outcome for batch in self.batches for whose, outcome in batch if whose is lane]

    def done(self, lane: Lane) -> list[Done]:
        return [outcome for outcome in self.outcomes(lane) if isinstance(outcome, Done)]

    def shown(self, lane: Lane) -> list[int]:
        return [done.frame.number for done in self.done(lane)]

    def failures(self, lane: Lane) -> list[Failed]:
        return [outcome for outcome in self.outcomes(lane) if isinstance(outcome, Failed)]

    def shows(self, lane: Lane, number: int) -> None:
        """Wait until `lane` has shown frame `number`."""
        self.until(lambda: number in self.shown(lane))

    def fails(self, lane: Lane, times: int = 1) -> Failed:
        """Wait for the failure of `lane`."""
        self.until(lambda: len(self.failures(lane)) >= times)
        return self.failures(lane)[times - 1]

    def close(self) -> None:
        for gate in self.gates:
            gate.open()
        assert self.studio.close()

    def _wake(self) -> None:
        self.wakes += 1
        self._woken.set()
