"""What the shipped classifiers are given and what they say: `models/weights/classifiers.toml`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec
from msgspec import Struct

from models.shipped import SHIPPED
from models.text import Text

Fit = Literal["crop", "digit"]
"""How a picture comes into the square: its middle, or what is drawn in it, centred."""


class Classifier(Struct, frozen=True, forbid_unknown_fields=True):
    """A network that names what it sees, by its name in the catalogue."""

    side: int
    """Of the square picture that it is given, in pixels."""
    fit: Fit
    colours: Literal["rgb", "grey"]
    """Its channels, in their order."""
    mean: tuple[float, ...]
    """Of each channel, the level from 0 to 255 that becomes 0."""
    deviation: tuple[float, ...]
    """Of each channel, how many levels become 1."""
    classes: dict[str, Text]
    """Words for each output, in the order of the outputs, by a name that does not change."""


def classifiers() -> Mapping[str, Classifier]:
    return _written()


@functools.cache
def _written() -> Mapping[str, Classifier]:
    found = (SHIPPED / "classifiers.toml").read_bytes()
    return MappingProxyType(msgspec.toml.decode(found, type=dict[str, Classifier]))
