"""An ONNX file is read in two parts, and nothing of it is lost or changed, whatever it is."""

from __future__ import annotations

import io

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import numpy_helper

from models.inspection.onnx_reading import LARGE, read
from tests.models.inspection.made import edges

RANDOM = np.random.default_rng(8)
LOTS = LARGE // 4 + 1
"""Numbers in single precision that are large."""


@pytest.fixture
def model() -> onnx.ModelProto:
    return edges(RANDOM.normal(0, 1, (16, 3, 5, 5)).astype(np.float32), np.zeros(16, np.float32))


def parts(model: onnx.ModelProto) -> tuple[onnx.ModelProto, dict[str, NDArray[np.float32]]]:
    graph, large = read(io.BytesIO(model.SerializeToString()))
    return onnx.load_model_from_string(graph), large


def together(small: onnx.ModelProto, large: dict[str, NDArray[np.float32]]) -> onnx.ModelProto:
    for tensor in small.graph.initializer:
        if tensor.name in large:
            tensor.raw_data = large[tensor.name].tobytes()
    return small


def test_only_the_numbers_of_large_tensors_are_taken_out(model: onnx.ModelProto) -> None:
    small, large = parts(model)
    assert set(large) == {"edges.weight"}
    weights = next(one for one in model.graph.initializer if one.name == "edges.weight")
    np.testing.assert_array_equal(large["edges.weight"], numpy_helper.to_array(weights))
    assert large["edges.weight"].flags.aligned
    assert small != model
    assert together(small, large) == model


def test_what_cannot_be_taken_out_stays(model: onnx.ModelProto) -> None:
    """Other kinds of numbers, numbers that are no raw bytes, a shape that they do not fill, a second one of
    the same name."""
    double = numpy_helper.from_array(np.ones(LOTS), "double")
    half = numpy_helper.from_array(np.ones(2 * LOTS, np.float16), "half")
    listed = onnx.helper.make_tensor("listed", onnx.TensorProto.FLOAT, (LOTS,), [1.0] * LOTS)
    short = numpy_helper.from_array(np.ones(LOTS, np.float32), "short")
    short.dims[0] = LOTS + 1
    again = numpy_helper.from_array(np.ones(LOTS, np.float32), "edges.weight")
    model.graph.initializer.extend([double, half, listed, short, again])
    small, large = parts(model)
    assert set(large) == {"edges.weight"}
    assert list(small.graph.initializer)[-5:] == [double, half, listed, short, again]


def test_a_graph_in_two_pieces_is_one(model: onnx.ModelProto) -> None:
    """Where a field comes again, its messages are merged."""
    more = onnx.ModelProto()
    more.graph.initializer.append(numpy_helper.from_array(np.ones((2, LOTS), np.float32), "more"))
    data = model.SerializeToString() + more.SerializeToString()
    graph, large = read(io.BytesIO(data))
    assert set(large) == {"edges.weight", "more"}
    assert together(onnx.load_model_from_string(graph), large) == onnx.load_model_from_string(data)


def test_fields_that_nobody_knows_stay_where_they_are(model: onnx.ModelProto) -> None:
    unknown = b"\xf9\x07" + bytes(8) + b"\xfd\x07" + bytes(4) + b"\xf8\x07\x96\x01"
    graph, large = read(io.BytesIO(model.SerializeToString() + unknown))
    assert set(large) == {"edges.weight"}
    assert graph.endswith(unknown)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 40, b"no network at all", bytes(range(256)) * 9])
def test_what_is_no_onnx_file_stays_whole(data: bytes) -> None:
    assert read(io.BytesIO(data)) == (data, {})


def test_a_file_that_is_cut_off_anywhere_is_refused_by_the_parser_or_stays_whole(
    model: onnx.ModelProto,
) -> None:
    data = model.SerializeToString()
    for end in range(0, len(data), 7):
        graph, large = read(io.BytesIO(data[:end]))
        assert large or graph == data[:end]


def test_bytes_that_are_turned_over_do_no_harm(model: onnx.ModelProto) -> None:
    """Whatever the parser says of the file, it says of what was read of it."""
    data = model.SerializeToString()
    for place in RANDOM.integers(0, len(data), 300).tolist():
        broken = bytearray(data)
        broken[place] ^= 1 << int(RANDOM.integers(8))
        graph, large = read(io.BytesIO(bytes(broken)))
        try:
            wanted = onnx.load_model_from_string(bytes(broken))
        except Exception:  # noqa: BLE001 - of the parser
            continue
        assert together(onnx.load_model_from_string(graph), large) == wanted
