"""The layers of an ONNX file: which there are, and what they say, against NumPy."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import helper
from scipy.signal import correlate

from models.inspection import alone
from models.inspection.network import Look
from models.inspection.onnx_graph import taps_of
from models.inspection.onnx_network import OnnxLayers
from models.inspection.pictures import Scaling
from tests.models.inspection.made import as_file, edges, network
from tests.models.inspection.odd_files import many_layers

pytest.importorskip("onnxruntime")
SEEN = Look(values=True)


@pytest.fixture
def kernels() -> NDArray[np.float32]:
    return np.random.default_rng(5).normal(0, 1, (4, 3, 3, 3)).astype(np.float32)


@pytest.fixture
def model(kernels: NDArray[np.float32]) -> onnx.ModelProto:
    return edges(kernels, np.array([0.1, -0.2, 0.3, 0.0], np.float32))


@pytest.fixture
def picture() -> NDArray[np.float32]:
    return np.random.default_rng(6).random((1, 3, 10, 12)).astype(np.float32)


@pytest.fixture
def layers(model: onnx.ModelProto, picture: NDArray[np.float32]) -> Iterator[OnnxLayers]:
    opened = OnnxLayers(as_file(model), "made", picture, 1)
    yield opened
    opened.close()


def test_layers_are_named_after_what_the_file_says_of_them(layers: OnnxLayers) -> None:
    assert [(layer.name, layer.kind) for layer in layers.layers] == [
        ("edges", "convolution"),
        ("relu", "activation"),
        ("pool", "pooling"),
        ("mean", "pooling"),
        ("units", "linear"),
    ]
    assert [layer.shape for layer in layers.layers] == [(4, 8, 10), (4, 8, 10), (4, 4, 5), (4, 1, 1), (2,)]
    assert [layer.parameters for layer in layers.layers] == [4 * 27 + 4, 0, 0, 0, 8]
    assert layers.learnt("edges") == (("edges.weight", (4, 3, 3, 3)), ("edges.bias", (4,)))
    assert layers.learnt("relu") == layers.learnt("no-such-layer") == ()
    assert layers.parameters == 4 * 27 + 4 + 8


def test_every_layer_says_what_numpy_says(
    layers: OnnxLayers, kernels: NDArray[np.float32], picture: NDArray[np.float32]
) -> None:
    passed = layers.run(picture, {layer.name: SEEN for layer in layers.layers})
    bias = np.array([0.1, -0.2, 0.3, 0.0])
    convolved = np.stack(
        [
            correlate(picture[0].astype(np.float64), kernel, "valid")[0] + b
            for kernel, b in zip(kernels, bias, strict=True)
        ]
    )
    rectified = convolved.clip(0)
    pooled = rectified.reshape(4, 4, 2, 5, 2).max((2, 4))
    scores = pooled.mean((1, 2)) @ np.arange(8).reshape(4, 2)
    for name, wanted in {"edges": convolved, "relu": rectified, "pool": pooled, "units": scores}.items():
        values = passed.answers[name].values
        assert values is not None
        np.testing.assert_allclose(values, wanted, atol=1e-4)
    np.testing.assert_allclose(passed.outputs["scores"][0], scores, atol=1e-4)


def test_only_what_is_looked_at_is_told(layers: OnnxLayers, picture: NDArray[np.float32]) -> None:
    assert set(layers.run(picture, {"relu": Look()}).answers) == {"relu"}
    assert not layers.run(picture, {"no-such-layer": Look()}).answers


def test_a_picture_of_another_size_is_taken(layers: OnnxLayers) -> None:
    passed = layers.run(np.zeros((1, 3, 20, 7), np.float32), {"edges": SEEN})
    values = passed.answers["edges"].values
    assert values is not None
    assert values.shape == (4, 18, 5)


def test_what_only_rearranges_or_reckons_is_no_layer() -> None:
    nodes = [
        helper.make_node("Shape", ["picture"], ["s"]),
        helper.make_node("Cast", ["s"], ["numbers"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Relu", ["numbers"], ["of-a-shape"]),
        helper.make_node("Add", ["picture", "one"], ["shifted"]),
        helper.make_node("Transpose", ["shifted"], ["turned"]),
        helper.make_node("Relu", ["turned"], ["end"]),
    ]
    model = network(nodes, {"one": np.ones(1, np.float32)}, (1, 3, 4, 4), "end")
    assert [tap.name for tap in taps_of(model)] == ["end"]


def test_names_are_never_given_twice() -> None:
    nodes = [helper.make_node("Relu", ["picture"], ["1"])]
    nodes += [helper.make_node("Relu", [f"{n}"], [f"{n + 1}"]) for n in range(1, 4)]
    names = [tap.name for tap in taps_of(network(nodes, {}, (1, 3, 4, 4), "4"))]
    assert names == ["relu", "relu-2", "relu-3", "relu-4"]


def test_each_layer_is_timed_by_itself(layers: OnnxLayers, picture: NDArray[np.float32]) -> None:
    for layer in layers.layers:
        answers = layers.run(picture, {"relu": Look(), layer.name: Look(time=True)}).answers
        taken = answers[layer.name].milliseconds
        assert taken is not None
        assert taken > 0
        assert layer.name == "relu" or answers["relu"].milliseconds is None, "nobody asks"
    larger = np.zeros((1, 3, 20, 7), np.float32)
    assert layers.run(larger, {"edges": Look(time=True)}).answers["edges"].milliseconds is not None


def test_only_the_layer_is_between_the_two_looks_at_the_clock(
    layers: OnnxLayers, picture: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter((0.0, 9.0, 20.0, 20.25, 30.0, 30.5))
    layers.run(picture, {"edges": SEEN})
    monkeypatch.setattr(alone, "time", SimpleNamespace(perf_counter=lambda: next(seconds)))
    for wanted in (250.0, 500.0):  # the very first time does not count
        answer = layers.run(picture, {"edges": Look(time=True)}).answers["edges"]
        assert answer.milliseconds == wanted


def test_a_sum_of_two_layers_is_timed_too() -> None:
    nodes = [
        helper.make_node("Relu", ["picture"], ["one"]),
        helper.make_node("Sigmoid", ["picture"], ["other"]),
        helper.make_node("Add", ["one", "other"], ["both"], name="both"),
    ]
    values = np.ones((1, 3, 4, 4), np.float32)
    model = network(nodes, {}, (1, 3, 4, 4), "both")
    layers = OnnxLayers(as_file(model), "made", values, 1)
    assert layers.run(values, {"both": Look(time=True)}).answers["both"].milliseconds is not None
    layers.close()


def test_what_does_not_run_alone_has_no_time(
    layers: OnnxLayers, picture: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> object:
        raise RuntimeError("no memory")

    monkeypatch.setattr(alone, "session_on", refuse)
    answer = layers.run(picture, {"edges": Look(time=True, values=True)}).answers["edges"]
    assert answer.milliseconds is None
    assert answer.values is not None


class Remembering:
    """Hands on what a session says, and remembers each of its arrays as long as somebody else holds it."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.said: list[weakref.ref[Any]] = []

    def run(self, names: list[str], given: dict[str, Any]) -> list[Any]:
        found: list[Any] = self._session.run(names, given)
        self.said += map(weakref.ref, found)
        return found


def test_nothing_that_the_session_says_outlives_its_frame_but_what_was_asked_for(
    layers: OnnxLayers, picture: NDArray[np.float32]
) -> None:
    """Thousands of frames with layers switched do not grow: of each, all that is copied is gone at once."""
    session = layers._session = Remembering(layers._session)
    gc.disable()
    try:
        for look in ({"edges": Look(Scaling(), 8, 8, histogram=True, values=True)}, {"relu": Look()}, {}):
            passed = layers.run(picture, look)
            assert len(passed.answers) == len(look)
            assert [one() is not None for one in session.said] == [True, *[False] * len(look)]
            del passed
            assert not any(one() is not None for one in session.said)
            session.said.clear()
    finally:
        gc.enable()


def test_thousands_of_layers_of_one_kind_are_named_in_no_time() -> None:
    names = [tap.name for tap in taps_of(many_layers(5000))]
    assert len(set(names)) == 5000
    assert names[-2] == "relu-4999"
