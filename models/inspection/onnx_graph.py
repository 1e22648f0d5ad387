"""The layers of an ONNX file, and the same graph with their answers as outputs. Nothing in it is run."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from models.inspection.layer import FIRST, INPUT, LAST, Kind, Learnt

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

KIND_OF: Final[dict[str, Kind]] = {
    "Conv": "convolution",
    "ConvTranspose": "convolution",
    "Gemm": "linear",
    "MatMul": "linear",
    **dict.fromkeys(
        (
            "Relu",
            "LeakyRelu",
            "PRelu",
            "Elu",
            "Selu",
            "Celu",
            "Gelu",
            "Sigmoid",
            "HardSigmoid",
            "HardSwish",
            "Mish",
            "Tanh",
            "Softplus",
            "Softsign",
            "Clip",
        ),
        "activation",
    ),
    **dict.fromkeys(
        ("MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool", "ReduceMean"), "pooling"
    ),
    **dict.fromkeys(
        ("BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization", "LRN"),
        "normalisation",
    ),
    "Add": "sum",
    "Mul": "product",
    "Concat": "join",
    "Softmax": "softmax",
    "LogSoftmax": "softmax",
    "Resize": "enlargement",
    "Upsample": "enlargement",
    "DepthToSpace": "enlargement",
    "Attention": "attention",
    "MultiHeadAttention": "attention",
}
"""Operations that answer something new; others only rearrange, or reckon with shapes."""
BOTH_LIVE: Final = frozenset({"Add", "Mul"})
"""With something fixed these only shift or stretch what the layer before has said."""
SET_BY_HAND: Final = frozenset({"Clip", "Resize", "Upsample", "ReduceMean"})
"""Their limits and sizes are numbers of their maker; weights and biases are learnt."""
LEARNABLE: Final = frozenset({1, 10, 11, 16})
"""ONNX's numbers for floating point in 32, 16 and 64 bits, and bfloat16."""
WEIGHTS: Final = re.compile(r"[._](weight|kernel|W)(_quantized)?$")
SCOPES: Final = "pkg.torch.onnx.name_scopes"
LONGEST: Final = 56


class Tap(NamedTuple):
    """A layer of a graph whose shape is not known yet."""

    name: str
    kind: Kind
    node: NodeProto
    learnt: tuple[Learnt, ...]

    @property
    def tensor(self) -> str:
        """Where its answer can be had."""
        return str(self.node.output[0])

    @property
    def given(self) -> str:
        """What it looks at; empty where it looks at nothing."""
        return str(self.node.input[0]) if self.node.input else ""

    @property
    def parameters(self) -> int:
        """How many numbers it has learnt."""
        return sum(math.prod(part.shape) for part in self.learnt)


def taps_of(model: ModelProto) -> tuple[Tap, ...]:
    """In the order in which they are computed, as far as they stand in the outermost graph."""
    graph = model.graph
    shapes = {fixed.name: tuple(fixed.dims) for fixed in graph.initializer}
    fixed = _fixed(graph, shapes)
    names = _Names(graph)
    taps = []
    for node in graph.node:
        kind = KIND_OF.get(node.op_type)
        if kind is None or not node.output or node.output[0] in fixed:
            continue
        if node.op_type in BOTH_LIVE and any(given in fixed for given in node.input):
            continue
        own = [given for given in node.input if given in shapes]
        learnt = [Learnt(tidy(given), shapes[given]) for given in own if node.op_type not in SET_BY_HAND]
        taps.append(Tap(names.of(node, own), kind, node, tuple(learnt)))
    return tuple(taps)


def learnt_in(model: ModelProto) -> int:
    """How many numbers the whole file has learnt, each counted once: all that are no single ones and whose
    limits and sizes were not set by hand."""
    used = {name for node in model.graph.node if node.op_type not in SET_BY_HAND for name in node.input}
    return sum(
        math.prod(tensor.dims)
        for tensor in model.graph.initializer
        if tensor.name in used and tensor.dims and tensor.data_type in LEARNABLE
    )


def _fixed(graph: GraphProto, held: Iterable[str]) -> set[str]:
    """Names of all that does not depend on the picture: initialisers, constants and what is made of them,
    and shapes."""
    known = {"", *held}
    for node in graph.node:
        shape = node.op_type in ("Shape", "Constant", "Size")
        if shape or (all(given in known for given in node.input) and not _has_graph(node)):
            known.update(node.output)
    return known


def _has_graph(node: NodeProto) -> bool:
    return any(attribute.HasField("g") or attribute.graphs for attribute in node.attribute)


class _Names:
    """Gives every layer a name of its own: its module's, its weights', its node's, else its operation's."""

    def __init__(self, graph: GraphProto) -> None:
        self._given = {FIRST, LAST, INPUT}
        self._numbers: Counter[str] = Counter()
        modules = {_module(node) for node in graph.node}
        self._blocks = {
            part for module in modules for part in itertools.accumulate(module.split(".")[:-1], _join)
        }

    def of(self, node: NodeProto, own: list[str]) -> str:
        stem = next(filter(None, self._candidates(node, own)), node.op_type.lower())[-LONGEST:].strip("._-")
        name = stem
        while name in self._given:
            self._numbers[stem] += 1
            name = f"{stem}-{self._numbers[stem] + 1}"
        self._given.add(name)
        return name

    def _candidates(self, node: NodeProto, own: list[str]) -> Iterator[str]:
        if module := _module(node):
            step = f".{node.op_type.lower()}" if module in self._blocks else ""
            yield tidy(f"{module}{step}")
        for given in own:
            if WEIGHTS.search(given):
                yield tidy(WEIGHTS.sub("", given))
        for name in (node.name, node.output[0]):
            if not re.fullmatch(rf"[\d_]*|{node.op_type}_\d+", name):
                yield tidy(re.sub(r"^node_", "", name))


def _module(node: NodeProto) -> str:
    """The innermost module: torch writes it as a list, of which `['', 'stem', 'stem.0', 'conv2d']` is of
    `stem.0`, or as the path `/stem/stem.0/Conv`."""
    for entry in node.metadata_props:
        if entry.key == SCOPES:
            listed = re.findall(r"'([^']*)'", entry.value)
            return listed[-2] if len(listed) > 1 else ""
    path = node.name.strip("/").split("/")
    return path[-2] if node.name.startswith("/") and len(path) > 1 else ""


def _join(outer: str, inner: str) -> str:
    return f"{outer}.{inner}"


def tidy(name: str) -> str:
    """A layer's name with only what may stand in a scene, and nothing that only says how it was made."""
    name = re.sub(r"^(body|model|module|network|net)\.", "", name)
    return re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip("._-")
