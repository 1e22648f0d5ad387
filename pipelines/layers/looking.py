"""Which layer is looked at, and what is wanted of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from models.errors import ModelError
from models.inspection.layer import FIRST, INPUT, LAST, Layer
from models.inspection.maps import form_of
from models.inspection.network import Answer, Look
from models.inspection.opening import Wanted
from models.inspection.pictures import Scaling
from models.runtimes.device import Wish
from models.text import Text
from pipelines.layers.mosaic import LONGEST, ROOM, side_for
from pipelines.layers.overview import SIDE
from pipelines.layers.sums import followers
from pipelines.layers.values import AND, FeatureMapsParameters

ENTRANCE = Layer(INPUT, "input", (), 0)
"""What stands before the first layer: the picture, as the network sees it."""
SILENT = Text(
    "{names} gives this picture no answer that can be shown.",
    "この画像に対する {names} の応答には、表示できる値がありません。",
)
NO_LAYER = Text(
    "This network has no layer {names}; choose one in the strip of layers.",
    "このネットワークに {names} という層はありません。層の一覧から選んでください。",
)


def wanted_by(parameters: FeatureMapsParameters) -> Wanted:
    return Wanted(parameters.network, parameters.device, parameters.trained)


def compared_with(parameters: FeatureMapsParameters, by_torch: bool) -> Wanted | None:
    """The same by the other library, where the two are to be compared; `by_torch`: which one it is now."""
    other: Wish = "cpu" if by_torch else "torch-cpu"
    return Wanted(parameters.network, other, parameters.trained) if parameters.parity else None


def everything(layers: Sequence[Layer]) -> dict[str, Look]:
    """The numbers of all layers, and nothing else."""
    return {layer.name: Look(values=True) for layer in layers}


def layers_of(layers: Sequence[Layer], names: str) -> tuple[Layer, ...]:
    """The layers of these names, each once; the first is the one that figures and curves are of. Names of
    another network's layers are passed over, and where no other is left the first layer is shown.

    Raises:
        ModelError: the network has no layers.
    """
    if not layers:
        raise ModelError(
            "This network has no layer that can be looked at.",
            "このネットワークには表示できる層がありません。",
        )
    found = [_layer(layers, name) for name in names.split(AND)]
    return tuple(dict.fromkeys(layer for layer in found if layer)) or (_first(layers),)


def unknown(layers: Sequence[Layer], names: str) -> Text | None:
    """What to say where one of the names is of no layer here."""
    missing = [name for name in names.split(AND) if _layer(layers, name) is None]
    return NO_LAYER.filled(names=", ".join(missing)) if missing else None


def as_they_are(layers: Sequence[Layer], answers: Mapping[str, Answer]) -> tuple[Layer, ...]:
    """With the shapes of their answers to this picture, as far as they were looked at."""
    return tuple(
        replace(layer, shape=answers[layer.name].shape) if layer.name in answers else layer
        for layer in layers
    )


def heard(chosen: Sequence[Layer], answers: Mapping[str, Answer]) -> tuple[Layer, ...]:
    """Those of the `chosen` that have said something, as they are now; where none has, what enters."""
    said = [layer for layer in chosen if layer is ENTRANCE or layer.name in answers]
    return as_they_are(said, answers) or (ENTRANCE,)


def silent(chosen: Sequence[Layer], answers: Mapping[str, Answer]) -> Text | None:
    """What to say where one of the `chosen` has said nothing."""
    names = [layer.name for layer in chosen if layer is not ENTRANCE and layer.name not in answers]
    return SILENT.filled(names=", ".join(names)) if names else None


def _layer(layers: Sequence[Layer], name: str) -> Layer | None:
    if name == INPUT:
        return ENTRANCE
    if name == LAST:
        return layers[-1]
    if name == FIRST:
        return _first(layers)
    return next((layer for layer in layers if layer.name == name), None)


def _first(layers: Sequence[Layer]) -> Layer:
    return next((layer for layer in layers if layer.kind == "convolution"), layers[0])


def looks_at(
    layers: Sequence[Layer],
    chosen: Sequence[Layer],
    pinned: Sequence[Layer],
    parameters: FeatureMapsParameters,
    aspect: float,
    *,
    timed: bool = False,
) -> dict[str, Look]:
    """By the layer's name: all in small where the strip is shown, the chosen and `pinned` ones in detail, and
    of the first of the chosen ones its time where it is `timed`."""
    small = SIDE if parameters.strip else 0
    longest = LONGEST if len(chosen) == 1 else ROOM
    looks = {}
    if parameters.strip or parameters.parity:
        looks = {layer.name: Look(small=small, values=parameters.parity) for layer in layers}
    for layer in (*pinned, *chosen):
        if layer is not ENTRANCE:
            looks[layer.name] = replace(
                _detailed(layer, parameters, aspect, longest), small=small, values=parameters.parity
            )
    first = chosen[0]
    if first is not ENTRANCE:
        told = replace(looks[first.name], histogram=parameters.curve == "spread", time=timed)
        looks[first.name] = replace(told, values=told.values or parameters.sums)
        if parameters.sums:
            for behind in followers(layers, first):
                looks[behind.name] = replace(looks.get(behind.name, Look()), values=True)
    return looks


def _detailed(layer: Layer, parameters: FeatureMapsParameters, aspect: float, longest: int) -> Look:
    """Maps no larger than they are shown; single units are compared with each other."""
    scaling = Scaling(parameters.scaling, parameters.limit)
    if form_of(layer.shape) == "vector":
        return Look(Scaling("layer") if parameters.scaling == "map" else scaling)
    shape = layer.shape if len(layer.shape) > 2 else (1, *layer.shape)
    return Look(scaling, side_for(math.prod(shape[:-2]), (shape[-2], shape[-1]), aspect, longest))
