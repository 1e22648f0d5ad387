"""What a cascade's file says: stages of small trees, which test features of light and dark rectangles."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class Rectangle(NamedTuple):
    """In pixels of the window. What is in it counts `weight` times; several lie on each other.

    Of a tilted feature x, y is the upper corner, `width` runs down to the right and `height` down to the
    left, both counted in pixels of one axis.
    """

    x: int
    y: int
    width: int
    height: int
    weight: int


class Feature(Struct, frozen=True):
    """The weighted sum of the pixels in its rectangles."""

    rectangles: tuple[Rectangle, ...]
    tilted: bool = False


class Node(NamedTuple):
    """One test: where the feature's value lies `below` the threshold, and `otherwise`, a number follows:
    above 0 the next node of the tree, from 0 down the leaf of that number without its sign.
    """

    feature: int
    threshold: float
    below: int
    otherwise: int


class Tree(Struct, frozen=True):
    """A weak classifier; mostly of one node. Each leaf is a vote."""

    nodes: tuple[Node, ...]
    leaves: tuple[float, ...]


class Stage(Struct, frozen=True):
    """A window passes where the votes of all trees add up to at least the `bar`."""

    bar: float
    trees: tuple[Tree, ...]


class CascadeModel(Struct, frozen=True):
    """`size` is the window's width and height in pixels."""

    size: tuple[int, int]
    features: tuple[Feature, ...]
    stages: tuple[Stage, ...]

    @property
    def tests(self) -> int:
        """How many features are computed where nothing is given up: all nodes of all trees."""
        return sum(len(tree.nodes) for stage in self.stages for tree in stage.trees)

    @property
    def tilted(self) -> bool:
        return any(feature.tilted for feature in self.features)
