"""`detector/…`: face detectors against YuNet-n, and our own on every device against itself on the CPU.

What counts for a network is its own time and that of its decoding, on a picture that was made ready.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

import cv2

from desktop.bench.case import Case, CaseError, Effort, Goal, Row
from desktop.bench.interleave import median_figures
from desktop.bench.pipelines import PICTURES, pictures
from desktop.language import _, say
from models.catalogue import weights
from models.detectors.finder import FaceFinder
from models.runtimes.device import DEVICES, Wish
from pipelines.frame import Frame
from pipelines.registry import find

OURS, REFERENCE = "face-detector", "yunet-n"
SIZE = (640, 480)
GOAL = Goal("ratio", "<=", 0.75)
PATIENCE = 360.0
"""Seconds for a device to be tried: TensorRT builds its engine first."""


def cases() -> Iterator[Case]:
    for side in (320, 640):
        name = f"detector/cnn-{side}"
        yield Case(name, partial(_network, name, OURS, side, GOAL))
    yield Case("detector/ultra-320", partial(_network, "detector/ultra-320", "ultra-light", 320, None))
    yield Case("detector/haar-640", partial(_haar, "detector/haar-640", 640))
    for device in DEVICES.values():
        if device.name != "cpu":
            name = f"detector/cnn-640-{device.name}"
            yield Case(name, partial(_device, name, device.name, 640))


def _network(name: str, network: str, side: int, goal: Goal | None, effort: Effort) -> Iterator[Row]:
    with closing(_finder(network)) as ours, closing(_finder(REFERENCE)) as reference:
        yield _row(name, goal, _own_time(ours, side), _own_time(reference, side), effort)


def _haar(name: str, side: int, effort: Effort) -> Iterator[Row]:
    cascade = find("haar-faces")()
    parameters = cascade.parameters().changed(long_side=side)
    cascade.open(cv2.getNumThreads())

    def timed(frame: Frame) -> float:
        began = time.perf_counter()
        cascade.process(frame, parameters)
        return time.perf_counter() - began

    with closing(cascade), closing(_finder(REFERENCE)) as reference:
        yield _row(name, None, timed, _own_time(reference, side), effort)


def _device(name: str, device: Wish, side: int, effort: Effort) -> Iterator[Row]:
    with closing(_finder(OURS, device)) as there, closing(_finder(OURS)) as here:
        there.settle(PATIENCE)
        if there.device.name != device:
            said = there.notice
            raise CaseError(say(said) if said else _("The device was not ready in time."))
        yield _row(name, None, _own_time(there, side), _own_time(here, side), effort)


def _finder(network: str, device: Wish = "cpu") -> FaceFinder:
    return FaceFinder(weights(network), device, cv2.getNumThreads())


def _own_time(finder: FaceFinder, side: int) -> Callable[[Frame], float]:
    """Seconds of network and decoding, at the threshold that is shipped."""
    threshold = float(find("cnn-faces").parameters.spec("threshold").default)

    def timed(frame: Frame) -> float:
        finder.find(frame.image, threshold, side)
        return finder.milliseconds / 1000

    return timed


def _row(
    name: str,
    goal: Goal | None,
    measured: Callable[[Frame], float],
    reference: Callable[[Frame], float],
    effort: Effort,
) -> Row:
    value, other = median_figures(measured, reference, pictures(SIZE, PICTURES), effort.turns)
    return Row(name, "ms", goal, value * 1000, other * 1000)
