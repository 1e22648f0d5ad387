"""What a file is good for here: a detector, or a network whose layers can be looked at. Called in a process
of its own (`models.runtimes.child`): what somebody else has made may crash, hang or fill the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from models.catalogue import Finds
from models.errors import ModelError
from models.inspection.words import detail_of
from models.text import Text

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto, TensorProto

MOST_MEMORY = 8 << 30
"""Bytes of address space for the trial."""
BUILT_IN = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
"""Whose operations ONNX Runtime itself brings; others would need a library with code."""
DAMAGED = Text(
    "it is cut or damaged, or no ONNX at all",
    "途中で切れているか、壊れているか、ONNX ではありません",
)
NO_NETWORK = Text("there is no network in it", "ネットワークが入っていません")
ELSEWHERE = Text(
    "its weights lie in other files ({file}); save it as one file",
    "重みが別のファイル（{file}）にあります。一つのファイルとして保存してください",
)
FOREIGN = Text(
    "it needs operations from elsewhere ({domains}), and their code is never loaded",
    "外部の演算（{domains}）が必要です。そのコードを読み込むことはありません",
)
NO_RUN = Text("it does not run here ({detail})", "ここでは動きません（{detail}）")
THRESHOLD, LONG_SIDE = 0.02, 320


def trial(path: str) -> Finds | Text:
    """What the file at `path` is good for; or why it cannot be used, in a sentence."""
    _limit_memory()
    file = Path(path)
    _model, problem = read_model(file.read_bytes())
    if problem:
        return refused(file.name, problem)
    no_detector = _detects(file)
    if no_detector is None:
        return "faces"
    return _no_layers(file, no_detector) or "layers"


def refused(name: str, found: Text) -> Text:
    """The sentence for a file of this name, in which something else was found."""
    return Text(
        f"{name} cannot be used: {found.en}. Expected is a network for pictures as an ONNX file.",
        f"{name} は使えません：{found.ja}。画像を扱うネットワークの ONNX ファイルを選んでください。",
    )


def read_model(data: bytes) -> tuple[ModelProto | None, Text | None]:
    """What was read, and what is wrong with it, to stand behind a colon: nothing in it is run."""
    import onnx

    try:
        model = onnx.load_model_from_string(data)
    except Exception:  # noqa: BLE001 - whatever the parser says, this is no file of ours
        return None, DAMAGED
    return model, _problem_of(model)


def _problem_of(model: ModelProto) -> Text | None:
    import onnx

    if not model.graph.node or not model.graph.output:
        return NO_NETWORK
    graphs = list(_graphs(model))
    nodes = [*_in_functions(model), *(node for graph in graphs for node in graph.node)]
    for tensor in _tensors(graphs, nodes):
        if tensor.data_location == onnx.TensorProto.EXTERNAL or tensor.external_data:
            named = {entry.key: entry.value for entry in tensor.external_data}
            return ELSEWHERE.filled(file=named.get("location", "?"))
    known = BUILT_IN | {function.domain for function in model.functions}
    if foreign := sorted({node.domain for node in nodes} - known):
        return FOREIGN.filled(domains=", ".join(foreign))
    return None


def _detects(path: Path) -> Text | None:
    """Why it detects no faces: two pictures through it, on the CPU, upright and across, both of odd sides."""
    import numpy as np

    from models.detectors.finder import FaceFinder

    noise = np.random.default_rng(1).integers(0, 256, (203, 317, 3), np.uint8)
    try:
        finder = FaceFinder(path, "cpu")
        for picture in (noise, noise.transpose(1, 0, 2)):
            finder.find(np.ascontiguousarray(picture), THRESHOLD, LONG_SIDE)
        finder.close()
    except ModelError as error:
        return error.text
    except Exception as error:  # noqa: BLE001 - somebody else's network may fail as it likes
        return _no_run(path, error)
    return None


def _no_layers(path: Path, otherwise: Text) -> Text | None:
    """Why nothing in it can be looked at, if so; `otherwise` where it runs and is of another kind."""
    from models.inspection.opening import NoLayersError, open_file

    try:
        open_file(path, path.name).close()
    except NoLayersError:
        return otherwise
    except ModelError as error:
        return _no_run(path, error.__cause__) if error.__cause__ else error.text
    except Exception as error:  # noqa: BLE001 - somebody else's network may fail as it likes
        return _no_run(path, error)
    return None


def _no_run(path: Path, error: BaseException) -> Text:
    return refused(path.name, NO_RUN.filled(detail=detail_of(error)))


def _graphs(model: ModelProto) -> Iterator[GraphProto]:
    """The graph and every one inside its nodes."""
    waiting = [model.graph]
    waiting += [graph for node in _in_functions(model) for graph in _inside(node)]
    while waiting:
        graph = waiting.pop()
        yield graph
        waiting += [inner for node in graph.node for inner in _inside(node)]


def _inside(node: NodeProto) -> Iterator[GraphProto]:
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        yield from attribute.graphs


def _in_functions(model: ModelProto) -> Iterator[NodeProto]:
    for function in model.functions:
        yield from function.node


def _tensors(graphs: Iterable[GraphProto], nodes: Iterable[NodeProto]) -> Iterator[TensorProto]:
    for graph in graphs:
        yield from graph.initializer
        for sparse in graph.sparse_initializer:
            yield from (sparse.values, sparse.indices)
    for node in nodes:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors
            single = (attribute.sparse_tensor,) if attribute.HasField("sparse_tensor") else ()
            for sparse in (*single, *attribute.sparse_tensors):
                yield from (sparse.values, sparse.indices)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
