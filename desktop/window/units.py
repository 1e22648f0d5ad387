"""How a figure and its unit are written."""

from __future__ import annotations

WITHOUT_SPACE = ("°", "×", "")


def with_unit(figure: str, unit: str) -> str:
    """`60 px`, `45°`, `0.6`."""
    return f"{figure}{unit}" if unit in WITHOUT_SPACE else f"{figure} {unit}"
