"""How one number of a layer came about, in the numbers that a person can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from models.inspection.layer import KINDS, Layer
from models.inspection.network import Answer
from models.inspection.step import Arithmetic, Step, Unit, arithmetic
from pipelines.arithmetic import Share, Sum
from pipelines.result import Box
from pipelines.units import Units

SHOWN = 6
"""Channels that are told of by name; the others are added up."""
FOLLOWS = ("normalisation", "activation")
"""What is done to each number alone, right after it was made."""


def followers(layers: Sequence[Layer], layer: Layer) -> tuple[Layer, ...]:
    """The layers behind it that only change each of its numbers."""
    found: list[Layer] = []
    for after in layers[layers.index(layer) + 1 :]:
        if after.shape != layer.shape or after.kind not in FOLLOWS:
            break
        found.append(after)
    return tuple(found)


def unit_in(shape: tuple[int, ...], wanted: Unit) -> Unit:
    """The nearest that there is in maps of this (maps, rows, columns)."""
    return Unit(*(min(at, count - 1) for at, count in zip(wanted, shape, strict=True)))


def sum_of(
    layer: Layer, step: Step, unit: Unit, answers: Mapping[str, Answer], behind: Sequence[Layer]
) -> Sum | None:
    """`answers` has the numbers of the layer, of what it looked at, and of the layers `behind` it as far as
    they were looked at; `None` where it did not look at maps."""
    given = answers[layer.name].given
    if given is None:
        return None
    made = arithmetic(step, given, unit)
    shares = made.shares
    strongest = int(np.abs(shares).argmax())
    return Sum(
        layer.name,
        (unit.map, unit.row, unit.column),
        made.rule,
        made.channels[strongest],
        made.window[strongest],
        None if made.weights is None else made.weights[strongest],
        _told(made),
        made.bias,
        made.result,
        tuple(
            (KINDS[after.kind], float(values[unit]))
            for after in behind
            if after.name in answers and (values := answers[after.name].values) is not None
        ),
    )


def mark_of(unit: Unit, shape: tuple[int, ...], units: Units) -> Box:
    """Around the unit in the picture of the maps, which may be shrunk."""
    grid = units.grid
    x, y = units.corner(grid.units.index(unit.map))
    across, down = grid.cell[0] / shape[2], grid.cell[1] / shape[1]
    wide, high = max(across, 1.0), max(down, 1.0)
    return Box((x + unit.column * across, y + unit.row * down, wide, high), role="second")


def _told(made: Arithmetic) -> tuple[Share, ...]:
    """The strongest channels, and all others together."""
    if made.weights is None:
        return ()
    shares = made.shares
    order = np.argsort(-np.abs(shares), kind="stable")
    told = [Share(made.channels[at], float(shares[at])) for at in order[:SHOWN]]
    if len(order) > SHOWN:
        told.append(Share(None, float(shares[order[SHOWN:]].sum())))
    return tuple(told)
