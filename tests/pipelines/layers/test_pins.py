"""Pinned maps."""

from __future__ import annotations

from models.inspection.layer import Layer
from pipelines.layers.pins import MOST, pins_of, toggled
from pipelines.layers.values import NONE

LAYERS = (Layer("conv1", "convolution", (4, 8, 8), 10), Layer("a.b-2", "activation", (9, 4, 4), 0))


def test_a_second_click_takes_a_map_off() -> None:
    one = toggled(NONE, "conv1", 3)
    two = toggled(one, "a.b-2", 7)
    assert two == "conv1:3+a.b-2:7"
    assert [(pin.layer.name, pin.map) for pin in pins_of(LAYERS, two)] == [("conv1", 3), ("a.b-2", 7)]
    assert toggled(two, "pinned", 0) == "a.b-2:7", "in the tray it is taken off as well"
    assert toggled(toggled(two, "conv1", 3), "a.b-2", 7) == NONE


def test_the_oldest_goes_where_there_are_too_many() -> None:
    names = NONE
    for number in range(MOST + 2):
        names = toggled(names, "a.b-2", number)
    assert [pin.map for pin in pins_of(LAYERS, names)] == list(range(2, 9))
    assert names.count("+") == MOST - 1


def test_what_another_network_had_is_passed_over() -> None:
    assert pins_of(LAYERS, "conv9:0+conv1:99+conv1:x+conv1") == ()
