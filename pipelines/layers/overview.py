"""All layers of a network in small: what each of them is, and where in the picture it is active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import cv2

from models.inspection.layer import INPUT, KINDS, Layer
from models.inspection.network import Answer
from models.inspection.pictures import Bytes
from pipelines.frame import Image
from pipelines.layers.colours import Colours, table
from pipelines.result import LayerGlance, LayerStrip

SIDE = 56
"""Pixels of a small picture's longer side."""
GAMMA = 0.7
"""A layer that is active at one place only is to be seen all the same."""
SQUAREST = 2.0
"""Times as wide as high: units without a place are folded into rows until they are no wider."""


def strip_of(
    entered: Image,
    layers: Sequence[Layer],
    answers: Mapping[str, Answer],
    chosen: Sequence[Layer],
    colours: Colours,
) -> LayerStrip:
    """What `entered` first; `answers` has the small pictures of all layers."""
    colour = table(colours, GAMMA, signed=False)
    glances = [
        LayerGlance(layer.name, KINDS[layer.kind], layer.shape, layer.parameters, _picture(small, colour))
        for layer in layers
        if layer.name in answers and (small := answers[layer.name].small) is not None
    ]
    return LayerStrip((_entrance(entered), *glances), tuple(layer.name for layer in chosen))


def _entrance(entered: Image) -> LayerGlance:
    height, width = entered.shape[:2]
    factor = SIDE / max(height, width)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cast(Image, cv2.resize(entered, size, interpolation=cv2.INTER_AREA))
    return LayerGlance(INPUT, KINDS["input"], (3, height, width), 0, small)


def _picture(small: Bytes, colour: Image) -> Image:
    return cast(Image, cv2.applyColorMap(_folded(small), colour))


def _folded(small: Bytes) -> Bytes:
    """A long row becomes several; what is left over at the end is dropped."""
    units = small.shape[1]
    if small.shape[0] > 1 or units < 8:
        return small
    rows = max(1, round((units / SQUAREST) ** 0.5))
    return small[0, : rows * (units // rows)].reshape(rows, -1)
