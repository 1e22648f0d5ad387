"""LeNet-5 against the paper of 1998, its sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from models.networks.lenet5 import TABLE, LeNet5, Squash, Subsampling  # noqa: E402
from tests.models.networks.stages import stages  # noqa: E402

SHAPES = {
    "c1": (6, 28, 28),
    "s2": (6, 14, 14),
    "c3": (16, 10, 10),
    "s4": (16, 5, 5),
    "c5": (120, 1, 1),
    "f6": (84,),
    "scores": (10,),
}
FROM_THE_PAPER = """
#...###..####.##
##...###..####.#
###...###..#.###
.###..####..#.##
..###..####.##.#
...###..####.###
"""
"""Table I: a row for each map of S2, a column for each of C3."""


@pytest.fixture(scope="module")
def network() -> LeNet5:
    torch.manual_seed(2)
    made = LeNet5()
    made.eval()
    return made


def test_each_stage_has_the_shape_of_the_paper(network: LeNet5) -> None:
    shapes = stages(network, (1, 32, 32))
    assert {name: shapes[name] for name in SHAPES} == SHAPES


def test_it_has_the_parameters_of_the_paper_and_a_linear_layer(network: LeNet5) -> None:
    """156, 12, 1,516, 32, 48,120 and 10,164 are the paper's figures."""
    counts = {
        name: sum(part.numel() for part in layer.parameters()) for name, layer in network.named_children()
    }
    unconnected = int((network.c3.connected == 0).sum()) * 25
    assert [counts[name] for name in ("c1", "s2", "s4", "c5", "f6")] == [156, 12, 32, 48_120, 10_164]
    assert counts["c3"] - unconnected == 1_516
    assert counts["scores"] == 850
    assert sum(counts.values()) - unconnected == 60_850
    assert sum(counts.values()) <= 62_000


def test_c3_looks_at_the_maps_of_table_one(network: LeNet5) -> None:
    rows = np.array([list(row) for row in FROM_THE_PAPER.split()]) == "#"
    assert np.array_equal(network.c3.connected.numpy()[..., 0, 0].T.astype(bool), rows)
    assert [np.flatnonzero(column).tolist() for column in rows.T] == [list(seen) for seen in TABLE]


def test_c3_sums_by_hand_what_it_looks_at_and_nothing_else(network: LeNet5) -> None:
    maps = torch.randn(1, 6, 14, 14)
    with torch.inference_mode():
        found = network.c3(maps)[0].numpy()
    weights, bias = network.c3.weight.detach().numpy(), network.c3.bias.detach().numpy()
    for made, (row, column) in enumerate(np.ndindex(4, 4)):
        window = maps[0, list(TABLE[made]), row : row + 5, column : column + 5].numpy()
        expected = (window * weights[made, list(TABLE[made])]).sum() + bias[made]
        assert found[made, row, column] == pytest.approx(expected, abs=1e-5)


def test_what_is_not_connected_learns_nothing() -> None:
    torch.manual_seed(3)
    network = LeNet5()
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=0.01)
    for _step in range(3):
        loss = network(torch.randn(4, 1, 32, 32)).square().sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    outside = network.c3.weight[network.c3.connected.expand_as(network.c3.weight) == 0]
    assert len(outside) == 900
    assert (outside == 0).all()


def test_s2_adds_four_units_and_learns_a_coefficient_and_a_bias() -> None:
    layer = Subsampling(3)
    with torch.no_grad():
        layer.coefficient.copy_(torch.tensor([0.5, -1.0, 2.0]))
        layer.bias.copy_(torch.tensor([0.1, 0.2, 0.3]))
        maps = torch.randn(2, 3, 6, 8)
        found = layer(maps).numpy()
    four = maps.numpy().reshape(2, 3, 3, 2, 4, 2).sum((3, 5))
    expected = four * np.array([0.5, -1, 2])[:, None, None] + np.array([0.1, 0.2, 0.3])[:, None, None]
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert all(part.requires_grad for part in (layer.coefficient, layer.bias))


def test_the_squashing_function_keeps_one_and_minus_one() -> None:
    x = torch.linspace(-3, 3, 31)
    squashed = Squash()(x).numpy()
    np.testing.assert_allclose(squashed, 1.7159 * np.tanh(2 / 3 * x.numpy()), atol=1e-6)
    np.testing.assert_allclose(Squash()(torch.tensor([1.0, -1.0])), [1.0, -1.0], atol=1e-4)


def test_signals_begin_as_strong_in_each_layer(network: LeNet5) -> None:
    """A unit's weights have a standard deviation of 1 over the root of its inputs."""
    for name, count in {"c1": 25, "c5": 400, "f6": 120, "scores": 84}.items():
        assert float(getattr(network, name).weight.detach().std()) == pytest.approx(count**-0.5, rel=0.1)
    for made, seen in enumerate(TABLE):
        weights = network.c3.weight[made, list(seen)].detach()
        assert float(weights.std()) == pytest.approx((25 * len(seen)) ** -0.5, rel=0.2)
