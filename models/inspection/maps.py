"""The answer of a layer as maps, whatever the order of its axes."""

from __future__ import annotations

import math
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Form = Literal["maps", "tokens", "vector"]
SQUAREST = 4
"""Tokens fewer than this are no picture."""
COLOURS = (1, 3)
"""Channels of a picture."""
ALIKE = math.log(1.25)
"""How far two shapes may be apart; a convolution without padding loses some of it."""
MOST_AXES, PICTURE_AXES = 5, 4
"""Of an answer, with the batch, and of one that is maps."""


@cache
def can_be_shown(shape: tuple[int, ...]) -> bool:
    """Whether an answer of this `shape`, with the batch, is one of one picture, and more than one number."""
    return 2 <= len(shape) <= MOST_AXES and shape[0] == 1 < math.prod(shape)


@cache
def maps_stand_last(shape: tuple[int, ...], picture: tuple[int, int]) -> bool:
    """Whether an answer of this `shape`, without the batch, has its maps behind rows and columns, as some
    layers put them: those then have the shape of the `picture` (rows, columns) that entered."""
    if len(shape) != len(("maps", *picture)) or 0 in shape:
        return False
    aspect = picture[0] / picture[1]
    first, second, third = shape
    return abs(math.log(first / second / aspect)) < min(ALIKE, abs(math.log(second / third / aspect)))


def maps_first(values: Values, picture: tuple[int, int]) -> Values:
    """An answer, without its batch, with its maps before rows and columns; shares its memory."""
    return np.moveaxis(values, -1, 0) if maps_stand_last(values.shape, picture) else values


def sides_of(entering: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns of a picture that enters a network as (1, channels, h, w) or (1, h, w, channels)."""
    _one, first, second, third = entering
    last = first not in COLOURS and third in COLOURS
    return (first, second) if last else (second, third)


@cache
def form_of(shape: tuple[int, ...]) -> Form:
    """How an answer of this `shape`, without the batch, is laid out."""
    if math.prod(shape) == max(shape, default=1):
        return "vector"
    return "tokens" if len(shape) == 2 and _token_grid(shape[0]) else "maps"


def as_maps(values: Values) -> Values:
    """(n, rows, columns) of an answer without its batch; shares its memory where that goes.

    Maps stand first; features of a grid of tokens become maps of that grid, and tokens for the whole picture
    are left out; a vector becomes maps of one unit.
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
    return values.reshape(-1, *shape[-2:])


def maps_in(shape: tuple[int, ...]) -> tuple[int, ...]:
    """(n, rows, columns) of the maps in an answer of this `shape`, without the batch."""
    return as_maps(np.broadcast_to(np.float32(0), shape)).shape


def _token_grid(tokens: int) -> tuple[int, ...]:
    """Rows and columns of the patches, of which all but a few first tokens are one each; none where they
    make no square."""
    side = math.isqrt(tokens)
    return (side, side) if side * side >= SQUAREST and tokens - side * side <= 1 else ()
