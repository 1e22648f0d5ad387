"""A network whose layers can be looked at, whichever runtime computes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from msgspec import Struct

from models.inspection.activity import Activity, Histogram
from models.inspection.layer import Layer, Learnt
from models.inspection.maps import Values
from models.inspection.pictures import Bytes, MapPictures, Scaling
from models.inspection.step import Step
from models.runtimes.device import Device


class Look(Struct, frozen=True):
    """What somebody wants to see of a layer. Its activity is always told."""

    scaling: Scaling | None = None
    """How its maps become pictures; `None` where nobody looks at them."""
    side: int = 0
    """Pixels: the longer side of a map at most; 0 is as it is."""
    small: int = 0
    """Pixels: the longer side of a picture of where the whole layer is active; 0 is none."""
    histogram: bool = False
    """Whether it is told how its answers are spread."""
    values: bool = False
    """Whether the numbers themselves are wanted, and those that the layer has made them of."""
    time: bool = False
    """Whether it is told how long the layer itself takes; some runtimes compute it once more for that."""


class Answer(NamedTuple):
    """What one layer says to one picture."""

    activity: Activity
    pictures: MapPictures | None
    small: Bytes | None
    """(h, w): how active its maps are there on average, 255 where they are most."""
    histogram: Histogram | None
    """From the lowest to the highest answer."""
    values: Values | None
    """As the layer gives them, without the batch; maps before rows and columns."""
    given: Values | None = None
    """What the layer looked at, without the batch, where that is one picture of maps."""
    milliseconds: float | None = None
    """Of the layer itself, where that was asked for and can be told."""
    shape: tuple[int, ...] = ()
    """Of what it says to this picture, without the batch: it may depend on the picture."""


class Passed(NamedTuple):
    """What came of one pass."""

    outputs: Mapping[str, Values]
    answers: Mapping[str, Answer]
    """By the layer's name, for those that were looked at and said something that can be shown."""
    milliseconds: float
    """Of the network alone, as far as it can be told from the looking."""


class LayeredNetwork(Protocol):
    """Used from one thread at a time."""

    @property
    def device(self) -> Device: ...

    @property
    def layers(self) -> tuple[Layer, ...]:
        """In the order in which they are computed."""
        ...

    @property
    def parameters(self) -> int:
        """How many numbers the whole network has learnt."""
        ...

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        """`values` is a picture as it was prepared for it; `looks` by the layer's name. Nothing outlives the
        call but what it returns.

        Raises:
            ModelError: it does not run with this picture.
        """
        ...

    def weights(self, layer: str) -> Values | None:
        """What a layer of this name has learnt, as it is used: (filters, channels, rows, columns) of a
        convolution, (units, inputs) of a fully connected layer; `None` where it has no such weights."""
        ...

    def learnt(self, layer: str) -> tuple[Learnt, ...]:
        """What a layer of this name has learnt, part by part."""
        ...

    def step(self, layer: str) -> Step | None:
        """How a layer of this name makes one number of a window; `None` where it does so in another way."""
        ...

    def close(self) -> None:
        """Let go of it; may be called twice."""
        ...
