"""Pinned maps."""

from __future__ import annotations

import numpy as np

from models.inspection.answers import answers_of
from models.inspection.layer import Layer
from models.inspection.network import Look
from models.inspection.pictures import Scaling
from pipelines.layers.pins import MOST, elsewhere, pins_of, toggled, tray
from pipelines.layers.values import NONE, FeatureMapsParameters

LAYERS = (Layer("conv1", "convolution", (4, 8, 8), 10), Layer("a.b-2", "activation", (9, 4, 4), 0))

SEEN = Look(Scaling())


def test_a_second_click_takes_a_map_off() -> None:
    one = toggled(NONE, "conv1", 3)
    two = toggled(one, "a.b-2", 7)
    assert two == "conv1:3+a.b-2:7"
    assert [(pin.layer.name, pin.map) for pin in pins_of(LAYERS, two)] == [("conv1", 3), ("a.b-2", 7)]
    assert toggled(two, "pinned", 0) == "a.b-2:7", "in the tray it is taken off as well"
    FeatureMapsParameters(pins="+".join(f"layer{n}.conv:{n}" for n in range(MOST)))
    assert toggled(toggled(two, "conv1", 3), "a.b-2", 7) == NONE


def test_the_oldest_goes_where_there_are_too_many() -> None:
    names = NONE
    for number in range(MOST + 2):
        names = toggled(names, "a.b-2", number)
    assert [pin.map for pin in pins_of(LAYERS, names)] == list(range(2, 9))
    assert names.count("+") == MOST - 1


def test_what_another_network_had_is_passed_over() -> None:
    assert pins_of(LAYERS, "conv9:0+conv1:99+conv1:x+conv1") == ()


def test_what_another_network_had_is_told_and_stays_pinned() -> None:
    names = "conv9:0+conv1:3+conv8:1+a.b-2:7"
    pins = pins_of(LAYERS, names)
    said = elsewhere(names, pins)
    assert said is not None
    assert said.en.startswith("This network has no conv9:0, conv8:1;")
    assert elsewhere("conv1:3", pins_of(LAYERS, "conv1:3")) is None
    assert elsewhere(NONE, ()) is None
    values = {layer.name: np.ones(layer.shape, np.float32) for layer in LAYERS}
    answers = answers_of(values, dict.fromkeys(values, SEEN))
    panel = tray(pins, answers, FeatureMapsParameters())
    assert panel is not None
    second = panel.shown.grid.units[1]
    assert panel.shown.labels[second] == "a.b-2:7"
    assert toggled(names, "pinned", second) == "conv9:0+conv1:3+conv8:1", "the one that is clicked on goes"


def test_a_feature_of_tokens_can_be_pinned() -> None:
    attention = Layer("mix", "attention", (197, 768), 0)
    assert [pin.map for pin in pins_of((attention,), "mix:700")] == [700]
