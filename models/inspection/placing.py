"""The layers of a network on the device that is wished for, or on the fastest one."""

from __future__ import annotations

import logging
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from models.inspection.layer import Layer, Learnt
from models.inspection.maps import Values
from models.inspection.network import LayeredNetwork, Look, Passed
from models.inspection.step import Step
from models.runtimes import words
from models.runtimes.device import DEVICES, Device, DeviceName, Runtime, Wish
from models.runtimes.opening import possible
from models.runtimes.remembered import Choice
from models.runtimes.spared import Spared
from models.text import Text

log = logging.getLogger(__name__)
PASSES = 3
"""By whose median two devices are compared, after one that wakes them."""
GAIN = 0.9
"""Of the CPU's time: what takes more of it is no gain."""
ONLY = Text("Only {library} can run this network.", "このネットワークを動かせるのは {library} だけです。")
LIBRARIES: Mapping[Runtime, str] = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime"}
Build = Callable[[DeviceName], LayeredNetwork]


class PlacedLayers:
    """A `LayeredNetwork` on a device, and the same on the CPU for when that fails or hangs."""

    def __init__(self, spare: LayeredNetwork) -> None:
        self._spare = spare
        self._network: Spared[LayeredNetwork] = Spared(spare)
        self._unusable: Text | None = None
        self.choice: Text | None = None
        """How the device was chosen, where there was a choice."""

    @property
    def device(self) -> Device:
        """Where the last picture was computed."""
        return self._network.used.device

    @property
    def notice(self) -> Text | None:
        """What a person should know of the device: it cannot be used, is late, has failed."""
        return self._network.notice or self._unusable

    @property
    def layers(self) -> tuple[Layer, ...]:
        return self._spare.layers

    @property
    def parameters(self) -> int:
        return self._spare.parameters

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        return self._network.through(lambda network: network.run(values, looks))

    def weights(self, layer: str) -> Values | None:
        return self._spare.weights(layer)

    def learnt(self, layer: str) -> tuple[Learnt, ...]:
        return self._spare.learnt(layer)

    def step(self, layer: str) -> Step | None:
        return self._spare.step(layer)

    def close(self) -> None:
        self._network.close()

    def move(self, device: DeviceName, build: Build) -> None:
        """To this device; where it cannot be used the notice says why."""
        runtime = self._spare.device.runtime
        if DEVICES[device].runtime != runtime:
            self._unusable = ONLY.filled(library=LIBRARIES[runtime])
            return
        if DEVICES[device] not in possible():
            self._unusable = words.unusable(device, words.ABSENT)
            return
        try:
            self._network.move(build(device))
        except Exception as error:  # whatever a driver says, the CPU goes on
            log.exception("%s", device)
            self._unusable = words.unusable(device, words.why(error))

    def move_to_the_fastest(self, devices: Sequence[DeviceName], build: Build, values: Values) -> None:
        """The CPU among them, where they gain nothing; each is timed with the same `values`."""
        found = {device: network for device in devices if (network := _built(device, build))}
        if not found:
            return
        times = {device: _median(network, values) for device, network in found.items()}
        spare = self._spare.device.name
        times[spare] = _median(self._spare, values)
        best = min(times, key=times.__getitem__)
        if times[best] > GAIN * times[spare]:
            best = spare
        for device, network in found.items():
            if device == best:
                self._network.move(network)
            else:
                network.close()
        self.choice = words.measured(
            Choice(best, milliseconds={str(device): ms for device, ms in times.items()})
        )


def placed(build: Build, runtime: Runtime, wish: Wish, values: Values) -> PlacedLayers:
    """What `build` gives for a device, by this `runtime`; `values` are an input as it will come.

    Raises:
        ModelError: it does not run on the CPU.
    """
    spare: DeviceName = "torch-cpu" if runtime == "torch" else "cpu"
    layers = PlacedLayers(build(spare))
    if wish == "auto":
        faster = [one.name for one in possible() if one.runtime == runtime and not one.is_cpu]
        layers.move_to_the_fastest(faster, build, values)
    elif wish != spare:
        layers.move(wish, build)
    return layers


def _built(device: DeviceName, build: Build) -> LayeredNetwork | None:
    """A device that nobody asked for may fail in any way."""
    try:
        return build(device)
    except Exception as error:  # noqa: BLE001 - see above
        log.info("%s: %s", device, error)
        return None


def _median(network: LayeredNetwork, values: Values) -> float:
    """Milliseconds of a pass; infinite where it fails."""
    try:
        network.run(values, {})
        return statistics.median(_timed(partial(network.run, values, {})) for _pass in range(PASSES))
    except Exception as error:  # noqa: BLE001 - see above
        log.info("%s: %s", network.device.name, error)
        return math.inf


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
