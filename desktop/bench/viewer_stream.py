"""`viewer/switch-layer`, `viewer/memory`: the viewer while a person walks through the layers of a network."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterator

from desktop.bench.case import Case, CaseError, Effort, Goal, Row
from desktop.bench.memory import LOOKS, growth, resident
from desktop.bench.pipelines import pictures
from desktop.bench.stream import Audience, Evenly
from desktop.language import _
from models.inspection.opening import Wanted, open_layers
from pipelines.engine.outcome import Done, Outcome
from pipelines.layers.values import FeatureMapsParameters
from pipelines.registry import find

SIZE = (1280, 720)
RATE = 30
SWITCH = 1.0
"""Seconds between two layers while memory is watched."""
PATIENCE = 60.0
"""Seconds for a layer to show: the first one waits for the network."""


def cases() -> Iterator[Case]:
    yield Case("viewer/switch-layer", _switch)
    yield Case("viewer/memory", _memory)


class Walk:
    """A stream with the viewer on it, and somebody who goes from layer to layer."""

    def __init__(self) -> None:
        self._parameters = FeatureMapsParameters()
        opened = open_layers(Wanted(self._parameters.network), 1)
        opened.close()
        self.layers = tuple(layer.name for layer in opened.network.layers)
        self._heard: list[tuple[float, str]] = []
        """When each picture since the last change was taken, and the layer that it shows."""
        self.audience = Audience(self._hear)
        self._lane = self.audience.studio.add(find("feature-maps"), self._parameters)
        images = [frame.image for frame in pictures(SIZE, 8)]
        self.audience.studio.open(Evenly(images, RATE, sys.maxsize, fresh=True))

    def to(self, layer: str) -> float:
        """Choose it; the time of that."""
        self._heard.clear()
        chosen = time.perf_counter()
        self.audience.studio.set_parameters(self._lane, self._parameters.changed(layer=layer))
        return chosen

    def frames_until_shown(self, layer: str) -> int:
        """How many frames that were taken after it was chosen have come until one of them shows it: 1 is the
        very next one.

        Raises:
            CaseError: none does.
        """
        chosen = self.to(layer)
        self.audience.watch(PATIENCE, lambda: self._shows(layer))
        if not self._shows(layer):
            raise CaseError(_("The layer was not shown in time."))
        return sum(captured > chosen for captured, _layer in self._heard)

    def _shows(self, layer: str) -> bool:
        return bool(self._heard) and self._heard[-1][1] == layer

    def _hear(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self._heard.append((outcome.frame.captured, outcome.result.units[0].layer))


def _switch(effort: Effort) -> Iterator[Row]:
    walk = Walk()
    try:
        walk.frames_until_shown(walk.layers[0])
        until = time.perf_counter() + effort.turns
        frames = [walk.frames_until_shown(walk.layers[-1])]
        for layer in itertools.cycle(walk.layers):
            if time.perf_counter() > until:
                break
            frames.append(walk.frames_until_shown(layer))
    finally:
        walk.audience.close()
    yield Row("viewer/switch-layer", "frames", Goal("value", "<=", 1), max(frames))


def _memory(effort: Effort) -> Iterator[Row]:
    step = min(SWITCH, effort.backlog / LOOKS)
    steps = round(effort.backlog / step / LOOKS)
    walk = Walk()
    looks = []
    try:
        for layer in walk.layers:  # every buffer gets its size
            walk.frames_until_shown(layer)
        for number, layer in zip(range(LOOKS * steps), itertools.cycle(walk.layers), strict=False):
            walk.to(layer)
            walk.audience.watch(step)
            if number % steps == steps - 1:
                looks.append(resident())
    finally:
        walk.audience.close()
    yield Row("viewer/memory", "MB", Goal("value", "<=", 20), growth(looks) / 1e6)
