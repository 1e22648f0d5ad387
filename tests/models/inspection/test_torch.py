"""The layers of a torch module: what each says, before anything writes over it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from models.inspection.network import Look

torch = pytest.importorskip("torch")

from models.inspection import torch_network  # noqa: E402 - only where torch is
from models.inspection.torch_network import TorchLayers  # noqa: E402 - as above

SEEN = Look(values=True)


class Overwriting(torch.nn.Module):  # type: ignore[misc,name-defined]
    """One ReLU used twice, in place, and a sum in place."""

    def __init__(self) -> None:
        super().__init__()
        self.one = torch.nn.Conv2d(3, 4, 3)
        self.two = torch.nn.Conv2d(4, 4, 3, padding=1)
        self.relu = torch.nn.ReLU(inplace=True)

    def forward(self, x: object) -> object:
        x = self.relu(self.one(x))
        y = self.two(x)
        y += x
        return self.relu(y)


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(7).normal(0, 1, (1, 3, 9, 8)).astype(np.float32)


def test_operations_in_place_do_not_corrupt_what_is_shown(picture: np.ndarray) -> None:
    torch.manual_seed(1)
    module = Overwriting()
    layers = TorchLayers(module, "made", picture, 1)
    assert [layer.name for layer in layers.layers] == ["one", "relu", "two", "relu-2"]
    assert layers.learnt("one") == (("one.weight", (4, 3, 3, 3)), ("one.bias", (4,)))
    assert layers.learnt("relu-2") == ()
    assert layers.parameters == 4 * 27 + 4 + 4 * 36 + 4
    answers = layers.run(picture, {layer.name: SEEN for layer in layers.layers}).answers
    with torch.inference_mode():
        first = module.one(torch.from_numpy(picture))
        rectified = first.clamp(min=0)
        second = module.two(rectified)
        end = (second + rectified).clamp(min=0)
    for name, wanted in {"one": first, "relu": rectified, "two": second, "relu-2": end}.items():
        values = answers[name].values
        assert values is not None
        np.testing.assert_allclose(values, wanted[0].numpy(), atol=1e-6)
    layers.close()


def test_nothing_that_is_held_outlives_its_picture(picture: np.ndarray) -> None:
    module = Overwriting()
    layers = TorchLayers(module, "made", picture, 1)
    layers.run(picture, {"relu-2": Look()})
    assert not any(part._forward_hooks for part in module.modules())
    layers.close()


def test_the_time_of_a_layer_is_told_where_it_is_asked_for(
    picture: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The looking itself is no part of it."""
    layers = TorchLayers(Overwriting(), "made", picture, 1)
    answers = layers.run(picture, {"one": Look(time=True), "two": Look()}).answers
    assert answers["one"].milliseconds is not None
    assert answers["one"].milliseconds > 0
    assert answers["two"].milliseconds is None
    now = iter(range(100))
    monkeypatch.setattr(torch_network, "time", SimpleNamespace(perf_counter=lambda: next(now)))
    answers = layers.run(picture, {"two": Look(time=True), "relu-2": Look(time=True)}).answers
    assert {answer.milliseconds for answer in answers.values()} == {1000}
    layers.close()
