"""The arithmetic of one unit, against whole layers of torch and SciPy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.signal import correlate

from models.inspection.network import Look
from models.inspection.onnx_network import OnnxLayers
from models.inspection.step import Step, Unit, arithmetic
from tests.models.inspection.made import as_file, edges


@pytest.fixture
def given() -> np.ndarray:
    return np.random.default_rng(1).normal(0, 1, (4, 9, 11)).astype(np.float32)


def test_a_convolution_adds_up_the_products_of_its_window(given: np.ndarray) -> None:
    dice = np.random.default_rng(2)
    weights = dice.normal(0, 1, (3, 4, 3, 5)).astype(np.float32)
    bias = np.array([0.5, -0.5, 2.0], np.float32)
    step = Step("sum", (3, 5), (2, 3), (1, 2), weights=weights, bias=bias)
    padded = np.pad(given.astype(np.float64), ((0, 0), (1, 1), (2, 2)))
    for number in range(3):
        whole = correlate(padded, weights[number], "valid")[0][::2, ::3] + bias[number]
        for row, column in itertools.product(*map(range, whole.shape)):
            made = arithmetic(step, given, Unit(number, row, column))
            assert made.result == pytest.approx(whole[row, column], abs=1e-5)
            assert made.shares.sum() + made.bias == pytest.approx(made.result, abs=1e-4)
            assert made.corner == (2 * row - 1, 3 * column - 2)


@pytest.mark.parametrize(("groups", "dilations"), [(1, (2, 1)), (2, (1, 1)), (4, (1, 2))])
def test_groups_and_gaps_are_those_of_torch(
    given: np.ndarray, groups: int, dilations: tuple[int, int]
) -> None:
    torch = pytest.importorskip("torch")
    layer = torch.nn.Conv2d(4, 8, 3, padding=2, dilation=dilations, groups=groups)
    with torch.inference_mode():
        whole = layer(torch.from_numpy(given)[None])[0].numpy()
        weights, bias = layer.weight.numpy(), layer.bias.numpy()
    step = Step("sum", (3, 3), padding=(2, 2), dilations=dilations, groups=groups, weights=weights, bias=bias)
    for number, row, column in itertools.product(range(8), (0, 3, whole.shape[1] - 1), (0, 5)):
        made = arithmetic(step, given, Unit(number, row, column))
        assert made.result == pytest.approx(whole[number, row, column], abs=1e-5)
        assert len(made.channels) == 4 // groups


def test_a_pooling_looks_at_one_map_and_takes_no_notice_of_its_padding(given: np.ndarray) -> None:
    negative = -np.abs(given)
    made = arithmetic(Step("maximum", (3, 3), (2, 2), (1, 1)), negative, Unit(2, 0, 0))
    assert made.channels == (2,)
    assert made.result == negative[2, :2, :2].max()
    assert np.isnan(made.window[0, 0]).all()
    mean = arithmetic(Step("mean", (2, 2), (2, 2)), given, Unit(1, 3, 4))
    assert mean.result == pytest.approx(given[1, 6:8, 8:10].mean(), abs=1e-6)


def test_the_step_of_a_layer_gives_what_the_layer_says(given: np.ndarray) -> None:
    """Through both runtimes, from the file or module to the number on the screen."""
    torch = pytest.importorskip("torch")
    from models.inspection.torch_network import TorchLayers

    kernels = np.random.default_rng(3).normal(0, 1, (5, 4, 3, 3)).astype(np.float32)
    bias = np.linspace(-1, 1, 5, dtype=np.float32)
    module = torch.nn.Sequential(torch.nn.Conv2d(4, 5, 3), torch.nn.ReLU(inplace=True), torch.nn.MaxPool2d(2))
    module[0].weight.data, module[0].bias.data = torch.from_numpy(kernels), torch.from_numpy(bias)
    through_torch = TorchLayers(module, "made", given[None], 1)
    model = edges(kernels, bias)
    through_onnx = OnnxLayers(as_file(model), "made", given[None], 1)
    for network, names in ((through_torch, ("0", "2")), (through_onnx, ("edges", "pool"))):
        answers = network.run(given[None], {name: Look(values=True) for name in names}).answers
        for name in names:
            answer, step = answers[name], network.step(name)
            assert step is not None
            assert answer.given is not None
            assert answer.values is not None
            made = arithmetic(step, answer.given, Unit(3, 1, 2))
            assert made.result == pytest.approx(answer.values[3, 1, 2], abs=1e-5)
        network.close()
    assert through_onnx.step("relu") is None


def test_what_is_infinite_or_no_number_is_reckoned_with(given: np.ndarray) -> None:
    """As torch and ONNX Runtime do, without a complaint; the shares that are told stay finite."""
    given[0, 1, 1], given[1, 2, 2] = np.inf, np.nan
    weights = np.ones((1, 4, 3, 3), np.float32)
    made = arithmetic(Step("sum", (3, 3), weights=weights), given, Unit(0, 0, 0))
    assert np.isnan(made.result)
    assert np.isfinite(made.shares).all()
    infinite = arithmetic(Step("sum", (2, 2), weights=weights[..., :2, :2]), given, Unit(0, 0, 0))
    assert infinite.result == np.inf
    given[2] = np.nan
    for rule in ("maximum", "mean"):
        assert np.isnan(arithmetic(Step(rule, (2, 2)), given, Unit(2, 1, 1)).result)
