"""The picture of all that is looked at in one network."""

from __future__ import annotations

from models.inspection.layer import Layer
from models.inspection.maps import form_of, maps_in
from pipelines.layers.kernels import Kernels
from pipelines.layers.looking import ENTRANCE
from pipelines.layers.overview import strip_of
from pipelines.layers.panels import Panel, Panels, framed, side_by_side, with_tray
from pipelines.layers.picture import alone, answered
from pipelines.layers.pins import tray
from pipelines.layers.seen import Seen
from pipelines.result import LayerStrip


def pictured(seen: Seen, kernels: Kernels) -> Panels:
    """The chosen layers, with what is pinned beside them."""
    made = side_by_side([_panel(seen, layer, kernels) for layer in seen.chosen], seen.aspect)
    if pinned := tray(seen.pins, seen.passed.answers, seen.parameters):
        made = with_tray(made, pinned)
    return framed(made)


def strip_in(seen: Seen) -> LayerStrip | None:
    """Of all layers, where it is shown."""
    if not seen.parameters.strip:
        return None
    return strip_of(
        seen.entered.picture, seen.layers, seen.passed.answers, seen.chosen, seen.parameters.colours
    )


def _panel(seen: Seen, layer: Layer, kernels: Kernels) -> Panel:
    if layer is ENTRANCE:
        return Panel(layer.name, alone(seen.entered.picture), None, turns=True)
    if learnt := kernels.of(seen, layer):
        return Panel(layer.name, learnt, None)
    made = answered(seen.passed.answers[layer.name], layer.shape, seen.parameters, seen.aspect)
    if form_of(layer.shape) == "vector":
        return Panel(layer.name, made, None)
    _maps, rows, columns = maps_in(layer.shape)
    return Panel(layer.name, made, (rows, columns), turns=True)
