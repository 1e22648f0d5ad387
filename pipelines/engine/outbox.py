"""Everything the lanes have for the window, behind one coalesced wake-up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping

from pipelines.engine.lane import Lane
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outcome import Done, Failed, Loading, Outcome


class Outbox:
    """One mailbox a lane. `wake` is called once when something is there, and not again until
    `collect` has fetched it: a slow window can grow no queue, not even one of wake-ups.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._boxes: dict[Lane, Mailbox[Done, Failed | Loading]] = {}
        self._awake = False

    def arrange(self, lanes: Iterable[Lane]) -> None:
        """Take outcomes of these lanes only; what others left is forgotten."""
        with self._lock:
            self._boxes = {lane: self._boxes.get(lane) or Mailbox() for lane in lanes}

    def put(self, outcomes: Mapping[Lane, Outcome]) -> None:
        """Publish outcomes that belong together; `collect` gets all of them or none."""
        with self._lock:
            served = [lane for lane in outcomes if lane in self._boxes]
            for lane in served:
                _post(self._boxes[lane], outcomes[lane])
        if served:
            self.wake()

    def wake(self) -> None:
        with self._lock:
            wanted, self._awake = not self._awake, True
        if wanted:
            self._wake()

    def collect(self) -> list[tuple[Lane, Outcome]]:
        """What is new, oldest first within a lane."""
        with self._lock:
            self._awake = False
            return self._emptied()

    def forget(self) -> None:
        """Throw away what nobody has collected. A wake-up that is under way stays the only one."""
        with self._lock:
            self._emptied()

    def dropped(self, lane: Lane) -> int:
        """Results that were replaced before anybody collected them."""
        with self._lock:
            box = self._boxes.get(lane)
            return box.dropped if box else 0

    def _emptied(self) -> list[tuple[Lane, Outcome]]:
        found: list[tuple[Lane, Outcome]] = []
        for lane, box in self._boxes.items():
            while (outcome := box.poll()) is not None:
                found.append((lane, outcome))
        return found


def _post(box: Mailbox[Done, Failed | Loading], outcome: Outcome) -> None:
    match outcome:
        case Done():
            box.put(outcome)
        case Failed() | Loading():
            box.put_notice(outcome)
