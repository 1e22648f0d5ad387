"""A torch module as an ONNX graph whose layers are those of the module, for ONNX Runtime to compute."""

from __future__ import annotations

import hashlib
import inspect
import logging
from pathlib import Path
from typing import Any

import torch

from models.errors import ModelError
from models.files import replace_file
from models.inspection.maps import Values
from models.inspection.onnx_graph import SCOPES
from models.runtimes.remembered import cache_folder

log = logging.getLogger(__name__)
INPUT = "picture"


def exported(module: Any, name: str, values: Values) -> Path:
    """The file, made when it is first asked for, which takes seconds, and kept in the cache: it is the same
    for the same network, code, weights, size of `values` and version of torch.

    Raises:
        ModelError: torch cannot write this module as ONNX.
    """
    path = cache_folder() / "exported" / f"{name}-{_key(module, values)}.onnx"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, _written(module, name, values))
    return path


def _written(module: Any, name: str, values: Values) -> bytes:
    """Not optimised: a batch normalisation that became part of a convolution could not be looked at."""
    try:
        program = torch.onnx.export(
            module,
            (torch.from_numpy(values),),
            input_names=[INPUT],
            dynamo=True,
            optimize=False,
            verbose=False,
        )
    except Exception as error:
        log.exception("%s cannot be exported", name)
        detail = (str(error).splitlines() or ["?"])[0]
        raise ModelError(
            f"{name} cannot be written as ONNX ({detail}); PyTorch can run it.",
            f"{name} は ONNX に書き出せません（{detail}）。PyTorch では動かせます。",
        ) from error
    model = program.model_proto
    for node in model.graph.node:
        kept = [entry.value for entry in node.metadata_props if entry.key == SCOPES]
        node.ClearField("metadata_props")
        for scopes in kept:
            node.metadata_props.add(key=SCOPES, value=scopes)
    return bytes(model.SerializeToString())


def _key(module: Any, values: Values) -> str:
    """Of all that the file depends on."""
    digest = hashlib.sha256(f"{torch.__version__} {values.shape} {module!r}".encode())
    for kind in sorted({type(part) for part in module.modules()}, key=str):
        digest.update(_source(kind).encode())
    for part, numbers in module.state_dict().items():
        digest.update(part.encode())
        if isinstance(numbers, torch.Tensor):
            flat = numbers.detach().cpu().contiguous().reshape(-1)
            digest.update(flat.view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:16]


def _source(kind: type) -> str:
    """A person may have written it anew; of some there is none."""
    try:
        return inspect.getsource(kind)
    except (OSError, TypeError):
        return kind.__qualname__
