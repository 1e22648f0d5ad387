"""What torch's exporter writes, made fit to be shipped."""

from __future__ import annotations

import ast
from typing import Any, cast

SCOPES = "pkg.torch.onnx.name_scopes"
"""Where the exporter tells which module a node comes from."""


def called_by_layer(model: Any) -> Any:
    """With each layer's output named as the layer is in torch, so that both can be shown side by side."""
    last: dict[str, str] = {}
    for node in model.graph.node:
        scopes = next((told.value for told in node.metadata_props if told.key == SCOPES), "[]")
        layer = ".".join(ast.literal_eval(scopes)[1:-1])
        if layer:
            last[layer] = node.output[0]
    names = {output: layer for layer, output in last.items()}
    for node in model.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
        node.name = node.output[0]
    for output in model.graph.output:
        output.name = names.get(output.name, output.name)
    return model


def bare(model: Any) -> bytes:
    """Without what the exporter tells about itself: it names the files of the machine that it ran on. What
    stays is to which module each node belongs.
    """
    graph = model.graph
    told = [model, graph, *graph.node, *graph.initializer, *graph.value_info, *graph.input, *graph.output]
    for part in told:
        kept = [entry.value for entry in part.metadata_props if entry.key == SCOPES]
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
        for scopes in kept:
            part.metadata_props.add(key=SCOPES, value=scopes)
    graph.ClearField("value_info")
    return cast(bytes, model.SerializeToString())
