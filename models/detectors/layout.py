"""What the finder needs to know about a kind of detector: how a picture goes in and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast

import cv2
import numpy as np

from models.detectors.finding import Floats, Heat
from models.runtimes.network import Intake, Picture, Signature, Values

Outputs = Mapping[str, Values]


class Fitted(NamedTuple):
    """A picture as the network wants it, perhaps with padding to the right and below."""

    picture: Picture
    size: tuple[int, int]
    """Width and height of what is no padding."""


class Cells(NamedTuple):
    """Those that are sure enough: (k, 4) x1, y1, x2, y2 in pixels of the input, and (k,) scores."""

    boxes: Floats
    scores: Floats


class Layout(Protocol):
    name: str
    outputs: str
    """By which outputs it is recognised, for a person to read."""
    intake: Intake
    overlap: float
    """Of two boxes that overlap more than this (over their union), the less sure one goes."""
    blended: float | None
    """What overlaps a box that stays by so much has a say in where it is; `None`: its authors do without."""

    def fits(self, found: Signature) -> bool:
        """Whether this network is of this kind."""
        ...

    def fitted(self, picture: Picture, long_side: int, found: Signature) -> Fitted: ...

    def cells(self, outputs: Outputs, size: tuple[int, ...], threshold: float) -> Cells:
        """`size` is width and height of the input with its padding."""
        ...

    def heat(self, outputs: Outputs, fitted: Fitted) -> tuple[Heat, ...]:
        """One for each scale, the finest first."""
        ...


def shrunk_and_padded(picture: Picture, long_side: int, found: Signature, multiple: int) -> Fitted:
    """The long side at most `long_side`, padded with black to a multiple, or to the network's fixed size."""
    height, width = picture.shape[:2]
    rows, columns = found.inputs[0].shape[2:4]
    factor = min(1.0, long_side / max(height, width), (rows or height) / height, (columns or width) / width)
    if factor < 1:
        width, height = max(1, round(width * factor)), max(1, round(height * factor))
        picture = cast(Picture, cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA))
    right = columns - width if columns else -width % multiple
    below = rows - height if rows else -height % multiple
    if right or below:
        picture = cast(Picture, cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_CONSTANT, value=0))
    return Fitted(picture, (width, height))


def has(found: Signature, outputs: Mapping[str, tuple[int | None, ...]]) -> bool:
    """Whether there is one input (1, 3, h, w) and each of these outputs; `None` is a side of any length."""
    there = {output.name: output.shape for output in found.outputs}
    return (
        len(found.inputs) == 1
        and _agree(found.inputs[0].shape, (1, 3, None, None))
        and all(name in there and _agree(there[name], shape) for name, shape in outputs.items())
    )


def together(parts: list[Cells]) -> Cells:
    return Cells(np.concatenate([part.boxes for part in parts]), np.concatenate([p.scores for p in parts]))


def heat_of(stride: int, cells: Floats, fitted: Fitted) -> Heat:
    return Heat(stride, cells, fitted.size[0] / stride, fitted.size[1] / stride)


def _agree(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    return len(one) == len(other) and all(
        a is None or b is None or a == b for a, b in zip(one, other, strict=True)
    )
