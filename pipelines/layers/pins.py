"""Maps that a person has pinned, of whatever layers, beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import cv2
import numpy as np

from models.inspection.layer import Layer
from models.inspection.maps import maps_in
from models.inspection.network import Answer
from models.text import Text
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


ELSEWHERE = Text(
    "This network has no {names}; what is pinned stays pinned for the one that has it.",
    "このネットワークに {names} はありません。ピン留めは残り、その地図があるネットワークで表示されます。",
)


class Pin(NamedTuple):
    layer: Layer
    map: int
    place: int
    """In the list of all that is pinned, of which another network may have some."""


def pins_of(layers: Sequence[Layer], names: str) -> tuple[Pin, ...]:
    """What of `names` ("conv1:3+relu:7") this network has; another one may have had the rest."""
    known = {layer.name: layer for layer in layers}
    found = []
    for place, name in enumerate(_listed(names)):
        layer, _of, number = name.rpartition(OF)
        if layer in known and number.isdigit() and int(number) < maps_in(known[layer].shape)[0]:
            found.append(Pin(known[layer], int(number), place))
    return tuple(found[-MOST:])


def elsewhere(names: str, pins: Sequence[Pin]) -> Text | None:
    """What to say where not all that is pinned is among these."""
    here = {pin.place for pin in pins}
    missing = [name for place, name in enumerate(_listed(names)) if place not in here]
    return ELSEWHERE.filled(names=", ".join(missing)) if missing else None


def toggled(names: str, layer: str, number: int) -> str:
    """With this map pinned; without it where it was, or where it is the one of that place in the list. The
    oldest goes where there are too many."""
    now = _listed(names)
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
    places = [pin.place for pin in pins]
    grid = grid_of(places, (width, height), width / (height * len(maps)))
    picture = np.empty((*grid.size[::-1], 3), np.uint8)
    picture[:] = GROUND
    for place, one in enumerate(maps):
        x, y = grid.corner(place)
        picture[y : y + one.shape[0], x : x + one.shape[1]] = one
    strengths, labels = np.zeros(max(places) + 1, np.float32), [""] * (max(places) + 1)
    for pin in pins:
        strengths[pin.place] = answers[pin.layer.name].activity.strongest[pin.map]
        labels[pin.place] = f"{pin.layer.name}{OF}{pin.map}"
    shown = Shown(cast(Image, picture), grid, strengths, (), labels=tuple(labels))
    return Panel(NAME, shown, None, turns=True)


def _listed(names: str) -> list[str]:
    return [] if names == NONE else names.split(AND)


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
