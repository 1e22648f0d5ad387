"""How one stage judges one window, in numbers that a person can check.

They are computed from the window's own pixels, one feature after the other.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from pipelines.frame import Image
from pipelines.haar.integral import FLATTEST, shrunk
from pipelines.haar.model import CascadeModel, Feature, Stage, Tree
from pipelines.haar.search import SKIPPED, Place, Searched
from pipelines.verdict import FeatureTest, Verdict, Vote

HIDDEN = 128
"""The grey of a window whose pixels nobody may see."""


def place_at(searched: Searched, x: float, y: float) -> Place | None:
    """Of the windows whose middles are nearest to a point of the picture, one for each size, the one that
    came furthest; `None` where there are no windows.
    """
    places = [_nearest(searched, number, x, y) for number in range(len(searched.layers))]
    return max((place for place in places if place), key=searched.passed, default=None)


def verdict(searched: Searched, grey: Image, place: Place, stage: int, *, shown: bool) -> Verdict:
    """Of the window at `place` in this picture. `stage` counts from 1; 0 is the last one it came to.

    `shown`: whether its pixels may be seen.
    """
    model, passed = searched.model, searched.passed(place)
    window = _Window(_pixels(searched, grey, place), model)
    number = min(stage or passed + 1, len(model.stages))
    judging = model.stages[number - 1]
    votes = tuple(window.vote(tree) for tree in judging.trees)
    return Verdict(
        picture=window.pixels if shown else np.full_like(window.pixels, HIDDEN),
        stage=number,
        stages=len(model.stages),
        passed=passed,
        flat=window.flat,
        votes=votes,
        total=math.fsum(vote.vote for vote in votes),
        bar=judging.bar,
        computed=0 if window.flat else sum(map(window.computed, model.stages[: passed + 1])),
        features=model.tests,
    )


def _nearest(searched: Searched, number: int, x: float, y: float) -> Place | None:
    layer, window = searched.layers[number], searched.model.size
    if not layer.across or not layer.down:
        return None
    column = round((x / layer.scale - window[0] / 2) / layer.step)
    row = round((y / layer.scale - window[1] / 2) / layer.step)
    place = Place(number, min(max(column, 0), layer.across - 1), min(max(row, 0), layer.down - 1))
    # the one before a window that was left out was looked at
    return place._replace(column=place.column - 1) if searched.passed(place) == SKIPPED else place


def _pixels(searched: Searched, grey: Image, place: Place) -> Image:
    layer, (width, height) = searched.layers[place.layer], searched.model.size
    x, y = place.column * layer.step, place.row * layer.step
    return shrunk(grey, layer)[y : y + height, x : x + width].copy()


class _Window:
    """A window's pixels, (h, w), and what the features see in them."""

    def __init__(self, pixels: Image, model: CascadeModel) -> None:
        self.pixels = pixels
        self._model = model
        plain, _squares, tilted = cv2.integral3(pixels)
        self._plain, self._tilted = plain.tolist(), tilted.tolist()
        inner = pixels[1:-1, 1:-1].astype(np.float64)
        spread = math.sqrt(inner.size * (inner**2).sum() - inner.sum() ** 2)
        self.flat = spread == 0 or inner.size / spread >= FLATTEST
        self._share = np.float32(1 / spread if spread else 1)

    def vote(self, tree: Tree) -> Vote:
        at, tests = 0, []
        while True:
            node = tree.nodes[at]
            feature = self._model.features[node.feature]
            value = float(np.float32(self._sum(feature)) * self._share)
            tests.append(FeatureTest(tuple(feature.rectangles), feature.tilted, value, node.threshold))
            at = node.below if value < node.threshold else node.otherwise
            if at <= 0:
                return Vote(tuple(tests), tree.leaves[-at])

    def computed(self, stage: Stage) -> int:
        """How many features the votes of a stage take."""
        return sum(1 if len(tree.nodes) == 1 else len(self.vote(tree).tests) for tree in stage.trees)

    def _sum(self, feature: Feature) -> int:
        total = 0
        for x, y, width, height, weight in feature.rectangles:
            if feature.tilted:
                right, left, table = (x + width, y + width), (x - height, y + height), self._tilted
            else:
                right, left, table = (x + width, y), (x, y + height), self._plain
            bottom = table[right[1] + left[1] - y][right[0] + left[0] - x]
            total += weight * (table[y][x] - table[right[1]][right[0]] - table[left[1]][left[0]] + bottom)
        return total
