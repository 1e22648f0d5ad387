"""The layers of a torch module."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from models.inspection.answers import answer_of
from models.inspection.layer import FIRST, INPUT, LAST, Kind, Layer, Learnt
from models.inspection.maps import PICTURE_AXES, Values, can_be_shown, maps_first, sides_of
from models.inspection.network import Answer, Look, Passed
from models.inspection.onnx_graph import tidy
from models.inspection.step import Step
from models.inspection.torch_steps import step_of
from models.inspection.words import cannot_run
from models.runtimes.device import DEVICES, Device, DeviceName

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
ENDINGS = (Exception, SystemExit)
"""What a person's own code may raise; the program goes on."""


class Call(NamedTuple):
    """A layer at work."""

    name: str
    part: nn.Module
    given: object
    """What it looked at."""
    said: Tensor
    milliseconds: float


Tell: TypeAlias = Callable[[Call], None]


class TorchLayers:
    """A layer is a module without modules in it, each time it is called. Its answer is looked at right away:
    what comes next may write over it.
    """

    def __init__(
        self, module: nn.Module, name: str, values: Values, threads: int, device: DeviceName = "torch-cpu"
    ) -> None:
        """`name` is what a person calls the network, `values` an input as it will come.

        Raises:
            ModelError: torch cannot run it.
        """
        self.device: Device = DEVICES[device]
        if self.device.is_cpu:
            torch.set_num_threads(threads)
        self._name = name
        self._leaves: Mapping[nn.Module, str] = {}
        seen: dict[str, Layer] = {}
        try:
            self._module: Any = module.eval().to(self.device.provider)
            self._leaves = _stems(module)
            self._pass(values, lambda call: seen.setdefault(call.name, _layer(call, sides_of(values))))
            module.requires_grad_(False)  # a lazy module has its parameters only now
            self.parameters = sum(numbers.numel() for numbers in module.parameters())
        except ENDINGS as error:
            raise cannot_run(name, error) from error
        self.layers = tuple(seen.values())

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        """A layer that the network does not have is passed over."""
        answers: dict[str, Answer] = {}
        looking = 0.0

        def look(call: Call) -> None:
            nonlocal looking
            began = time.perf_counter()
            wanted = looks[call.name]
            answer = answer_of(maps_first(_here(call.said), sides_of(values))[0], wanted)
            if wanted.values:
                answer = answer._replace(given=_given(call))
            if wanted.time and self.device.is_cpu:  # elsewhere it has only been asked for so far
                answer = answer._replace(milliseconds=call.milliseconds)
            answers[call.name] = answer
            looking += time.perf_counter() - began

        began = time.perf_counter()
        try:
            outputs = self._pass(values, look, looks)
        except ENDINGS as error:
            raise cannot_run(self._name, error) from error
        seconds = time.perf_counter() - began - looking
        return Passed(outputs, answers, seconds * 1000)

    def weights(self, layer: str) -> Values | None:
        part = self._part(layer)
        weight = getattr(part, "weight", None)
        if weight is None or _kind(part) not in ("convolution", "linear"):
            return None
        return _here(weight.detach())

    def learnt(self, layer: str) -> tuple[Learnt, ...]:
        part = self._part(layer)
        if part is None:
            return ()
        own = part.named_parameters()
        return tuple(Learnt(f"{self._leaves[part]}.{name}", tuple(numbers.shape)) for name, numbers in own)

    def step(self, layer: str) -> Step | None:
        return step_of(self._part(layer))

    def _part(self, layer: str) -> nn.Module | None:
        stems = {stem: part for part, stem in self._leaves.items()}
        return stems.get(layer, stems.get(_stem(layer)))

    def close(self) -> None:
        self._module = None
        self._leaves = {}

    def _pass(
        self,
        values: Values,
        tell: Tell,
        wanted: Mapping[str, Look] | None = None,
    ) -> dict[str, Values]:
        """Through the module; `tell` hears each call of a `wanted` layer, of all without it."""
        with torch.inference_mode(), self._hooked(tell, wanted):
            entering = torch.from_numpy(values).to(self.device.provider, _kind_of_numbers(self._module))
            said = self._module(entering)
        return {name: _here(part) for name, part in _tensors(said) if _is_readable(part)}

    @contextmanager
    def _hooked(self, tell: Tell, wanted: Mapping[str, Look] | None) -> Iterator[None]:
        """Hooks are there during one pass only, and none where nobody looks."""
        calls: Counter[str] = Counter()
        began = 0.0

        def begin(_part: nn.Module, _given: tuple[object, ...]) -> None:
            nonlocal began
            began = time.perf_counter()

        def hear(part: nn.Module, given: tuple[object, ...], said: object) -> None:
            milliseconds = (time.perf_counter() - began) * 1000
            stem = self._leaves[part]
            calls[stem] += 1
            name = stem if calls[stem] == 1 else f"{stem}-{calls[stem]}"
            first = said[0] if isinstance(said, tuple) and said else said
            shown = isinstance(first, Tensor) and _is_readable(first) and can_be_shown(tuple(first.shape))
            if shown and (wanted is None or name in wanted):
                tell(Call(name, part, given[0] if given else None, first, milliseconds))

        stems = None if wanted is None else set(wanted) | {_stem(name) for name in wanted}
        handles = [
            handle
            for part, stem in self._leaves.items()
            if stems is None or stem in stems
            for handle in (part.register_forward_pre_hook(begin), part.register_forward_hook(hear))
        ]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()


def _is_leaf(part: nn.Module) -> bool:
    return next(part.children(), None) is None and not isinstance(part, nn.Dropout | nn.Identity | nn.Flatten)


def _stems(module: nn.Module) -> dict[nn.Module, str]:
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


def _kind_of_numbers(module: nn.Module) -> torch.dtype:
    """What it has learnt, and what it wants to be given."""
    kinds = (numbers.dtype for numbers in module.parameters() if numbers.is_floating_point())
    return next(kinds, torch.float32)


def _stem(name: str) -> str:
    """Of the second call of a module: `relu-2` is of `relu`."""
    stem, _dash, number = name.rpartition("-")
    return stem if number.isdigit() else name


def _is_readable(said: Tensor) -> bool:
    return bool(said.is_floating_point() and said.layout == torch.strided and not said.is_nested)


def _layer(call: Call, picture: tuple[int, int]) -> Layer:
    learnt = sum(numbers.numel() for numbers in call.part.parameters())
    shape = maps_first(np.broadcast_to(np.float32(0), tuple(call.said.shape)), picture).shape[1:]
    return Layer(call.name, _kind(call.part), shape, learnt)


def _given(call: Call) -> Values | None:
    """A copy: what comes next may write over it."""
    given = call.given
    one_picture = isinstance(given, Tensor) and given.ndim == PICTURE_AXES and len(given) == 1
    return np.array(_here(given)[0]) if one_picture and _is_readable(given) else None


def _here(tensor: Tensor) -> Values:
    values: Values = tensor.float().cpu().numpy()
    return values


def _kind(part: nn.Module | None) -> Kind:
    called = type(part).__name__
    for kind, names in KINDS:
        if called in names:
            return kind
    for piece, kind in BY_PART:
        if piece in called:
            return kind
    return "activation" if type(part).__module__ == ACTIVATIONS else "other"


def _tensors(said: object) -> Iterator[tuple[str, Tensor]]:
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


def _inside(parts: Iterable[tuple[object, object]]) -> Iterator[tuple[str, Tensor]]:
    for place, part in parts:
        for inner, tensor in _tensors(part):
            yield f"{place}" if isinstance(part, Tensor) else f"{place}.{inner}", tensor
