"""One picture that went through a network, with what was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.inspection.layer import Layer
from models.inspection.network import Answer, LayeredNetwork, Passed
from models.inspection.opening import Opened, Wanted
from models.preparation import Prepared, prepared
from models.text import Text
from pipelines.frame import Frame
from pipelines.layers.chosen import beyond
from pipelines.layers.looking import (
    ENTRANCE,
    as_they_are,
    heard,
    layers_of,
    looks_at,
    silent,
    unknown,
    wanted_by,
)
from pipelines.layers.pins import Pin, elsewhere, pins_of
from pipelines.layers.values import FeatureMapsParameters


class Seen(NamedTuple):
    opened: Opened
    parameters: FeatureMapsParameters
    captured: float
    """The frame's time stamp."""
    aspect: float
    """How many times as wide as high the frame is."""
    entered: Prepared
    passed: Passed
    chosen: tuple[Layer, ...]
    """Those of the chosen layers that have said something, as they were; or what entered."""
    pins: tuple[Pin, ...]
    notice: Text | None
    """What of that which is asked for is not here."""

    @property
    def network(self) -> LayeredNetwork:
        return self.opened.network

    @property
    def wanted(self) -> Wanted:
        return wanted_by(self.parameters)

    @property
    def layer(self) -> Layer:
        """The one that figures and curves are of."""
        return self.chosen[0]

    @property
    def answer(self) -> Answer | None:
        """Of that layer; `None` where it is what entered."""
        return None if self.layer is ENTRANCE else self.passed.answers[self.layer.name]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All of the network, with the shapes of what they said to this picture, as far as they were looked
        at."""
        return as_they_are(self.network.layers, self.passed.answers)


def see(opened: Opened, frame: Frame, parameters: FeatureMapsParameters, *, timed: bool) -> Seen:
    """`timed`: whether the first of the chosen layers is told how long it takes.

    Raises:
        ModelError: the network has no layers, or does not run with this picture.
    """
    layers = opened.network.layers
    chosen, pins = layers_of(layers, parameters.layer), pins_of(layers, parameters.pins)
    notice = _not_here(layers, chosen, pins, parameters)
    aspect = frame.image.shape[1] / frame.image.shape[0]
    entered = prepared(frame.image, opened.preparation)
    pinned = tuple(pin.layer for pin in pins)
    looks = looks_at(layers, chosen, pinned, parameters, aspect, timed=timed)
    passed = opened.network.run(entered.values, looks)
    return Seen(
        opened,
        parameters,
        frame.captured,
        aspect,
        entered,
        passed,
        heard(chosen, passed.answers),
        pins_of(as_they_are(pinned, passed.answers), parameters.pins),
        notice or silent(chosen, passed.answers),
    )


def _not_here(
    layers: Sequence[Layer], chosen: Sequence[Layer], pins: Sequence[Pin], parameters: FeatureMapsParameters
) -> Text | None:
    return (
        unknown(layers, parameters.layer)
        or (None if chosen[0] is ENTRANCE else beyond(chosen[0], parameters.unit))
        or elsewhere(parameters.pins, pins)
    )
