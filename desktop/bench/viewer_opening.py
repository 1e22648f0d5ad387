"""`viewer/open-50-layers`: how long a large network takes to open, and whether somebody is told meanwhile.

A network that is opened has answered once; so has the one that it is compared with.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import cv2
import numpy as np

from desktop.bench.case import Case, Effort, Goal, Row
from desktop.bench.interleave import median_times
from desktop.bench.pipelines import pictures
from desktop.bench.stream import Audience, Evenly
from models.inspection.bare import bare_onnx
from models.inspection.opening import open_file
from models.inspection.torchvision_modules import module_of, preparation_of
from pipelines.engine.outcome import Outcome
from pipelines.registry import find

NAME = "viewer/open-50-layers"
NETWORK = "resnet50"
SIZE = (1280, 720)
RATE = 30
PATIENCE = 60.0


def cases() -> Iterator[Case]:
    yield Case(NAME, _measure)


def _measure(effort: Effort) -> Iterator[Row]:
    """
    Raises:
        ModelError: torch, torchvision or what converts its networks is not here.
    """
    from models.inspection.exported import exported

    module, preparation = module_of(NETWORK, None), preparation_of(NETWORK)
    given = np.zeros((1, 3, preparation.height, preparation.width), np.float32)
    path = exported(module, NETWORK, given)
    threads = cv2.getNumThreads()
    value, bare = median_times(
        lambda _nothing: open_file(path, NETWORK, preparation, threads).close(),
        lambda _nothing: bare_onnx(path, threads)(given),
        [None],
        effort.turns,
    )
    yield Row(NAME, "s", Goal("ratio", "<=", 2), value, bare)
    yield Row(f"{NAME}-told", "s", Goal("value", "<=", 1), _silence())


def _silence() -> float:
    """Seconds from the choice of the network to the first word or picture in its lane."""
    heard: list[float] = []

    def hear(_outcome: Outcome) -> None:
        heard.append(time.perf_counter())

    viewer = find("feature-maps")
    wanted = viewer.parameters().changed(network=NETWORK, trained=False, device="cpu")
    audience = Audience(hear)
    try:
        audience.studio.open(Evenly([pictures(SIZE, 1)[0].image], RATE, sys.maxsize))
        chosen = time.perf_counter()
        audience.studio.add(viewer, wanted)
        audience.watch(PATIENCE, lambda: bool(heard))
    finally:
        audience.close()
    return heard[0] - chosen if heard else PATIENCE
