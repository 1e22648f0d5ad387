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
from models.runtimes.spared import JOIN, Spared
from models.stop import Stop
from models.text import Text

log = logging.getLogger(__name__)
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
        self._spare = spare
        self._network: Spared[Network] = Spared(spare, self._forget)
        self._ready: Network | None = None
        self._stop = Stop()
        self._thread: threading.Thread | None = None
        self._finding: Text | None = None
        self.choice: Text | None = None
        """How the device was chosen, where it was."""
        self._begin()

    @property
    def device(self) -> Device:
        """Where the last picture was computed."""
        return self._network.used.device

    @property
    def half(self) -> bool:
        return self._network.used.half

    @property
    def notice(self) -> Text | None:
        """What the person should know: the device is being measured, cannot be used, is late, has failed."""
        return self._network.notice or self._finding

    def through(self, work: Callable[[Network], T]) -> T:
        """What `work` makes of the network. Where the device fails in it or is late, it is done again on the
        CPU, perhaps while it still goes on there."""
        self._move()
        return self._network.through(work)

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
        if self._ready:
            self._ready.close()
        self._network.close()

    # --- on the thread that uses it

    def _begin(self) -> None:
        if self._wish == self._spare.device.name:
            return
        if self._wish == "torch-cpu":  # the same processor: there is nothing to go on with meanwhile
            self._open_torch()
            return
        possible = candidates(self._path)
        if self._wish != "auto" and self._wish not in possible:
            self._finding = words.unusable(self._wish, words.ABSENT)
        elif possible:
            self._finding = words.MEASURING if self._wish == "auto" else words.trying(self._wish)
            self._thread = threading.Thread(
                target=self._find, args=(possible,), name=f"network-{self._wish}", daemon=True
            )
            self._thread.start()

    def _open_torch(self) -> None:
        try:
            self._network.move(self._opened(Choice("torch-cpu")))
        except ModelError as error:
            self._finding = words.unusable("torch-cpu", error.text)
        except ModuleNotFoundError:
            self._finding = words.unusable("torch-cpu", words.NO_TORCH)

    def _move(self) -> None:
        if self._ready is not None:
            self._network.move(self._ready)
            self._ready = None

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
            self._finding = None
        except UnusableError as error:
            self._finding = words.unusable(device, error.reason)
        except Exception as error:  # whatever a driver says, the CPU goes on
            log.exception("%s for %s", device, self._path.name)
            self._finding = words.unusable(device, words.why(error))
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
