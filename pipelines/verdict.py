"""How a cascade judged one window."""

from __future__ import annotations

from msgspec import Struct

from pipelines.frame import Image


class FeatureTest(Struct, frozen=True):
    """One feature of a cascade, computed in a window: is its `value` below the `threshold`?

    `rectangles` are x, y, width, height and weight in pixels of the window; of a `tilted` one x, y is the
    upper corner, `width` runs down to the right and `height` down to the left.
    """

    rectangles: tuple[tuple[int, int, int, int, int], ...]
    tilted: bool
    value: float
    threshold: float


class Vote(Struct, frozen=True):
    """What one weak classifier of a cascade says, and the tests that led it there, one after the other."""

    tests: tuple[FeatureTest, ...]
    vote: float


class Verdict(Struct, frozen=True, eq=False):
    """How one stage of a cascade judged one window: it passes where `total`, the sum of the votes, is not
    below the `bar`.

    `picture` is (h, w) grey, as large as the cascade saw it. `stage` counts from 1; `passed` is how many of
    all `stages` the window passed, `flat` whether it was given up before the first because it shows
    nothing. `computed` is how many of all `features` that took.
    """

    picture: Image
    stage: int
    stages: int
    passed: int
    flat: bool
    votes: tuple[Vote, ...]
    total: float
    bar: float
    computed: int
    features: int
