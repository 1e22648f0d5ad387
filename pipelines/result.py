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
from pipelines.frame import Image
from pipelines.grid import Grid

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


class Units(Struct, frozen=True, eq=False):
    """What stands in each cell of the picture: the maps, or the single units, of one layer.

    A pipeline that has units has parameters for the chosen one: `unit`, `row`, `column`, and `sums`, whether
    its arithmetic is told. `strengths` is (n,): the strongest answer of each, by its number. `shape` is rows
    and columns of a map, which may be shown smaller; a unit has no place in what is no map.
    """

    layer: str
    grid: Grid
    strengths: NDArray[np.float32]
    shape: tuple[int, int] | None = None
    origin: tuple[int, int] = (0, 0)
    """x, y of the grid's upper left corner in the picture."""

    def place_at(self, x: float, y: float) -> int | None:
        """The place in the grid under a point of the picture."""
        return self.grid.place_at(x - self.origin[0], y - self.origin[1])

    def corner(self, place: int) -> tuple[int, int]:
        """x, y of the upper left pixel of what stands at this place."""
        x, y = self.grid.corner(place)
        return x + self.origin[0], y + self.origin[1]

    def at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """Map, row and column of the unit at a point of the picture; 0 and 0 in what is no map."""
        place = self.place_at(x, y)
        if place is None:
            return None
        if self.shape is None:
            return self.grid.units[place], 0, 0
        left, top = self.corner(place)
        row = (y - top) / self.grid.cell[1] * self.shape[0]
        column = (x - left) / self.grid.cell[0] * self.shape[1]
        return self.grid.units[place], int(row), int(column)


class Aim(Struct, frozen=True, eq=False):
    """What a click on the picture sets: two parameters of the pipeline, of type float.

    `values` is (h, w, 2), as large as the picture: what they become at each pixel, no number where nothing
    does.
    """

    fields: tuple[str, str]
    values: NDArray[np.float32]
    switch: str | None = None
    """A parameter that the click turns on, and a second one at the same place off again."""


class Share(Struct, frozen=True):
    """What one map of the layer below adds to a sum; `channel` is `None` for all that are not told of."""

    channel: int | None
    value: float


class Sum(Struct, frozen=True, eq=False):
    """How one number of a layer came about, or of a picture that one kernel made: then `layer` is empty.

    `window` is (rows, columns) of the map `channel` of the layer below, no number where there is none;
    `weights` what it is multiplied with, `None` for a pooling; `shares` what each channel adds, and `bias`
    what is added then. `after` is what becomes of the `result` in the layers behind.
    """

    layer: str
    unit: tuple[int, int, int]
    """Map, row and column."""
    rule: Literal["sum", "maximum", "mean"]
    channel: int
    window: NDArray[np.float32]
    weights: NDArray[np.float32] | None
    shares: tuple[Share, ...]
    bias: float
    result: float
    after: tuple[tuple[Text, float], ...] = ()


class Filtered(Struct, frozen=True, eq=False):
    """A picture that was made by one kernel, so that the arithmetic of any of its pixels can be told.

    `levels` is (h, w) uint8: what was filtered, the border mirrored. `weights` is (k, k); the sum of the
    products is divided by `divisor`.
    """

    levels: Image
    weights: NDArray[np.float32]
    divisor: float = 1.0

    def sum_at(self, row: int, column: int) -> Sum:
        """How the pixel came about; the nearest that there is."""
        height, width = self.levels.shape
        row, column = min(max(row, 0), height - 1), min(max(column, 0), width - 1)
        reach = np.arange(len(self.weights), dtype=np.int64) - len(self.weights) // 2
        rows, columns = _mirrored(row + reach, height), _mirrored(column + reach, width)
        window = self.levels[np.ix_(rows, columns)].astype(np.float32)
        total = float((window.astype(np.float64) * self.weights).sum())
        after = ((DIVIDED.filled(n=f"{self.divisor:g}"), total / self.divisor),) if self.divisor != 1 else ()
        return Sum("", (0, row, column), "sum", 0, window, self.weights, (), 0.0, total, after)


DIVIDED = Text("divided by {n}", "{n} で割る")


def _mirrored(places: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Within 0 to `length` - 1, turned back at the first and the last pixel."""
    if length == 1:
        return np.zeros_like(places)
    turned: NDArray[np.int64] = places % (2 * length - 2)
    return np.minimum(turned, 2 * length - 2 - turned)


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
    """`picture` is uint8, (height, width) grey or (height, width, 3) BGR."""

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
    aim: Aim | None = None
    filtered: Filtered | None = None
