"""What a pipeline returns: a picture, marks over it, readings beside it.

Marks are data in picture coordinates; whoever shows them paints them. A colour names its
role, not its hue, so that the light and the dark window and a printed page can each choose.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.text import Text
from pipelines.aim import Aim
from pipelines.arithmetic import Filtered, Sum
from pipelines.frame import Image
from pipelines.places import Area, Shown
from pipelines.units import Units
from pipelines.verdict import Verdict

Role = Literal["first", "second", "soft"]
"""`first` is blue and solid, `second` orange and dashed, `soft` grey: never red against green."""


class Box(Struct, frozen=True):
    """A rectangle with what it holds: x, y, width, height in pixels of the picture."""

    box: tuple[float, float, float, float]
    label: str = ""
    score: float | None = None
    role: Role = "first"
    title: Text | None = None
    """What is written on it; without it the label is. `label` is the stable name that scripts read."""
    identity: int | None = None
    """From 1: the same thing has the same number, and with it its colour, in every frame."""
    found: bool = True
    """False where it was not found in this frame and is only expected to be: no detection."""


class Points(Struct, frozen=True, eq=False):
    """(n, 2) float32 x, y in pixels; `sizes` (n,) diameters in pixels or `None`."""

    points: NDArray[np.float32]
    sizes: NDArray[np.float32] | None = None
    role: Role = "first"


class Lines(Struct, frozen=True, eq=False):
    """(n, 4) float32 x1, y1, x2, y2 in pixels."""

    lines: NDArray[np.float32]
    role: Role = "first"


class Caption(Struct, frozen=True):
    """Words at a place: x, y in pixels of the picture, the text's lower left corner."""

    at: tuple[float, float]
    text: Text
    role: Role = "first"


Mark: TypeAlias = Box | Points | Lines | Caption


class Reading(Struct, frozen=True):
    """One figure that the pipeline measured."""

    name: str
    title: Text
    value: float
    unit: str = ""
    digits: int = 0


class Curve(Struct, frozen=True, eq=False):
    """One line of the plot in the panel: `x` and `y` are (n,) float, `title` stands in the legend."""

    title: Text
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    role: Role = "first"


class Plot(Struct, frozen=True, eq=False):
    """Curves over one axis, shown in the panel. `x_range` is what the axis shows, or else where the
    curves are."""

    title: Text
    x_title: Text
    curves: tuple[Curve, ...]
    x_range: tuple[float, float] | None = None


class Key(Struct, frozen=True):
    """One entry of the legend: what a colour (red, green, blue 0 to 255) of the picture means."""

    title: Text
    colour: tuple[int, int, int]


class Wheel(Struct, frozen=True):
    """The key to a picture whose colours are directions.

    `colours` (red, green, blue 0 to 255) go once around, evenly, from the right over the top; with a `period`
    of 180 degrees they do so in half a turn, for lines have no beginning. Black is no direction at all.
    """

    title: Text
    colours: tuple[tuple[int, int, int], ...]
    period: Literal[180, 360]


class Row(Struct, frozen=True):
    """The same figure of two things; `None` where it could not be measured.

    `large`: one of the few that are shown on the picture itself where it stands alone before an audience.
    """

    title: Text
    first: float | None
    second: float | None
    unit: str = ""
    digits: int = 0
    large: bool = False


class Comparison(Struct, frozen=True):
    """Two things beside each other, called and coloured as their marks are: `first` and `second`.

    `troubles` are sentences, each about one of them. `soft` says what the grey marks are.
    """

    first: Text
    second: Text
    rows: tuple[Row, ...]
    troubles: tuple[Text | None, Text | None] = (None, None)
    soft: Text | None = None


class Score(Struct, frozen=True):
    """One of the things that the picture may show, and how sure the network is: `share` is 0 to 1."""

    title: Text
    share: float


class LayerGlance(Struct, frozen=True, eq=False):
    """One layer of a network in small. `picture` is (h, w, 3) BGR: where it is active.

    `shape` is (maps, rows, columns) or (units,).
    """

    name: str
    kind: Text
    shape: tuple[int, ...]
    parameters: int
    picture: Image


class LayerStrip(Struct, frozen=True, eq=False):
    """All layers of a network in their order, and the names of those that the picture shows.

    `field` is the name of the parameter that chooses them.
    """

    layers: tuple[LayerGlance, ...]
    chosen: tuple[str, ...]
    field: str = "layer"


class Result(Struct, frozen=True, eq=False):
    """`picture` is uint8, (height, width) grey or (height, width, 3) BGR. `shows` is where in it the frame
    is seen; `signed`, whether its colours are numbers above and below 0, as `pipelines.signs` has them.
    """

    picture: Image
    marks: tuple[Mark, ...] = ()
    readings: tuple[Reading, ...] = ()
    legend: tuple[Key, ...] = ()
    wheel: Wheel | None = None
    plot: Plot | None = None
    comparison: Comparison | None = None
    strip: LayerStrip | None = None
    units: tuple[Units, ...] = ()
    scores: tuple[Score, ...] = ()
    sum: Sum | None = None
    verdict: Verdict | None = None
    aim: Aim | None = None
    filtered: Filtered | None = None
    shows: Shown = "frame"
    signed: bool = False

    def area_of(self, frame: tuple[int, int]) -> Area | None:
        """The part of the picture that shows the frame of this (width, height); `None` where none does."""
        if self.units or self.shows == "other":
            return None
        if self.shows != "frame":
            return Area(*self.shows, frame)
        return Area(0, 0, *frame, frame) if self.picture.shape[1::-1] == frame else None
