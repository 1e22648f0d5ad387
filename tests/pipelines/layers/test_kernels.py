"""Kernels as pictures."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.layers.kernels import CELL, learnt
from pipelines.layers.values import FeatureMapsParameters

PARAMETERS = FeatureMapsParameters(view="kernels")


def test_a_first_layer_is_seen_in_colour() -> None:
    """Red above 0 makes it redder; grey is nothing."""
    weights = np.zeros((2, 3, 5, 4), np.float32)
    weights[0, 0, 1, 2] = 3.0  # red
    weights[1, 2, 4, 3] = -0.1  # less blue
    made = learnt(weights, "conv1", PARAMETERS, 1.0, rgb=True)
    assert made.grid.cell == (4 * CELL, 5 * CELL)
    (x, y), (u, v) = made.grid.corner(0), made.grid.corner(1)
    assert made.picture[y + CELL, x + 2 * CELL].tolist() == [128, 128, 255]
    assert made.picture[v + 4 * CELL, u + 3 * CELL].tolist() == [0, 128, 128]
    assert made.picture[y, x].tolist() == [128, 128, 128]
    np.testing.assert_allclose(made.strengths, [3.0, -0.1])


def test_a_network_for_bgr_has_its_channels_turned() -> None:
    weights = np.zeros((1, 3, 1, 1), np.float32)
    weights[0, 0] = 1.0
    made = learnt(weights, "conv1", PARAMETERS, 1.0, rgb=False)
    x, y = made.grid.corner(0)
    assert made.picture[y, x].tolist() == [255, 128, 128]


def test_of_a_deeper_layer_one_filter_is_seen_slice_by_slice() -> None:
    """As the lecture's `layer4[0].conv1.weight[30, 30]`."""
    weights = np.random.default_rng(1).normal(0, 1, (40, 35, 3, 3)).astype(np.float32)
    made = learnt(weights, "layer4.0.conv1", PARAMETERS.changed(unit=30, channel=30), 4 / 3, rgb=True)
    assert made.grid.units == tuple(range(35))
    assert made.strengths[30] == pytest.approx(weights[30, 30].flat[np.abs(weights[30, 30]).argmax()])
    assert (made.chosen, made.field) == (30, "channel")
    assert made.labels[30] == "layer4.0.conv1.weight[30, 30]"
    assert made.numbers is not None
    np.testing.assert_array_equal(made.numbers[30], weights[30, 30])


@pytest.mark.parametrize("channels", [3, 8])
def test_of_all_filters_the_slice_for_one_map_below(channels: int) -> None:
    """Also of a first layer, one channel at a time."""
    weights = np.random.default_rng(4).normal(0, 1, (6, channels, 5, 5)).astype(np.float32)
    parameters = PARAMETERS.changed(slices="channel", channel=2, unit=4)
    made = learnt(weights, "features.0", parameters, 1.0, rgb=True)
    assert (made.chosen, made.field) == (4, "unit")
    assert made.labels[4] == "features.0.weight[4, 2]"
    assert made.numbers is not None
    np.testing.assert_array_equal(made.numbers, weights[:, 2])


def test_rows_and_volumes_have_kernels_too() -> None:
    for shape in ((4, 8, 5), (4, 8, 2, 3, 3)):
        weights = np.random.default_rng(5).normal(0, 1, shape).astype(np.float32)
        made = learnt(weights, "conv", PARAMETERS, 1.0, rgb=True)
        assert len(made.grid.units) == (8 if len(shape) == 3 else 16)


def test_a_filter_beyond_the_last_is_the_last() -> None:
    weights = np.random.default_rng(2).normal(0, 1, (4, 8, 3, 3)).astype(np.float32)
    beyond, last = (learnt(weights, "conv", PARAMETERS.changed(unit=unit), 1.0, rgb=True) for unit in (99, 3))
    np.testing.assert_array_equal(beyond.picture, last.picture)


def test_filters_of_one_map_each_are_seen_together() -> None:
    weights = np.random.default_rng(3).normal(0, 1, (16, 1, 3, 3)).astype(np.float32)
    assert len(learnt(weights, "conv", PARAMETERS, 1.0, rgb=True).grid.units) == 16


def test_a_fully_connected_layer_is_one_picture_of_all_weights() -> None:
    made = learnt(np.eye(10, 7, dtype=np.float32), "fc", PARAMETERS, 1.0, rgb=True)
    assert made.grid.cell == (7, 10)


@pytest.mark.parametrize("channels", [3, 8])
def test_weights_that_are_no_numbers_are_nothing(channels: int) -> None:
    weights = np.random.default_rng(6).normal(0, 1, (4, channels, 3, 3)).astype(np.float32)
    clean = weights.copy()
    for place, strange in zip(((0, 0, 1, 1), (0, 2, 0, 2)), (np.nan, np.inf), strict=True):
        weights[place], clean[place] = strange, 0
    made, wanted = (learnt(one, "conv", PARAMETERS, 1.0, rgb=True) for one in (weights, clean))
    np.testing.assert_array_equal(made.picture, wanted.picture)
