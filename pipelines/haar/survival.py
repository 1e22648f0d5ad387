"""How far the windows of a picture came, as a map, a curve and figures."""

from __future__ import annotations

import functools
import math
from typing import cast

import cv2
import numpy as np

from models.text import Text
from pipelines.frame import Image
from pipelines.haar.pyramid import Layer, Size
from pipelines.haar.search import Levels, Searched
from pipelines.heat_map import legend
from pipelines.result import Curve, Key, Plot, Reading

ALIVE = Text("Windows still alive (%)", "残っている窓（%）")
STAGE = Text("stages passed", "通過した段数")
SHARES = (0.0, 0.2, 0.45, 0.7, 1.0)
"""Of full brightness: what the legend names."""


def stage_map(searched: Searched, size: Size, least: int) -> Image:
    """(h, w) for a picture of `size`: at the middle of each window, from 0 to 255 the more stages it
    passed, and 0 for fewer than `least`. Where several windows have theirs, the one that came furthest.
    """
    level = np.zeros((size[1], size[0]), np.uint8)
    for layer, passed in zip(searched.layers, searched.levels, strict=True):
        if passed.size and passed.max() >= max(least, 1):
            np.maximum(level, _spread(layer, _bright(passed, searched, least), searched, size), out=level)
    return level


def curve(searched: Searched) -> Plot:
    """How many windows are left after each stage, in percent of all that were looked at."""
    share = 100 * np.array(searched.alive) / max(searched.alive[0], 1)
    return Plot(ALIVE, STAGE, (Curve(ALIVE, np.arange(len(share), dtype=np.float64), share),))


def figures(searched: Searched, stage: int) -> tuple[Reading, ...]:
    """How many windows there were, how many are left after `stage`, and what that cost."""
    each = searched.tests / max(searched.alive[0], 1)
    return (
        Reading("looked-at", Text("Windows looked at", "調べた窓"), searched.alive[0]),
        Reading("alive", Text("Alive after this stage", "この段の後に残る窓"), searched.alive[stage]),
        Reading("tests", Text("Features computed per window", "窓 1 つあたりの特徴の計算"), each, "", 1),
        Reading("all-tests", Text("Features of all stages", "全段の特徴の数"), searched.model.tests),
        Reading(
            "saved",
            Text("Not computed", "計算しなかった割合"),
            100 * (1 - each / searched.model.tests),
            "%",
            1,
        ),
    )


@functools.cache
def stage_legend(stages: int) -> tuple[Key, ...]:
    """Five numbers of stages and their colours."""
    named = dict.fromkeys(round(share**2 * stages) for share in SHARES)
    return legend(tuple((_brightness(passed, stages), _words(passed, stages)) for passed in named))


def _brightness(passed: int, stages: int) -> float:
    """From 0 to 1: the root, for most windows are given up in the first stages."""
    return math.sqrt(passed / stages)


def _words(passed: int, stages: int) -> Text:
    if passed == 0:
        return Text("no stage passed", "1 段も通過せず")
    if passed == 1:
        return Text("1 stage", "1 段")
    if passed == stages:
        return Text(f"all {stages} stages", f"全 {stages} 段を通過")
    return Text(f"{passed} stages", f"{passed} 段")


def _bright(passed: Levels, searched: Searched, least: int) -> Image:
    stages = len(searched.model.stages)
    table = [255 * _brightness(count, stages) if count >= least else 0 for count in range(stages + 1)]
    return np.rint(table).astype(np.uint8).take(passed.clip(0))


def _spread(layer: Layer, bright: Image, searched: Searched, size: Size) -> Image:
    """A square for each window, as wide as it is to the next one."""
    cell = layer.step * layer.scale
    x, y = (side * layer.scale / 2 - 0.5 for side in searched.model.size)
    place = np.array([[cell, 0, x], [0, cell, y]])
    return cast(Image, cv2.warpAffine(bright, place, size, flags=cv2.INTER_NEAREST))
