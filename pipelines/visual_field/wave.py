"""Waves that go through the field in one direction: cosines and stripes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.edge import passed, passed_round
from pipelines.visual_field.plane import Axis, Size, across, axes

AHEAD = 16
"""Rows that are worked on together: they stay in the processor's cache."""
Levels = NDArray[np.float32]


class Wave(NamedTuple):
    """`frequency` in cycles per picture height, `orientation` of its crests in degrees, `phase` in cycles."""

    frequency: float
    orientation: float
    phase: float = 0.0
    amplitude: float = 1.0


def summed(waves: Sequence[Wave], middle: tuple[float, float], size: Size) -> Levels:
    """(h, w): the sum of these cosines, each with its phase at `middle`."""
    down, level = [], []
    for wave in waves:
        columns, rows = (2 * math.pi * part for part in _parts(wave, middle, size))
        # the cosine of a sum as a product: a cosine for each row and column, not for each pixel
        down += [wave.amplitude * np.cos(rows), -wave.amplitude * np.sin(rows)]
        level += [np.cos(columns), np.sin(columns)]
    one, other = np.stack(down).astype(np.float32), np.stack(level).astype(np.float32)
    # a matrix product would wake a thread for each core, which takes longer than the product
    levels: Levels = np.einsum("kr,kc->rc", one, other)
    return levels


class Stripes(NamedTuple):
    """Along each crest of `wave` a stripe as wide as `duty` of a cycle, at the level `inside`; `outside` it
    between them. They swing by `sway` cycles to either side, once in a cycle of their length.
    """

    wave: Wave
    inside: float
    outside: float
    duty: float = 0.5
    sway: float = 0.0


def crossed(
    one: Stripes, other: Stripes, middle: tuple[float, float], amplitude: float, size: Size
) -> Levels:
    """(h, w): the product of two sets of stripes, each with its phase at `middle`, times `amplitude`.

    Straight edges are exact where neither a stripe nor what is between two is narrower than a pixel's
    diagonal, but for the pixels that a corner lies in.
    """
    levels = np.empty((size[1], size[0]), np.float32)
    bands = [_Band(stripes, middle, size) for stripes in (one, other)]
    for first in range(0, size[1], AHEAD):
        some = slice(first, first + AHEAD)
        np.multiply(bands[0].levels(some), bands[1].levels(some) * np.float32(amplitude), out=levels[some])
    return levels


class _Band:
    """A set of stripes, ready for some rows of the picture after the other."""

    def __init__(self, stripes: Stripes, middle: tuple[float, float], size: Size) -> None:
        wave = stripes.wave
        self._stripes = stripes
        self._way = across(wave.orientation)
        self._cycle = np.float32(size[1] / wave.frequency)
        self._columns, self._rows = (_fractions(part) for part in _parts(wave, middle, size))
        lengthwise = Wave(wave.frequency, wave.orientation - 90)
        self._along = [2 * math.pi * _fractions(part) for part in _parts(lengthwise, middle, size)]

    def levels(self, some: slice) -> Levels:
        """(n, w), or (1, w) or (n, 1) where they are the same along an axis."""
        stripes = self._stripes
        if stripes.sway:
            shares = self._swaying(some)
        else:
            columns = self._columns if self._way.right else self._columns[:1]
            rows = self._rows[some] if self._way.up else self._rows[:1]
            shares = passed(self._inside(columns[None, :] + rows[:, None]), self._way)
        shares *= np.float32(stripes.inside - stripes.outside)
        shares += np.float32(stripes.outside)
        return shares

    def _swaying(self, some: slice) -> Levels:
        swing = self._along[0][None, :] + self._along[1][some, None]
        phase = self._columns[None, :] + self._rows[some, None]
        phase += np.float32(self._stripes.sway) * np.sin(swing)
        steep = np.float32(2 * math.pi * self._stripes.sway) * np.cos(swing)
        return passed_round(self._inside(phase) / np.sqrt(1 + steep * steep))

    def _inside(self, phase: Levels) -> Levels:
        """How many pixels inside a stripe's edge; negative outside. Changes `phase`."""
        phase -= np.rint(phase)
        np.abs(phase, out=phase)
        np.subtract(np.float32(self._stripes.duty / 2), phase, out=phase)
        phase *= self._cycle
        return phase


def _parts(wave: Wave, middle: tuple[float, float], size: Size) -> tuple[Axis, Axis]:
    """What each column and each row adds to the phase, in cycles."""
    way = across(wave.orientation)
    right, up = axes(size)
    columns = wave.frequency * way.right * (right - middle[0])
    rows = wave.frequency * way.up * (up - middle[1]) + wave.phase
    return columns, rows


def _fractions(cycles: Axis) -> Levels:
    """Less whole cycles, which mean nothing to a wave and would take a float's precision."""
    return np.mod(cycles, 1.0).astype(np.float32)
