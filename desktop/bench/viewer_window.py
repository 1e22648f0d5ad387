"""`viewer/objects-720p`: the viewer in the whole window against a loop that only computes its network."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desktop.bench.case import CaseError, Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.bench.opened_window import opened_window
from desktop.bench.painting import FastCamera, interval, jpegs, wait
from desktop.language import _
from models.catalogue import weights
from models.inspection.bare import bare_onnx
from models.inspection.opening import Wanted, open_layers
from models.preparation import Preparation, prepared
from pipelines.engine.outcome import Done, Outcome
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene

NETWORK = "objects"
GOAL = Goal("ratio", "<=", 1.15)
STEP = 0.1
PATIENCE = 60.0
"""Seconds for the network to be opened."""
WARM_UP = 2.0
"""Seconds after the first picture that do not count: the panel's curves are imported then."""


def measure(name: str, effort: Effort) -> Iterator[Row]:
    path = weights(NETWORK)
    opened = open_layers(Wanted(NETWORK), 1)
    opened.close()
    shown, bare = in_turns(
        partial(shown_seconds, NETWORK, effort.segment),
        partial(loop_seconds, path, opened.preparation, effort.segment),
        effort.segments,
    )
    yield Row(name, "ms", GOAL, statistics.median(shown) * 1000, statistics.median(bare) * 1000)


def shown_seconds(network: str, seconds: float) -> float:
    """Seconds from one painted picture to the next: the maps of the first layer, and beside them the panel
    with its figures and its curve."""
    painted: list[float] = []

    def note(outcome: Outcome, now: float) -> None:
        if isinstance(outcome, Done):
            painted.append(now)

    with opened_window() as window:
        viewer = find("feature-maps")
        parameters = viewer.parameters().changed(network=network, strip=False)
        window.complete()
        window.session.play(Scene(lanes=(LaneScene(viewer, parameters),)))
        window.session.show(FastCamera(jpegs()))
        view = window.wall.views[0]
        view.painted.connect(note)
        until = time.perf_counter() + PATIENCE
        while not painted:
            if time.perf_counter() > until:
                raise CaseError(_("The network was not opened in time."))
            wait(STEP)
        wait(WARM_UP)
        painted.clear()
        wait(seconds)
        view.painted.disconnect(note)
    return interval(painted)


def loop_seconds(path: Path, preparation: Preparation, seconds: float) -> float:
    """Seconds for one picture in a loop that reads, resizes and computes in turn, on all cores."""
    camera, forward = FastCamera(jpegs()), bare_onnx(path, os.cpu_count() or 1)
    computed: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        forward(prepared(camera.read().image, preparation).values)
        computed.append(time.perf_counter())
    camera.close()
    return interval(computed)
