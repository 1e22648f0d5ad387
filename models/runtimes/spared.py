"""A network on a device, and the same on the CPU for when the device fails or hangs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Generic, Protocol, TypeVar

from models.runtimes import words
from models.runtimes.aside import Aside, BusyError, LateError
from models.runtimes.device import Device
from models.text import Text

log = logging.getLogger(__name__)
PATIENCE = 0.7
"""Seconds after which the CPU does what the device was asked for: with its own time less than one."""
MOST_LATE = 3
"""Pictures in a row that a device may be late with. One may well be: the first of another size."""
JOIN = 1.0
"""Seconds that `close` waits for a driver; what hangs longer is left behind."""
T = TypeVar("T")


class Placed(Protocol):
    @property
    def device(self) -> Device:
        """Where it computes."""
        ...

    def close(self) -> None:
        """Let go of it; may be called twice."""
        ...


N = TypeVar("N", bound=Placed)


class Spared(Generic[N]):
    """Used from one thread at a time. What a driver does is done on a thread of its own, for it may hang."""

    def __init__(self, spare: N, given_up: Callable[[], object] = lambda: None) -> None:
        """`spare` is on a CPU; it stays open, so that a failure costs no time. `given_up` is called when a
        device is."""
        self._spare = self._network = self._used = spare
        self._given_up = given_up
        self._aside: Aside | None = None
        self._late = 0
        self.notice: Text | None = None
        """What the person should know of the device: it is late, has failed."""

    @property
    def used(self) -> N:
        """What the last picture went through, and the next one should."""
        return self._used

    def move(self, network: N) -> None:
        """From now on through this one, while its device answers."""
        self._network = self._used = network
        if not network.device.is_cpu:
            self._aside = Aside(f"network-{network.device.name}")

    def through(self, work: Callable[[N], T]) -> T:
        """What `work` makes of the network. Where the device fails in it or is late, it is done again on the
        CPU, perhaps while it still goes on there."""
        self._used = self._network
        if self._network is self._spare:
            return work(self._spare)
        try:
            return self._on_device(work)
        except BusyError:
            log.debug("%s is still late", self._network.device.name)
        except LateError:
            self._be_late()
        except Exception as error:
            log.exception("%s failed", self._network.device.name)
            self._fall_back(words.lost(self._network.device.name, error))
        self._used = self._spare
        return work(self._spare)

    def close(self) -> None:
        """Within a second, whatever the driver does; may be called twice."""
        if self._aside:
            self._aside.end(self._network.close)
            self._aside.join(JOIN)
        else:
            self._network.close()
        self._spare.close()

    def _on_device(self, work: Callable[[N], T]) -> T:
        if self._aside is None:  # torch on the CPU has no driver that could hang
            return work(self._network)
        answer = self._aside.do(partial(work, self._network), PATIENCE)
        if self._late:
            self._late, self.notice = 0, None
        return answer

    def _be_late(self) -> None:
        self._late += 1
        late = self._network.device.name
        if self._late < MOST_LATE:
            self.notice = words.silent(late)
        else:
            self._fall_back(words.slow(late))

    def _fall_back(self, notice: Text) -> None:
        failed, self._network = self._network, self._spare
        aside, self._aside = self._aside, None
        self.notice = notice
        self._given_up()
        if aside:
            aside.end(partial(_let_go, failed))
        else:
            _let_go(failed)


def _let_go(network: Placed) -> None:
    """What has failed may fail in that as well."""
    try:
        network.close()
    except Exception:
        log.exception("a network that had failed could not be closed")
