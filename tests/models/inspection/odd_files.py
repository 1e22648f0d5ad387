"""ONNX networks as nobody expects them, each made of a few nodes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

Floats = NDArray[np.float32]
Given = tuple[int | str, ...]
ANY: Given = ("n", 3, "h", "w")
FLOAT, HALF, DOUBLE = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.DOUBLE
NEWEST = 26
"""The last version of the operations that ONNX Runtime knows."""


def model(
    nodes: Sequence[NodeProto],
    weights: Mapping[str, NDArray[Any]],
    outputs: Sequence[ValueInfoProto],
    given: Given = ANY,
    *,
    kind: int = FLOAT,
    opset: int = 17,
    ir: int = 8,
    more: Sequence[ValueInfoProto] = (),
    domain: str = "",
) -> ModelProto:
    """With one input, `picture`, and `more`."""
    picture = helper.make_tensor_value_info("picture", kind, given)
    held = [numpy_helper.from_array(values, name) for name, values in weights.items()]
    graph = helper.make_graph(list(nodes), "odd", [picture, *more], list(outputs), held)
    opsets = [helper.make_opsetid("", opset)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    return helper.make_model(graph, opset_imports=opsets, ir_version=ir)


def tensor(name: str, kind: int = FLOAT) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, None)


def node(operation: str, given: str, said: str, **attributes: Any) -> NodeProto:
    """Names of tensors, with blanks between."""
    return helper.make_node(operation, given.split(), said.split(), **attributes)


def kernels(filters: int, channels: int = 3, *sides: int, kind: type[np.floating] = np.float32) -> Floats:
    """The same every time."""
    random = np.random.default_rng(3)
    return random.normal(0, 1, (filters, channels, *(sides or (3, 3)))).astype(kind)


def small(given: Given = ANY, **rest: object) -> ModelProto:
    """Convolution and ReLU."""
    nodes = [node("Conv", "picture w", "a"), node("Relu", "a", "out")]
    return model(nodes, {"w": kernels(4)}, [tensor("out")], given, **rest)  # type: ignore[arg-type]


def many(maps: int) -> ModelProto:
    nodes = [node("Conv", "picture w", "a", strides=[16, 16]), node("Relu", "a", "out")]
    return model(nodes, {"w": kernels(maps)}, [tensor("out")])


def many_units(units: int) -> ModelProto:
    nodes = [node("GlobalAveragePool", "picture", "a"), node("Flatten", "a", "b"), node("Gemm", "b w", "out")]
    return model(nodes, {"w": kernels(3, units, 1).reshape(3, units)}, [tensor("out")])


def many_layers(count: int) -> ModelProto:
    names = ["picture", *(f"{number}" for number in range(1, count)), "out"]
    nodes = [node("Relu", before, after) for before, after in itertools.pairwise(names)]
    return model(nodes, {}, [tensor("out")], (1, 3, 8, 8))


def signal() -> ModelProto:
    """The picture as a signal, its rows one after the other."""
    nodes = [
        node("Reshape", "picture shape", "s"),
        node("Conv", "s w", "a", strides=[50]),
        node("Relu", "a", "b"),
        node("MaxPool", "b", "out", kernel_shape=[4]),
    ]
    weights = {"shape": np.array([1, 3, -1]), "w": kernels(5, 3, 7)}
    return model(nodes, weights, [tensor("out")])


def volume() -> ModelProto:
    nodes = [
        node("Unsqueeze", "picture one", "v"),
        node("Conv", "v w", "a", pads=[1] * 6),
        node("Relu", "a", "b"),
        node("MaxPool", "b", "out", kernel_shape=[1, 2, 2], strides=[1, 2, 2]),
    ]
    return model(nodes, {"one": np.array([1]), "w": kernels(4, 1, 3, 3, 3)}, [tensor("out")], (1, 3, 24, 32))


def takes_a_signal() -> ModelProto:
    return model([node("Conv", "picture w", "out")], {"w": kernels(4, 1, 5)}, [tensor("out")], (1, 1, 1000))


def takes_a_volume() -> ModelProto:
    weights = {"w": kernels(4, 1, 3, 3, 3)}
    return model([node("Conv", "picture w", "out")], weights, [tensor("out")], (1, 1, 16, 32, 32))


def takes_two() -> ModelProto:
    nodes = [node("Add", "picture other", "a"), node("Relu", "a", "out")]
    other = helper.make_tensor_value_info("other", FLOAT, (1, 3, "h", "w"))
    return model(nodes, {}, [tensor("out")], more=[other])


def takes_words() -> ModelProto:
    nodes = [node("Gather", "w picture", "out")]
    return model(
        nodes, {"w": kernels(100, 8, 1).reshape(100, 8)}, [tensor("out")], (1, 16), kind=TensorProto.INT64
    )


def takes_nothing() -> ModelProto:
    nodes = [helper.make_node("Constant", [], ["a"], value=numpy_helper.from_array(kernels(4)))]
    made = model([*nodes, node("Relu", "a", "out")], {}, [tensor("out")])
    del made.graph.input[:]
    return made


def batch_of_four() -> ModelProto:
    return small((4, 3, 32, 32))


def without_a_shape() -> ModelProto:
    made = small()
    made.graph.input[0].type.tensor_type.ClearField("shape")
    return made


def with_extra(*extra: NodeProto, output: ValueInfoProto, **weights: NDArray[np.generic]) -> ModelProto:
    """`small`, and behind its layer `b` something more."""
    nodes = [node("Conv", "picture w", "a"), node("Relu", "a", "b"), *extra]
    return model(nodes, {"w": kernels(4), **weights}, [output, tensor("b")])


def says_a_sequence() -> ModelProto:
    output = helper.make_tensor_sequence_value_info("out", FLOAT, None)
    return with_extra(node("SequenceConstruct", "a b", "out"), output=output)


def says_maps_of_words() -> ModelProto:
    """As scikit-learn's classifiers do."""
    nodes = [
        node("GlobalAveragePool", "b", "m"),
        node("Flatten", "m", "f"),
        helper.make_node("ZipMap", ["f"], ["out"], domain="ai.onnx.ml", classlabels_int64s=[1, 2, 3, 4]),
    ]
    pairs = helper.make_map_type_proto(TensorProto.INT64, helper.make_tensor_type_proto(FLOAT, []))
    output = helper.make_value_info("out", helper.make_sequence_type_proto(pairs))
    made = with_extra(*nodes, output=output)
    made.opset_import.append(helper.make_opsetid("ai.onnx.ml", 3))
    return made


def says_numbers() -> ModelProto:
    return with_extra(node("ArgMax", "b", "out", axis=1), output=tensor("out", TensorProto.INT64))


def says_yes_or_no() -> ModelProto:
    output = tensor("out", TensorProto.BOOL)
    return with_extra(node("Greater", "b zero", "out"), output=output, zero=np.zeros(1, np.float32))


def says_words() -> ModelProto:
    nodes = [node("ArgMax", "b", "n", axis=1), node("Cast", "n", "out", to=TensorProto.STRING)]
    return with_extra(*nodes, output=tensor("out", TensorProto.STRING))


def says_one_number() -> ModelProto:
    return with_extra(node("ReduceMean", "b", "out", keepdims=0), output=tensor("out"))


def in_halves() -> ModelProto:
    nodes = [node("Conv", "picture w", "a"), node("Relu", "a", "out")]
    weights = {"w": kernels(4, kind=np.float16)}
    return model(nodes, weights, [tensor("out", HALF)], kind=HALF)


def in_doubles() -> ModelProto:
    nodes = [node("Mul", "picture k", "a"), node("Relu", "a", "out")]
    return model(nodes, {"k": np.full((1, 3, 1, 1), -2.0)}, [tensor("out", DOUBLE)], kind=DOUBLE)


def in_bytes() -> ModelProto:
    nodes = [
        node("Cast", "picture", "f", to=FLOAT),
        node("Conv", "f w", "a"),
        node("Relu", "a", "out"),
    ]
    return model(nodes, {"w": kernels(4)}, [tensor("out")], kind=TensorProto.UINT8)


def halves_inside() -> ModelProto:
    """Its input and output are of full precision."""
    nodes = [
        node("Cast", "picture", "f", to=HALF),
        node("Conv", "f w", "a"),
        node("Relu", "a", "b"),
        node("Cast", "b", "out", to=FLOAT),
    ]
    return model(nodes, {"w": kernels(4, kind=np.float16)}, [tensor("out")])


def channels_last() -> ModelProto:
    """As TensorFlow's are."""
    nodes = [
        node("Transpose", "picture", "t", perm=[0, 3, 1, 2]),
        node("Conv", "t w", "a"),
        node("Relu", "a", "out"),
    ]
    return model(nodes, {"w": kernels(4)}, [tensor("out")], (1, 64, 48, 3))


def multiples_of(side: int) -> ModelProto:
    """It halves the picture, doubles it again and adds it to what it was."""
    nodes = [
        node("MaxPool", "picture", "a", kernel_shape=[side, side], strides=[side, side]),
        helper.make_node("Resize", ["a", "", "scales"], ["b"], mode="nearest"),
        node("Concat", "picture b", "c", axis=1),
        node("Conv", "c w", "d"),
        node("Relu", "d", "out"),
    ]
    scales = np.array([1, 1, side, side], np.float32)
    return model(nodes, {"scales": scales, "w": kernels(4, 6)}, [tensor("out")])


def secretly_fixed() -> ModelProto:
    """Any size, says its input; its last layer wants 224 × 224."""
    nodes = [
        node("MaxPool", "picture", "a", kernel_shape=[32, 32], strides=[32, 32]),
        node("Flatten", "a", "b"),
        node("Gemm", "b w", "out"),
    ]
    return model(nodes, {"w": kernels(147, 5, 1).reshape(147, 5)}, [tensor("out")])


def strange_numbers() -> ModelProto:
    """Infinities and no numbers, inside and out."""
    nodes = [
        node("Conv", "picture w", "a", name="conv"),
        node("Relu", "a", "r"),
        node("Mul", "r r", "q", name="square"),
        node("Sub", "r r", "z"),
        node("Div", "z z", "n"),
        node("Relu", "n", "nan", name="nan"),
        node("Div", "q z", "i"),
        node("Add", "i n", "mixed", name="mixed"),
        node("Mul", "i i", "inf", name="inf"),
        node("GlobalAveragePool", "mixed", "m", name="mean"),
        node("Flatten", "m", "out"),
    ]
    return model(nodes, {"w": kernels(4)}, [tensor("out")])


def largest_numbers() -> ModelProto:
    nodes = [
        node("Conv", "picture w", "a", name="conv"),
        node("Sigmoid", "a", "s", name="sigmoid"),
        node("Mul", "s most", "b"),
        node("Clip", "b", "large", name="large"),
        node("Mul", "s least", "c"),
        node("Clip", "c", "small", name="small"),
        node("Neg", "large", "d"),
        node("Concat", "large d", "out", name="both", axis=1),
    ]
    weights = {
        "w": kernels(4),
        "most": np.full(1, np.finfo(np.float32).max, np.float32),
        "least": np.full(1, 1e-40, np.float32),
    }
    return model(nodes, weights, [tensor("out")])


def strange_weights() -> ModelProto:
    made = kernels(4)
    made[0, 0], made[1, 1, 1], made[2] = np.nan, np.inf, -np.inf
    nodes = [node("Conv", "picture w", "a"), node("Relu", "a", "out")]
    return model(nodes, {"w": made}, [tensor("out")])


def batches_inside() -> ModelProto:
    """The picture is cut into four, which are looked at as a batch."""
    nodes = [
        node("Conv", "picture w", "a", name="before"),
        node("Reshape", "a four", "b"),
        node("Relu", "b", "c", name="four-at-once"),
        node("Reshape", "c one", "d"),
        node("Sigmoid", "d", "out", name="behind"),
    ]
    weights = {"w": kernels(4), "four": np.array([4, 1, 30, 30]), "one": np.array([1, 4, 30, 30])}
    return model(nodes, weights, [tensor("out")], (1, 3, 32, 32))


def nothing_inside() -> ModelProto:
    """A layer of no numbers."""
    nodes = [
        node("Slice", "picture zero zero axis", "empty"),
        node("Relu", "empty", "still-empty", name="empty"),
        node("Conv", "picture w", "a", name="conv"),
        node("Relu", "a", "out"),
    ]
    weights = {"w": kernels(4), "zero": np.array([0]), "axis": np.array([2])}
    return model(nodes, weights, [tensor("out"), tensor("still-empty")])


def as_many_as_there_are() -> ModelProto:
    """How large its layers are depends on the picture: of a bright one nothing is left."""
    nodes = [
        node("Neg", "picture", "dark"),
        node("Relu", "dark", "black"),
        node("GlobalAveragePool", "black", "g"),
        node("Flatten", "g", "f"),
        node("NonZero", "f", "where"),
        node("Cast", "where", "numbers", to=FLOAT),
        node("Unsqueeze", "numbers zero", "u"),
        node("Relu", "u", "found", name="found"),
        node("Conv", "picture w", "a", name="conv"),
        node("Relu", "a", "out"),
    ]
    return model(
        nodes, {"w": kernels(4), "zero": np.array([0])}, [tensor("out"), tensor("found")], (1, 3, 16, 16)
    )


def _branch(name: str, *nodes: NodeProto) -> GraphProto:
    return helper.make_graph(list(nodes), name, [], [tensor(nodes[-1].output[0])])


def branches() -> ModelProto:
    """Bright pictures become maps of another size than dark ones, and a vector behind that."""
    bright = _branch("bright", node("MaxPool", "a", "yes", kernel_shape=[3, 3], strides=[3, 3]))
    dark = _branch("dark", node("GlobalAveragePool", "a", "no"))
    nodes = [
        node("Conv", "picture w", "a", name="conv"),
        node("ReduceMean", "picture", "m", keepdims=0),
        node("Greater", "m zero", "is-bright"),
        node("If", "is-bright", "either", then_branch=bright, else_branch=dark),
        node("Relu", "either", "out", name="behind"),
    ]
    return model(nodes, {"w": kernels(4), "zero": np.array(0, np.float32)}, [tensor("out")], (1, 3, 32, 32))


def loops(times: int = 10) -> ModelProto:
    """So often through a convolution."""
    body = helper.make_graph(
        [node("Conv", "x w", "y", pads=[1] * 4), node("Tanh", "y", "z"), node("Identity", "go", "on")],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, ()),
            helper.make_tensor_value_info("go", TensorProto.BOOL, ()),
            tensor("x"),
        ],
        [helper.make_tensor_value_info("on", TensorProto.BOOL, ()), tensor("z")],
    )
    nodes = [
        node("Relu", "picture", "a", name="before"),
        node("Loop", "times yes a", "b", body=body),
        node("Relu", "b", "out", name="behind"),
    ]
    weights = {"w": kernels(3) / 9, "times": np.array(times), "yes": np.array(True)}
    return model(nodes, weights, [tensor("out")], (1, 3, 16, 16))


def scans() -> ModelProto:
    """Adds up the rows."""
    row = [3, 16]
    body = helper.make_graph(
        [node("Add", "sum row", "next"), node("Identity", "next", "said")],
        "body",
        [helper.make_tensor_value_info(name, FLOAT, row) for name in ("sum", "row")],
        [helper.make_tensor_value_info(name, FLOAT, row) for name in ("next", "said")],
    )
    nodes = [
        node("Relu", "picture", "a", name="before"),
        node("Squeeze", "a zero", "b"),
        node("Scan", "none b", "last c", body=body, num_scan_inputs=1, scan_input_axes=[1]),
        node("Unsqueeze", "c zero", "d"),
        node("Relu", "d", "out", name="behind"),
    ]
    weights = {"zero": np.array([0]), "none": np.zeros(row, np.float32)}
    return model(nodes, weights, [tensor("out")], (1, 3, 16, 16))


def old() -> ModelProto:
    """As ten years ago: what it has learnt is listed among its inputs, and before the picture."""
    made = small((1, 3, 20, 20), opset=7, ir=3)
    made.graph.input.insert(0, helper.make_tensor_value_info("w", FLOAT, (4, 3, 3, 3)))
    return made


def new() -> ModelProto:
    return small(opset=NEWEST, ir=13)


def without_layers() -> ModelProto:
    return model([node("Identity", "picture", "out")], {}, [tensor("out")])


def too_new() -> ModelProto:
    return small(opset=999)


def with_functions() -> ModelProto:
    """Operations of its own, described in the file itself."""
    opset = [helper.make_opsetid("", 17)]
    inner = [node("Conv", "x k", "y"), node("Relu", "y", "z")]
    function = helper.make_function("mine", "Block", ["x", "k"], ["z"], inner, opset)
    block = helper.make_node("Block", ["picture", "w"], ["out"], domain="mine")
    made = model([block], {"w": kernels(4)}, [tensor("out")], domain="mine")
    made.functions.append(function)
    return made


def named_like_places() -> ModelProto:
    nodes = [
        node("Conv", "picture w", "a", name="first"),
        node("Relu", "a", "b", name="last"),
        node("Sigmoid", "b", "c", name="input"),
        node("Tanh", "c", "out", name="none"),
    ]
    return model(nodes, {"w": kernels(4)}, [tensor("out")])


def named_badly() -> ModelProto:
    nodes = [
        node("Conv", "picture w", "a", name="../../../etc/passwd"),
        node("Relu", "a", "b", name="畳み込み"),
        node("Sigmoid", "b", "c", name="a b\n<b>c</b>+d:7"),
        node("Tanh", "c", "d", name="x" * 5000),
        node("Relu", "d", "out", name="...---"),
    ]
    made = model(nodes, {"w": kernels(4)}, [tensor("out")])
    made.metadata_props.add(key="script", value="__import__('os').abort()")
    made.graph.node[0].metadata_props.add(
        key="pkg.torch.onnx.name_scopes", value="['', __import__('os').abort()]"
    )
    made.doc_string = "<script>alert(1)</script>"
    return made


def not_connected() -> ModelProto:
    made = small()
    made.graph.node[1].input[0] = "nowhere"
    return made


def in_a_circle() -> ModelProto:
    made = small()
    made.graph.node[0].input[0] = "out"
    return made


def one_side_fixed() -> ModelProto:
    """As readers of lines of text are."""
    return small((1, 3, 32, "w"))


SHOWN: dict[str, Callable[[], ModelProto]] = {
    "2048 maps": lambda: many(2048),
    "5000 maps": lambda: many(5000),
    "30000 units": lambda: many_units(30_000),
    "200 layers": lambda: many_layers(200),
    "signal": signal,
    "volume": volume,
    "without a shape": without_a_shape,
    "sequence": says_a_sequence,
    "maps of words": says_maps_of_words,
    "int64": says_numbers,
    "bool": says_yes_or_no,
    "strings": says_words,
    "one number": says_one_number,
    "float16": in_halves,
    "double": in_doubles,
    "uint8": in_bytes,
    "float16 inside": halves_inside,
    "channels last": channels_last,
    "multiples of 64": lambda: multiples_of(64),
    "multiples of 128": lambda: multiples_of(128),
    "secretly 224": secretly_fixed,
    "odd sides": lambda: small((1, 3, 37, 53)),
    "one side": one_side_fixed,
    "one row": lambda: small(("n", 3, 3, 200)),
    "strange numbers": strange_numbers,
    "largest numbers": largest_numbers,
    "strange weights": strange_weights,
    "batches inside": batches_inside,
    "nothing inside": nothing_inside,
    "as many as there are": as_many_as_there_are,
    "if": branches,
    "loop": loops,
    "scan": scans,
    "old": old,
    "new": new,
    "functions": with_functions,
    "places": named_like_places,
    "names": named_badly,
}
REFUSED: dict[str, Callable[[], ModelProto]] = {
    "1-D": takes_a_signal,
    "3-D": takes_a_volume,
    "two inputs": takes_two,
    "words": takes_words,
    "no input": takes_nothing,
    "a batch of 4": batch_of_four,
    "no layers": without_layers,
    "too new": too_new,
    "not connected": not_connected,
    "a circle": in_a_circle,
}
