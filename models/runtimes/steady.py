"""A network that always answers: on the CPU at once, on a faster device when that is ready, and on the CPU
again when the device fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from models.errors import ModelError
from models.runtimes import words
from models.runtimes.choosing import SIZE, UnusableError, chosen, in_a_child
from models.runtimes.device import Device, DeviceName, Wish
from models.runtimes.network import Intake, Network
from models.runtimes.opening import candidates, open_network
from models.runtimes.remembered import Choice, key_of, remember
from models.stop import Stop
from models.text import Text

log = logging.getLogger(__name__)
JOIN = 1.0
"""Seconds that `close` waits for a driver; what hangs longer is left behind."""
T = TypeVar("T")


class SteadyNetwork:
    """Used from one thread at a time, but for the thread of its own that finds and wakes the device."""

    def __init__(
        self,
        path: Path,
        wish: Wish,
        spare: Network,
        intake: Intake,
        threads: int,
        size: tuple[int, int] = SIZE,
    ) -> None:
        """`spare` is on a CPU; it stays open, so that a failure costs no time. `size` is height and width of
        a picture as it will come."""
        self._path, self._wish, self._intake, self._threads = path, wish, intake, threads
        self._size = size
        self._spare = self._network = spare
        self._ready: Network | None = None
        self._stop = Stop()
        self._thread: threading.Thread | None = None
        self.notice: Text | None = None
        """What the person should know: it is being measured, cannot be used, has failed."""
        self.choice: Text | None = None
        """How the device was chosen, where it was."""
        self._begin()

    @property
    def device(self) -> Device:
        return self._network.device

    @property
    def half(self) -> bool:
        return self._network.half

    def through(self, work: Callable[[Network], T]) -> T:
        """What `work` makes of the network. Where the device fails in it, it is done again on the CPU."""
        self._move()
        if self._network is self._spare:
            return work(self._spare)
        try:
            return work(self._network)
        except Exception as error:
            log.exception("%s failed", self.device.name)
            self._fall_back(error)
        return work(self._spare)

    def settle(self, seconds: float) -> None:
        """Wait until the device is found, at most this long."""
        if self._thread:
            self._thread.join(seconds)
        self._move()

    def close(self) -> None:
        """End its thread, within a second whatever the driver does; may be called twice."""
        self._stop.ask()
        if self._thread:
            self._thread.join(JOIN)
        for network in (self._ready, self._network, self._spare):
            if network:
                network.close()

    # --- on the thread that uses it

    def _begin(self) -> None:
        if self._wish == self._spare.device.name:
            return
        if self._wish == "torch-cpu":  # the same processor: there is nothing to go on with meanwhile
            self._open_torch()
            return
        possible = candidates(self._path)
        if self._wish != "auto" and self._wish not in possible:
            self.notice = words.unusable(self._wish, words.ABSENT)
        elif possible:
            self.notice = words.MEASURING if self._wish == "auto" else words.trying(self._wish)
            self._thread = threading.Thread(
                target=self._find, args=(possible,), name=f"network-{self._wish}", daemon=True
            )
            self._thread.start()

    def _open_torch(self) -> None:
        try:
            self._network = self._opened(Choice("torch-cpu"))
        except ModelError as error:
            self.notice = words.unusable("torch-cpu", error.text)
        except ModuleNotFoundError:
            self.notice = words.unusable("torch-cpu", words.NO_TORCH)

    def _move(self) -> None:
        if self._ready is not None:
            self._network, self._ready = self._ready, None

    def _fall_back(self, error: Exception) -> None:
        failed, self._network = self._network, self._spare
        self.notice = words.lost(failed.device.name, error)
        self._forget()
        threading.Thread(target=_let_go, args=(failed,), name="network-close", daemon=True).start()

    # --- on its own thread

    def _find(self, possible: list[DeviceName]) -> None:
        spare = self._spare.device.name
        device = spare if self._wish == "auto" else self._wish
        try:
            trial = in_a_child(self._path, self._intake, self._threads, self._size, self._stop)
            choice = chosen(self._path, self._wish, possible, spare, self._threads, trial)
            device = choice.device
            if device != spare and not self._stop.is_asked:
                self._keep(self._opened(choice))
            self.choice = words.measured(choice) if self._wish == "auto" else None
            self.notice = None
        except UnusableError as error:
            self.notice = words.unusable(device, error.reason)
        except Exception as error:  # whatever a driver says, the CPU goes on
            log.exception("%s for %s", device, self._path.name)
            self.notice = words.unusable(device, words.why(error))
            self._forget()

    def _keep(self, network: Network) -> None:
        self._ready = network
        if self._stop.is_asked:  # too late
            network.close()

    def _opened(self, choice: Choice) -> Network:
        """With a first picture behind it: that takes seconds, and here nobody waits for it."""
        network = open_network(self._path, choice.device, self._intake, self._threads, half=choice.half)
        outputs = network.run(network.values(np.zeros((*self._size, 3), np.uint8)))
        for name in outputs:
            outputs[name]
        return network

    def _forget(self) -> None:
        """What was remembered is measured again next time."""
        remember(key_of(self._path, self._wish, self._threads), None)


def _let_go(network: Network) -> None:
    """Beside everything: to close what has failed may take as long as it likes."""
    try:
        network.close()
    except Exception:
        log.exception("a network that had failed could not be closed")
