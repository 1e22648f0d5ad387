"""The answer of a layer as maps, whatever the order of its axes."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Form = Literal["maps", "tokens", "vector"]
SQUAREST = 4
"""Tokens fewer than this are no picture."""
MOST_AXES, PICTURE_AXES = 5, 4
"""Of an answer, with the batch, and of one that is maps."""


def can_be_shown(shape: tuple[int, ...]) -> bool:
    """Whether an answer of this `shape`, with the batch, is one of one picture, and more than one number."""
    return 2 <= len(shape) <= MOST_AXES and shape[0] == 1 < math.prod(shape)


def form_of(shape: tuple[int, ...]) -> Form:
    """How an answer of this `shape`, without the batch, is laid out."""
    if math.prod(shape) == max(shape, default=1):
        return "vector"
    return "tokens" if len(shape) == 2 and _token_grid(shape[0]) else "maps"


def as_maps(values: Values) -> Values:
    """(n, rows, columns) of an answer without its batch; shares its memory where that goes.

    Channels stand first or last, as in the picture of the network; features of a grid of tokens become
    maps of that grid, and tokens for the whole picture are left out; a vector becomes maps of one unit.
    """
    shape = values.shape
    match form_of(shape):
        case "vector":
            return values.reshape(-1, 1, 1)
        case "tokens":
            grid = _token_grid(shape[0])
            patches = values[shape[0] - grid[0] * grid[1] :] if grid else values
            return patches.T.reshape(shape[1], *grid)
    if len(shape) == 2:
        return values[None]
    if len(shape) == 3 and shape[0] == shape[1] != shape[2]:
        return values.transpose(2, 0, 1)
    return values.reshape(-1, *shape[-2:])


def maps_in(shape: tuple[int, ...]) -> tuple[int, ...]:
    """(n, rows, columns) of the maps in an answer of this `shape`, without the batch."""
    return as_maps(np.broadcast_to(np.float32(0), shape)).shape


def _token_grid(tokens: int) -> tuple[int, ...]:
    """Rows and columns of the patches, of which all but a few first tokens are one each; none where they
    make no square."""
    side = math.isqrt(tokens)
    return (side, side) if side * side >= SQUAREST and tokens - side * side <= 1 else ()
