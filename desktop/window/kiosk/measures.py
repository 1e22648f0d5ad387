"""How large things are in an exhibit: as its file says, unless the screen has no room for that."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from desktop import theme

STEP = 0.05


def fitting(room: float, at_100_percent: float) -> theme.Theme:
    """The current look, smaller where something of so many pixels at 100 % would not fit into `room`."""
    look = theme.current()
    return replace(look, scale=max(theme.SMALLEST, min(look.scale, room / at_100_percent)))


def smaller_and_smaller(look: theme.Theme) -> Iterator[theme.Theme]:
    """`look` and all below it, down to 100 %."""
    for step in range(round((look.scale - theme.SMALLEST) / STEP) + 1):
        yield replace(look, scale=max(theme.SMALLEST, look.scale - step * STEP))
