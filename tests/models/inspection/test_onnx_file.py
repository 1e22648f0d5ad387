"""An ONNX file in two parts, the graph and its large tensors: together they are what the file was."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from models.inspection import onnx_file
from models.inspection.onnx_reading import LARGE
from models.runtimes import onnx_network
from models.runtimes.device import DEVICES, DeviceName
from tests.models.inspection.made import as_file, edges, network

pytest.importorskip("onnxruntime")
SHAPE = (1, 3, 20, 14)


@pytest.fixture
def kernels() -> NDArray[np.float32]:
    return np.random.default_rng(3).normal(0, 1, (16, 3, 5, 5)).astype(np.float32)


@pytest.fixture
def model(kernels: NDArray[np.float32]) -> onnx.ModelProto:
    assert kernels.nbytes > LARGE
    return edges(kernels, np.zeros(16, np.float32))


def answers(session: object, picture: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
    names = [one.name for one in session.get_outputs()]  # type: ignore[attr-defined]
    said = session.run(names, {"picture": picture})  # type: ignore[attr-defined]
    return dict(zip(names, said, strict=True))


def test_a_large_tensor_lies_beside_the_graph_and_is_given_back_whole(
    model: onnx.ModelProto, kernels: NDArray[np.float32]
) -> None:
    file = as_file(model)
    assert set(file.large) == {"edges.weight"}
    assert len(file.model.SerializeToString()) < kernels.nbytes
    weights, bias = file.tensors(["edges.weight", "edges.bias", "no-such-tensor"])
    assert (weights.name, bias.name) == ("edges.weight", "edges.bias")
    np.testing.assert_array_equal(numpy_helper.to_array(weights), kernels)
    assert not weights.external_data
    assert not numpy_helper.to_array(bias).any()
    np.testing.assert_array_equal(file.numbers("edges.weight"), kernels)
    assert file.numbers("edges.bias") is not None
    assert file.numbers("no-such-tensor") is None


def test_further_outputs_are_added_and_the_others_stay_as_they_were(model: onnx.ModelProto) -> None:
    file = as_file(model)
    before = file.model.SerializeToString()
    wider = file.with_outputs(["10", "scores"])
    assert [output.name for output in wider.graph.output] == ["scores", "10"]
    assert [node.op_type for node in wider.graph.node] == [node.op_type for node in model.graph.node]
    assert file.model.SerializeToString() == before


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_it_computes_what_the_whole_file_computes(
    model: onnx.ModelProto, device: DeviceName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The CPU reads the numbers beside the graph; other devices have them inside, here run by the CPU."""
    whole = onnx.ModelProto()
    whole.CopyFrom(model)
    whole.graph.output.append(onnx.ValueInfoProto(name="10"))
    session_on = onnx_network.session_on
    wanted = session_on(DEVICES["cpu"], whole.SerializeToString(), 1)
    monkeypatch.setattr(
        onnx_file, "session_on", lambda _device, *rest, **more: session_on(DEVICES["cpu"], *rest, **more)
    )
    session = as_file(model).session(["10"], DEVICES[device], 1)
    assert bool(session.numbers) == (device == "cpu")
    picture = np.random.default_rng(4).random(SHAPE).astype(np.float32)
    for name, values in answers(wanted, picture).items():
        np.testing.assert_allclose(answers(session, picture)[name], values, atol=1e-5)


def test_shapes_are_reckoned_as_they_will_be(model: onnx.ModelProto) -> None:
    file = as_file(model)
    names = ["10", "11", "12", "13", "14"]
    told = answers(file.session(names, DEVICES["cpu"], 1), np.zeros(SHAPE, np.float32))
    assert file.shapes("picture", SHAPE) == {name: told[name].shape for name in names}


def test_a_shape_that_depends_on_the_picture_is_not_reckoned() -> None:
    nodes = [
        helper.make_node("NonZero", ["picture"], ["found"]),
        helper.make_node("Cast", ["found"], ["numbers"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Relu", ["numbers"], ["end"]),
    ]
    assert not as_file(network(nodes, {}, SHAPE, "end")).shapes("picture", SHAPE)


def test_sizes_that_a_file_claims_are_not_believed() -> None:
    nodes = [helper.make_node("Relu", ["picture"], ["one"]), helper.make_node("Relu", ["one"], ["end"])]
    model = network(nodes, {}, (1, 3, "h", "w"), "end")
    model.graph.value_info.append(
        helper.make_tensor_value_info("one", onnx.TensorProto.FLOAT, (1, 3, 999, 1))
    )
    assert as_file(model).shapes("picture", SHAPE) == {"one": SHAPE}
