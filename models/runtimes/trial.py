"""A network on a device, tried and timed. Called in a process of its own (`models.runtimes.child`): a
driver may hang, crash or print."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from msgspec import Struct

from models.runtimes.device import DEVICES, DeviceName
from models.runtimes.network import Intake, Network, Picture, Values
from models.runtimes.opening import HALVED, is_installed, open_network

WARM_UPS = 5
SECONDS, MOST = 0.8, 60
"""How long is measured, and how often at most."""
PRECISION = 0.01
"""How far an output may be from the CPU's, as a share of its size (both as root mean squares)."""


class Timed(Struct, frozen=True):
    milliseconds: float
    half: bool


def tried(path: str, device: DeviceName, intake: Intake, threads: int, size: tuple[int, int]) -> Timed:
    """The median time of a picture of `size` (height, width), in half precision where that is exact enough.

    Raises:
        ArithmeticError: the device computes something else than the CPU.
        Exception: whatever its library raises where it cannot be used.
    """
    picture = _picture(size)
    network = _exact(Path(path), device, intake, threads, picture)
    try:
        return Timed(_median(network, picture), network.half)
    finally:
        network.close()


def deviation(found: Mapping[str, Values], expected: Mapping[str, Values]) -> float:
    """The largest over all outputs; infinite where one is no number."""
    worst = 0.0
    for name, right in expected.items():
        size = max(float(np.sqrt(np.mean(np.square(right)))), 1e-6)
        off = float(np.sqrt(np.mean(np.square(found[name] - right)))) / size
        worst = max(worst, off if np.isfinite(off) else np.inf)
    return worst


def _exact(path: Path, device: DeviceName, intake: Intake, threads: int, picture: Picture) -> Network:
    if DEVICES[device].is_cpu:
        return open_network(path, device, intake, threads, half=False)
    spare: DeviceName = "cpu" if is_installed("onnxruntime") else "torch-cpu"
    expected = _outputs(open_network(path, spare, intake, threads, half=False), picture)
    for half in (True, False) if device in HALVED else (False,):
        network = open_network(path, device, intake, threads, half=half)
        if deviation(_outputs(network, picture), expected) <= PRECISION:
            return network
        network.close()
    raise ArithmeticError(f"{device} computes something else than the CPU")


def _outputs(network: Network, picture: Picture) -> dict[str, Values]:
    return dict(network.run(network.values(picture)).items())


def _median(network: Network, picture: Picture) -> float:
    for _ in range(WARM_UPS):
        _outputs(network, picture)
    times: list[float] = []
    until = time.perf_counter() + SECONDS
    while len(times) < MOST and (not times or time.perf_counter() < until):
        began = time.perf_counter()
        _outputs(network, picture)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _picture(size: tuple[int, int]) -> Picture:
    """Coarse and fine structure everywhere, so that every output has something to say."""
    random = np.random.default_rng(0)
    coarse = random.integers(0, 200, (size[0] // 16 + 1, size[1] // 16 + 1, 3)).repeat(16, 0).repeat(16, 1)
    fine = random.integers(0, 56, (*size, 3))
    return np.ascontiguousarray(coarse[: size[0], : size[1]] + fine).astype(np.uint8)
