"""`gpu/viewer-…`: frames a second of the viewer on a graphics card; skipped with a sentence without one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

import numpy as np

from desktop.bench.case import Case, CaseError, Effort, Goal, Row
from desktop.language import say
from models.inspection.network import LayeredNetwork, Look
from models.inspection.pictures import Scaling
from models.inspection.torchvision_modules import module_of
from models.runtimes import words
from models.runtimes.device import DEVICES
from models.runtimes.opening import has_nvidia_driver, is_installed

DEVICE = DEVICES["torch-cuda"]
GOAL = Goal("value", ">=", 200)
INPUTS, WARM_UP = 4, 10
"""Pictures that are taken in turn, and passes that do not count."""


def cases() -> Iterator[Case]:
    for network, looks in (("vgg16", _one_layer), ("resnet50", _statistics)):
        name = f"gpu/viewer-{network}"
        yield Case(name, partial(_measure, name, network, looks))


def _measure(
    name: str, network: str, looks: Callable[[LayeredNetwork], dict[str, Look]], effort: Effort
) -> Iterator[Row]:
    if not (has_nvidia_driver() and is_installed("torch")):
        raise CaseError(say(words.unusable(DEVICE.name, words.ABSENT)))
    from models.inspection.torch_network import TorchLayers

    dice = np.random.default_rng(1)
    inputs = [dice.normal(0, 1, (1, 3, 224, 224)).astype(np.float32) for _number in range(INPUTS)]
    module = module_of(network, None)
    with closing(TorchLayers(module, network, inputs[0], 1, DEVICE.name, half=True)) as layers:
        wanted = looks(layers)
        times: list[float] = []
        until = time.perf_counter() + effort.turns
        while len(times) <= WARM_UP or time.perf_counter() < until:
            began = time.perf_counter()
            layers.run(inputs[len(times) % INPUTS], wanted)
            times.append(time.perf_counter() - began)
    yield Row(name, "frames/s", GOAL, 1 / statistics.median(times[WARM_UP:]))


def _one_layer(layers: LayeredNetwork) -> dict[str, Look]:
    """All maps of a layer in the middle, as they are."""
    chosen = [layer for layer in layers.layers if layer.kind == "convolution"]
    return {chosen[len(chosen) // 2].name: Look(Scaling())}


def _statistics(layers: LayeredNetwork) -> dict[str, Look]:
    return {layer.name: Look() for layer in layers.layers}
