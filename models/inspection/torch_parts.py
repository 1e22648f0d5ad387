"""What a torch module is made of, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

import torch
from torch import Tensor, nn

from models.inspection.layer import FIRST, INPUT, LAST, Kind
from models.inspection.onnx_graph import tidy

KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("convolution", ("Conv1d", "Conv2d", "Conv3d", "ConvTranspose2d")),
    ("linear", ("Linear", "NonDynamicallyQuantizableLinear", "Bilinear")),
    ("attention", ("MultiheadAttention",)),
    ("softmax", ("Softmax", "LogSoftmax", "Softmax2d")),
    ("enlargement", ("Upsample", "PixelShuffle")),
)
"""By the name of the module's class; others are told by what their names contain."""
BY_PART: tuple[tuple[str, Kind], ...] = (
    ("Norm", "normalisation"),
    ("Pool", "pooling"),
)
ACTIVATIONS = "torch.nn.modules.activation"


def stems_of(module: nn.Module) -> dict[nn.Module, str]:
    """A name for each of its leaves. No stem ends as the names of later calls do."""
    found: dict[nn.Module, str] = {}
    given = {FIRST, LAST, INPUT}
    for path, part in module.named_modules():
        if _is_leaf(part):
            plain = re.sub(r"-(?=\d+$)", "_", tidy(path) or type(part).__name__.lower())
            stem, number = plain, 2
            while stem in given:
                stem, number = f"{plain}_{number}", number + 1
            given.add(stem)
            found[part] = stem
    return found


def stem_of(name: str) -> str:
    """Of the second call of a module: `relu-2` is of `relu`."""
    stem, _dash, number = name.rpartition("-")
    return stem if number.isdigit() else name


def kind_of(part: nn.Module | None) -> Kind:
    called = type(part).__name__
    for kind, names in KINDS:
        if called in names:
            return kind
    for piece, kind in BY_PART:
        if piece in called:
            return kind
    return "activation" if type(part).__module__ == ACTIVATIONS else "other"


def precision_of(module: nn.Module) -> torch.dtype:
    """Of what it has learnt, and of what it wants to be given."""
    kinds = (numbers.dtype for numbers in module.parameters() if numbers.is_floating_point())
    return next(kinds, torch.float32)


def is_readable(said: Tensor) -> bool:
    """Whether its numbers can be told one by one, as they are."""
    return bool(said.is_floating_point() and said.layout == torch.strided and not said.is_nested)


def tensors_in(said: object) -> Iterator[tuple[str, Tensor]]:
    """Every tensor in what the network gives, by where it stands."""
    match said:
        case Tensor():
            yield "output", said
        case Mapping():
            yield from _inside(said.items())
        case list() | tuple():
            yield from _inside(enumerate(said))
        case _ if is_dataclass(said) and not isinstance(said, type):
            yield from _inside((field.name, getattr(said, field.name)) for field in fields(said))


def _is_leaf(part: nn.Module) -> bool:
    return next(part.children(), None) is None and not isinstance(part, nn.Dropout | nn.Identity | nn.Flatten)


def _inside(parts: Iterable[tuple[object, object]]) -> Iterator[tuple[str, Tensor]]:
    for place, part in parts:
        for inner, tensor in tensors_in(part):
            yield f"{place}" if isinstance(part, Tensor) else f"{place}.{inner}", tensor
