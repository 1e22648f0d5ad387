"""Maps that a person has pinned, of whatever layers, beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import cv2
import numpy as np

from models.inspection.layer import Layer
from models.inspection.network import Answer
from pipelines.frame import Image
from pipelines.layers.colours import table
from pipelines.layers.mosaic import GROUND, grid_of
from pipelines.layers.panels import Panel
from pipelines.layers.picture import Shown
from pipelines.layers.values import AND, NONE, FeatureMapsParameters

OF = ":"
"""Between a layer's name and the number of its map."""
CELL = 160
"""Pixels of a pinned map's longer side."""
MOST = 8
NAME = "pinned"


class Pin(NamedTuple):
    layer: Layer
    map: int


def pins_of(layers: Sequence[Layer], names: str) -> tuple[Pin, ...]:
    """What of `names` ("conv1:3+relu:7") this network has; another one may have had the rest."""
    if names == NONE:
        return ()
    known = {layer.name: layer for layer in layers}
    found = []
    for name in names.split(AND):
        layer, _of, number = name.rpartition(OF)
        if layer in known and number.isdigit() and int(number) < known[layer].shape[0]:
            found.append(Pin(known[layer], int(number)))
    return tuple(found[-MOST:])


def toggled(names: str, layer: str, number: int) -> str:
    """With this map pinned; without it where it was, or where it is the one of that number in the tray. The
    oldest goes where there are too many."""
    now = [] if names == NONE else names.split(AND)
    name = now[number] if layer == NAME else f"{layer}{OF}{number}"
    kept = [one for one in now if one != name] if name in now else [*now, name]
    return AND.join(kept[-MOST:]) or NONE


def tray(
    pins: Sequence[Pin], answers: Mapping[str, Answer], parameters: FeatureMapsParameters
) -> Panel | None:
    """A column of the pinned maps whose layers have said something; `None` where there are none."""
    pins = [pin for pin in pins if pin.layer.name in answers]
    maps = [_map(pin, answers[pin.layer.name], parameters) for pin in pins]
    if not maps:
        return None
    width, height = max(m.shape[1] for m in maps), max(m.shape[0] for m in maps)
    grid = grid_of(range(len(maps)), (width, height), width / (height * len(maps)))
    picture = np.empty((*grid.size[::-1], 3), np.uint8)
    picture[:] = GROUND
    for place, one in enumerate(maps):
        x, y = grid.corner(place)
        picture[y : y + one.shape[0], x : x + one.shape[1]] = one
    strengths = np.array([answers[pin.layer.name].activity.strongest[pin.map] for pin in pins], np.float32)
    return Panel(NAME, Shown(cast(Image, picture), grid, strengths, ()), None)


def _map(pin: Pin, answer: Answer, parameters: FeatureMapsParameters) -> Image:
    """(h, w, 3) BGR, `CELL` pixels long, its units as squares where they are large enough."""
    pictures = answer.pictures
    assert pictures is not None
    levels = pictures.levels[pin.map]
    factor = CELL / max(levels.shape)
    size = max(1, round(levels.shape[1] * factor)), max(1, round(levels.shape[0] * factor))
    method = cv2.INTER_NEAREST if factor >= 3 else cv2.INTER_LINEAR
    large = cv2.resize(levels, size, interpolation=method)
    colours = table(parameters.colours, parameters.gamma, signed=pictures.signed)
    return cast(Image, cv2.applyColorMap(large, colours))
