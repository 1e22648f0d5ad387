"""How long one layer takes: measured now and then, so that it costs the frames between nothing."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable, Hashable

from models.runtimes.device import Device
from models.text import Text
from pipelines.result import Reading

EVERY = 1.0
"""Seconds from one measurement to the next."""
KEPT = 5
"""Measurements: their median stands still where single ones do not."""
WITHIN = Text("This layer, within the network", "この層（ネットワークの中で計測）")
ALONE = Text("This layer, run by itself", "この層（単独で実行して計測）")


class Stopwatch:
    """For one layer after the other."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._watched: Hashable = None
        self._next = 0.0
        self._measured: deque[float] = deque(maxlen=KEPT)

    def is_due(self, watched: Hashable) -> bool:
        """Whether this layer is to be measured in the next pass; another one than before always is."""
        now = self._clock()
        if watched != self._watched:
            self._watched, self._next = watched, now
            self._measured.clear()
        if now < self._next:
            return False
        self._next = now + EVERY
        return True

    def add(self, milliseconds: float | None) -> None:
        """What came of it; `None` where it cannot be told."""
        if milliseconds is not None:
            self._measured.append(milliseconds)

    def readings(self, device: Device) -> tuple[Reading, ...]:
        """The median, with how it was measured; none where it cannot be told. torch says when a layer begins
        and ends, ONNX Runtime does not."""
        if not self._measured:
            return ()
        title = WITHIN if device.runtime == "torch" else ALONE
        return (Reading("layer", title, statistics.median(self._measured), "ms", 2),)
