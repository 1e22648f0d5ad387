"""What a device makes of layers is what the main memory makes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from models.errors import ModelError
from models.inspection.answers import answers_of
from models.inspection.network import Look
from models.inspection.pictures import Scaling

torch = pytest.importorskip("torch")

from models.inspection import torch_network  # noqa: E402 - only where torch is
from models.inspection.device_answers import can_be_seen, fetched, seen_of  # noqa: E402
from models.inspection.torch_network import TorchLayers  # noqa: E402
from models.runtimes.device import DEVICES, Device  # noqa: E402
from models.text import plain  # noqa: E402
from tests.models.inspection import odd_modules as odd  # noqa: E402

SHAPES = [(4, 6, 5), (2, 6, 5), (9, 13, 7), (5, 3, 10), (7,), (3, 1, 1)]


@pytest.mark.parametrize(
    "look",
    [
        Look(),
        Look(Scaling("map"), histogram=True, values=True),
        Look(Scaling("layer"), side=4, small=3),
        Look(Scaling("fixed", 0.3), small=8),
    ],
)
def test_a_device_tells_what_the_main_memory_tells(look: Look) -> None:
    dice = np.random.default_rng(3)
    said = {f"{n}": dice.normal(0, 1, shape).astype(np.float32) for n, shape in enumerate(SHAPES)}
    said["1"] = np.abs(said["1"])
    said["2"][0, 0, 0], said["2"][1, 2, 3] = np.nan, np.inf
    looks = dict.fromkeys(said, look)
    wanted = answers_of(said, looks)
    found = fetched(seen_of({name: torch.from_numpy(one) for name, one in said.items()}, looks))
    assert set(found) == set(said)
    for name, answer in wanted.items():
        there = found[name]
        for figures in ("means", "lowest", "highest"):
            told, known = getattr(there.activity, figures), getattr(answer.activity, figures)
            np.testing.assert_allclose(told, known, rtol=1e-5, atol=1e-6)
        assert there.activity.active == pytest.approx(answer.activity.active)
        assert there.activity.strange == answer.activity.strange
        if answer.pictures is not None:
            assert there.pictures is not None
            assert there.pictures.signed == answer.pictures.signed
            np.testing.assert_allclose(there.pictures.limits, answer.pictures.limits, rtol=1e-6)
            levels = there.pictures.levels.astype(int)
            assert np.abs(levels - answer.pictures.levels).max() <= 1
        if answer.small is not None:
            assert there.small is not None
            assert np.abs(there.small.astype(int) - answer.small).max() <= 1
        if answer.histogram is not None:
            assert there.histogram is not None
            np.testing.assert_allclose(there.histogram, answer.histogram, atol=1.01 / said[name].size)
        if answer.values is not None:
            np.testing.assert_array_equal(there.values, answer.values)
        assert there.shape == answer.shape == said[name].shape


@pytest.mark.parametrize("most", [3.4e38, 1e30, 1e-30, 1e-40])
def test_huge_and_faint_answers_are_told_there_as_here(most: float) -> None:
    """What is not shrunk: averages of what is huge are cut off there."""
    dice = np.random.default_rng(6)
    made = [dice.uniform(-1, 1, (6, 9, 9)), dice.uniform(0, 1, (6, 9, 9)), np.ones((6, 9, 9))]
    said = {f"{number}": (one * most).astype(np.float32) for number, one in enumerate(made)}
    looks = dict.fromkeys(said, Look(Scaling("map"), small=9, histogram=True))
    wanted = answers_of(said, looks)
    found = fetched(seen_of({name: torch.from_numpy(one) for name, one in said.items()}, looks))
    for name, answer in wanted.items():
        there = found[name]
        np.testing.assert_allclose(
            there.activity.means, answer.activity.means, rtol=1e-4, atol=most * 1e-6 + 1e-43
        )
        assert there.pictures is not None
        assert answer.pictures is not None
        assert np.abs(there.pictures.levels.astype(int) - answer.pictures.levels).max() <= 1
        assert there.small is not None
        assert answer.small is not None
        assert np.abs(there.small.astype(int) - answer.small).max() <= 1
        assert there.histogram is not None
        assert there.histogram.sum() == pytest.approx(1.0)
        assert np.isfinite(there.activity.mean)


def test_averages_of_what_is_huge_are_cut_off_at_the_brightest_level() -> None:
    said = np.zeros((2, 8, 8), np.float32)
    said[0, :4], said[1] = 3e38, 1.0
    look = {"made": Look(Scaling("map"), side=2)}
    pictures = fetched(seen_of({"made": torch.from_numpy(said)}, look))["made"].pictures
    assert pictures is not None
    np.testing.assert_array_equal(pictures.levels[0], [[255, 255], [0, 0]])
    np.testing.assert_array_equal(pictures.levels[1], 255)


def test_what_must_be_put_in_order_first_is_not_seen_on_the_device() -> None:
    assert can_be_seen((64, 56, 56))
    assert can_be_seen((56, 56, 96))
    assert can_be_seen((1000,))
    assert not can_be_seen((197, 768))
    assert not can_be_seen((4, 8, 56, 56))


@pytest.fixture
def _played(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor plays the device."""
    device = Device("torch-cuda", "torch", "cpu", plain("made up"))
    monkeypatch.setattr(torch_network, "DEVICES", {**DEVICES, "torch-cuda": device})


@pytest.mark.usefixtures("_played")
def test_a_module_on_a_device_says_what_it_says_on_the_processor() -> None:
    """Layers in place do not corrupt what is told, picture after picture."""
    torch.manual_seed(2)
    module = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(inplace=True), torch.nn.Flatten(), torch.nn.Linear(4 * 30, 6)
    )
    dice = np.random.default_rng(5)
    pictures = [dice.normal(0, 1, (1, 3, 8, 7)).astype(np.float32) for _number in range(3)]
    here = TorchLayers(module, "made", pictures[0], 1)
    there = TorchLayers(module, "made", pictures[0], 1, "torch-cuda")
    assert here.layers == there.layers
    looks = {layer.name: Look(Scaling("map"), values=True) for layer in here.layers}
    for picture in pictures:
        wanted, found = here.run(picture, looks), there.run(picture, looks)
        np.testing.assert_allclose(found.outputs["output"], wanted.outputs["output"], atol=1e-5)
        assert set(found.answers) == set(wanted.answers)
        for name, answer in wanted.answers.items():
            told = found.answers[name]
            assert told.values is not None
            assert answer.values is not None
            np.testing.assert_allclose(told.values, answer.values, atol=1e-5)
            assert (told.given is None) == (answer.given is None)
            if told.given is not None and answer.given is not None:
                np.testing.assert_allclose(told.given, answer.given, atol=1e-5)
    here.close()
    there.close()


@pytest.mark.usefixtures("_played")
@pytest.mark.filterwarnings("ignore:Lazy modules are a new feature")
@pytest.mark.parametrize("make", odd.SHOWN, ids=lambda make: make.__name__)
def test_modules_as_nobody_expects_them_are_on_a_device_as_here(make: Callable[[], Any]) -> None:
    dice = np.random.default_rng(7)
    picture = dice.normal(0, 1, (1, 3, 224, 224)).astype(np.float32)
    here, there = (TorchLayers(make(), "odd", picture, 1, name) for name in ("torch-cpu", "torch-cuda"))
    assert [layer.name for layer in here.layers] == [layer.name for layer in there.layers]
    assert [layer.shape for layer in here.layers] == [layer.shape for layer in there.layers]
    looks = {layer.name: Look(Scaling("map"), 64, 16, histogram=True) for layer in here.layers}
    wanted, found = here.run(picture, looks), there.run(picture, looks)
    assert set(found.answers) == set(wanted.answers)
    assert set(found.outputs) == set(wanted.outputs)
    assert {name: one.shape for name, one in found.answers.items()} == {
        name: one.shape for name, one in wanted.answers.items()
    }
    here.close()
    there.close()


@pytest.mark.usefixtures("_played")
def test_what_fails_on_a_device_is_a_sentence() -> None:
    dark = np.zeros((1, 3, 224, 224), np.float32)
    there = TorchLayers(odd.once(), "odd", dark, 1, "torch-cuda")
    with pytest.raises(ModelError, match=r"odd does not run here \(not with this one\)"):
        there.run(dark + 1, {})
    there.close()
