"""Whatever a module of torch does is shown, or refused in a sentence; what was loaded before goes on."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from models.errors import ModelError
from models.inspection.network import Look
from models.inspection.opening import Wanted, open_layers
from models.preparation import IMAGENET, prepared
from pipelines.engine.check import checked
from pipelines.frame import Frame
from pipelines.layers.numbers import numbers_of
from pipelines.layers.values import FeatureMapsParameters
from pipelines.neural.feature_maps import FeatureMaps
from pipelines.result import Result

torch = pytest.importorskip("torch")
odd = pytest.importorskip("tests.models.inspection.odd_modules", reason="torch is not installed")
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*torch.jit.*:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Lazy modules are a new feature"),
]
DARK = np.zeros((60, 80, 3), np.uint8)
TALL = np.random.default_rng(1).integers(0, 256, (80, 60, 3), np.uint8)
LOOKS: tuple[dict[str, object], ...] = (
    {},
    {"order": "activity", "scaling": "layer", "curve": "strength", "view": "kernels"},
    {"scaling": "fixed", "sums": True, "unit": 2, "row": 999, "column": 999, "strip": False},
)
ENTERED = prepared(TALL, IMAGENET).values
Make = Callable[[], object]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))


def named(make: Make) -> str:
    return f"{make.__module__}:{make.__name__}"


def shown(maps: FeatureMaps, image: np.ndarray, **values: object) -> Result:
    parameters = FeatureMapsParameters().changed(**values)
    return checked(maps.process(Frame.of(image, 0, 0.0), parameters))


def values_of(make: Make) -> dict[str, np.ndarray]:
    """Of every layer, to the same picture."""
    return numbers_of(TALL, FeatureMapsParameters().changed(network=named(make)))


@pytest.mark.parametrize("make", odd.SHOWN, ids=lambda make: make.__name__)
def test_it_is_shown_however_one_looks_at_it(maps: FeatureMaps, make: Make) -> None:
    strip = shown(maps, DARK, network=named(make)).strip
    assert strip is not None
    layers = [layer.name for layer in strip.layers[1:]]
    assert layers
    for layer in layers:
        for values in LOOKS:
            assert shown(maps, TALL, network=named(make), layer=layer, **values).picture.size


@pytest.mark.parametrize("make", odd.REFUSED, ids=lambda make: make.__name__)
def test_or_refused_in_a_sentence_while_what_was_loaded_goes_on(maps: FeatureMaps, make: Make) -> None:
    before = shown(maps, TALL, network="lenet-5")
    np.testing.assert_array_equal(shown(maps, TALL, network=named(make)).picture, before.picture)
    status = maps.status()
    assert status is not None
    assert status.notice is not None
    assert named(make) in status.notice.en
    assert named(make) in status.notice.ja
    assert not status.notice.ja.isascii()


def test_what_fails_later_is_a_sentence_as_well(maps: FeatureMaps) -> None:
    shown(maps, DARK, network=named(odd.once))
    with pytest.raises(ModelError, match=r"odd_modules:once does not run here \(not with this one\)"):
        shown(maps, np.full_like(DARK, 255), network=named(odd.once))
    assert shown(maps, DARK, network=named(odd.once)).picture.size


def test_what_is_overwritten_is_shown_as_it_was_said() -> None:
    plain, overwritten = values_of(odd.plain), values_of(odd.in_place)
    assert plain["relu"].any()
    np.testing.assert_array_equal(overwritten["conv"], plain["conv"])
    np.testing.assert_array_equal(overwritten["relu"], plain["relu"])
    assert not overwritten["output.output"].any()


def test_a_layer_that_is_used_twice_is_two() -> None:
    twice = values_of(odd.twice)
    np.testing.assert_array_equal(twice["relu"], twice["conv"].clip(0))
    np.testing.assert_array_equal(twice["relu-2"], (1 - twice["relu"]).clip(0))


def test_hooks_of_its_own_stay_and_ours_go() -> None:
    """Theirs double what the convolution says, and add one to the ReLU."""
    said = values_of(odd.hooked)
    plain = values_of(odd.plain)
    np.testing.assert_allclose(said["relu"], plain["relu"] * 2 + 1, rtol=1e-5)
    module = odd.plain()
    from models.inspection.torch_network import TorchLayers

    layers = TorchLayers(module, "plain", ENTERED, 1)
    layers.run(ENTERED, {"conv": Look()})
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in module.modules())
    layers.close()


def test_numbers_of_other_kinds_are_told_in_single_precision() -> None:
    plain, double, half = values_of(odd.plain), values_of(odd.double), values_of(odd.half)
    np.testing.assert_allclose(double["conv"], plain["conv"], atol=1e-4)
    np.testing.assert_allclose(half["conv"], plain["conv"], atol=0.1)


def test_only_readable_numbers_of_a_heap_are_outputs() -> None:
    outputs = {name for name in values_of(odd.as_nested) if name.startswith("output.")}
    assert outputs == {"output.all.0", "output.more.pair.0", "output.more.pair.1", "output.7.maps"}


def test_layers_of_a_batch_and_of_nothing_are_left_out() -> None:
    assert set(values_of(odd.batches)) == {"input", "before", "behind", "output.output"}


def test_names_are_each_of_one_layer() -> None:
    opened = open_layers(Wanted(named(odd.names)), 1)
    layers = [layer.name for layer in opened.network.layers]
    assert layers == [
        "first_2", "input_2", "last_2", "file", "relu", "relu-2", "relu_2", "conv2d", "relu_3",
    ]  # fmt: skip
    first, last = opened.network.weights("first_2"), opened.network.weights("conv2d")
    assert first is not None
    assert first.shape == (4, 3, 7, 7)
    assert last is not None
    assert last.shape == (4, 4, 1, 1)
    opened.close()


def test_nothing_that_a_hook_holds_outlives_its_frame() -> None:
    """Thousands of frames with layers switched do not grow: of each, every tensor is gone at once."""
    from models.inspection.torch_network import TorchLayers

    said: list[weakref.ref[object]] = []
    module = odd.plain()

    def remember(_part: object, given: tuple[object, ...], tensor: object) -> None:
        said.extend(map(weakref.ref, (*given, tensor)))

    layers = TorchLayers(module, "plain", ENTERED, 1)
    for part in (module.conv, module.relu):
        part.register_forward_hook(remember)
    gc.disable()
    try:
        for look in ({"conv": Look(values=True, histogram=True)}, {"relu": Look(small=8)}, {}):
            passed = layers.run(ENTERED, look)
            assert len(passed.answers) == len(look)
            assert not any(one() is not None for one in said)
            assert len(said) == 4
            said.clear()
    finally:
        gc.enable()
        layers.close()
