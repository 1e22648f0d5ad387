"""Networks and devices that do what a test tells them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.network import Picture, Values

DEADLINE = 10.0


class MadeUp:
    """Gives its device's place in the list as its one output; `fails` is raised when it runs."""

    def __init__(self, device: DeviceName, half: bool = False) -> None:
        self.device: Device = DEVICES[device]
        self.half = half
        self.fails: Exception | None = None
        self.runs = 0
        self.closed = threading.Event()
        self.on_run: Callable[[], object] = lambda: None
        self.on_close: Callable[[], object] = lambda: None

    def values(self, picture: Picture) -> Any:
        return picture

    def run(self, values: Any) -> Mapping[str, Values]:
        self.runs += 1
        self.on_run()
        if self.fails:
            raise self.fails
        return {"out": np.full(1, list(DEVICES).index(self.device.name), np.float32)}

    def close(self) -> None:
        self.on_close()
        self.closed.set()
