"""The layers of a torch module."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from models.inspection.answers import answers_of
from models.inspection.device_answers import fetched
from models.inspection.layer import Layer, Learnt
from models.inspection.maps import PICTURE_AXES, Values, can_be_shown, maps_stand_last, sides_of
from models.inspection.network import Answer, Look, Passed
from models.inspection.scratch import Scratch
from models.inspection.step import Step
from models.inspection.torch_device import Heard, TorchDevice
from models.inspection.torch_parts import is_readable, kind_of, precision_of, stem_of, stems_of, tensors_in
from models.inspection.torch_steps import step_of
from models.inspection.words import cannot_run
from models.runtimes.device import DEVICES, Device, DeviceName

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
    """Of the layer itself, where it is timed."""

    @property
    def picture(self) -> Tensor | None:
        """What it looked at, without the batch, where that is one picture of maps."""
        given = self.given
        if not isinstance(given, Tensor) or given.ndim != PICTURE_AXES or len(given) != 1:
            return None
        return given[0] if is_readable(given) else None


Tell: TypeAlias = Callable[[Call], None]


class TorchLayers:
    """A layer is a module without modules in it, each time it is called. Its answer is copied right away, for
    what comes next may write over it, and looked at when all are there: torch's threads would fall asleep in
    between.
    """

    def __init__(
        self,
        module: nn.Module,
        name: str,
        values: Values,
        threads: int,
        device: DeviceName = "torch-cpu",
        *,
        half: bool = False,
    ) -> None:
        """`name` is what a person calls the network, `values` an input as it will come; `half`: whether a
        device computes in half precision.

        Raises:
            ModelError: torch cannot run it.
        """
        self.device: Device = DEVICES[device]
        if self.device.is_cpu:
            torch.set_num_threads(threads)
        self._rooms: dict[str, Tensor] = {}
        """For copies of what was said, by the layer; of those that were looked at last."""
        self._scratch = Scratch()
        self.half = half and not self.device.is_cpu
        self._name = name
        self._leaves: Mapping[nn.Module, str] = {}
        seen: dict[str, Layer] = {}

        def remember(call: Call) -> None:
            seen.setdefault(call.name, _layer(call))

        try:
            self._module: Any = module.eval().to(self.device.provider)
            if self.half:
                self._module = self._module.to(torch.float16, memory_format=torch.channels_last)
            self._there = TorchDevice(self.device, self._heard, precision_of(module))
            self._leaves = stems_of(module)
            entering = self._there.entered(values)
            self._pass(entering, remember)
            module.requires_grad_(False)  # a lazy module has its parameters only now
            self.parameters = sum(numbers.numel() for numbers in module.parameters())
        except ENDINGS as error:
            raise cannot_run(name, error) from error
        self.layers = tuple(seen.values())

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        """A layer that the network does not have is passed over."""
        return self._run_here(values, looks) if self.device.is_cpu else self._run_there(values, looks)

    def _run_here(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        said: dict[str, Values] = {}
        given: dict[str, Values] = {}
        self._rooms = {name: room for name, room in self._rooms.items() if name in looks}

        times: dict[str, float] = {}

        def keep(call: Call) -> None:
            times[call.name] = call.milliseconds
            said[call.name] = self._copied(call)
            if looks[call.name].values and (numbers := call.picture) is not None:
                given[call.name] = np.array(_here(numbers))

        began = time.perf_counter()
        with self._refusal():
            outputs = self._pass(self._there.entered(values), keep, looks)
        milliseconds = (time.perf_counter() - began) * 1000
        answers = _timed(answers_of(said, looks, self._scratch), looks, times)
        told = {name: _here(part) for name, part in outputs.items()}
        return Passed(told, _with_given(answers, given), milliseconds)

    def _run_there(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        began = time.perf_counter()
        with self._refusal():
            there = self._there.through(values, looks)
        outputs = {name: np.array(_here(part)) for name, part in there.outputs.items()}
        milliseconds = (time.perf_counter() - began) * 1000
        answers = fetched(there.seen)
        answers |= answers_of({name: _here(one) for name, one in there.others.items()}, looks, self._scratch)
        given = {name: np.array(_here(one)) for name, one in there.given.items()}
        return Passed(outputs, _with_given(answers, given), milliseconds)

    def _heard(self, picture: Tensor, looks: Mapping[str, Look]) -> Heard:
        """Copies, for what comes next may write over what is heard."""
        said: dict[str, Tensor] = {}
        given: dict[str, Tensor] = {}

        def keep(call: Call) -> None:
            said[call.name] = call.said[0].clone()
            if looks[call.name].values and (numbers := call.picture) is not None:
                given[call.name] = numbers.clone()

        return Heard(self._pass(picture, keep, looks), said, given)

    @contextmanager
    def _refusal(self) -> Iterator[None]:
        """Whatever the network raises is a `ModelError`."""
        try:
            yield
        except ENDINGS as error:
            raise cannot_run(self._name, error) from error

    def _copied(self, call: Call) -> Values:
        """Into memory that is used again for the next picture: fresh memory would cost more than the copy."""
        said = call.said[0]
        room = self._rooms.get(call.name)
        if room is None or room.shape != said.shape:
            room = self._rooms[call.name] = torch.empty(said.shape)
        return _here(room.copy_(said))

    def weights(self, layer: str) -> Values | None:
        part = self._part(layer)
        weight = getattr(part, "weight", None)
        if weight is None or kind_of(part) not in ("convolution", "linear"):
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
        return stems.get(layer, stems.get(stem_of(layer)))

    def close(self) -> None:
        self._module = None
        self._leaves, self._rooms, self._scratch = {}, {}, Scratch()
        self._there.close()

    def _pass(
        self,
        picture: Tensor,
        tell: Tell,
        wanted: Mapping[str, Look] | None = None,
    ) -> dict[str, Tensor]:
        """Through the module; `tell` hears each call of a `wanted` layer, of all without it."""
        with torch.inference_mode(), self._hooked(sides_of(tuple(picture.shape)), tell, wanted):
            said = self._module(picture)
        return {name: part for name, part in tensors_in(said) if is_readable(part)}

    @contextmanager
    def _hooked(
        self, picture: tuple[int, int], tell: Tell, wanted: Mapping[str, Look] | None
    ) -> Iterator[None]:
        """Hooks are there during one pass only, and none where nobody looks. `picture` is rows and columns of
        what enters."""
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
            if isinstance(first, Tensor) and _can_be_shown(first) and (wanted is None or name in wanted):
                if maps_stand_last(tuple(first.shape[1:]), picture):
                    first = first.movedim(-1, 1)
                tell(Call(name, part, given[0] if given else None, first, milliseconds))

        heard = None if wanted is None else _with_stems(wanted)
        timed = _with_stems(name for name, look in (wanted or {}).items() if look.time)
        handles = []
        for part, stem in self._leaves.items():
            if stem in timed:
                handles.append(part.register_forward_pre_hook(begin))
            if heard is None or stem in heard:
                handles.append(part.register_forward_hook(hear))
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()


def _with_stems(names: Iterable[str]) -> set[str]:
    """A module that is called several times has several layers."""
    return {one for name in names for one in (name, stem_of(name))}


def _can_be_shown(said: Tensor) -> bool:
    return is_readable(said) and can_be_shown(tuple(said.shape))


def _layer(call: Call) -> Layer:
    learnt = sum(numbers.numel() for numbers in call.part.parameters())
    return Layer(call.name, kind_of(call.part), tuple(call.said.shape[1:]), learnt)


def _with_given(answers: dict[str, Answer], given: Mapping[str, Values]) -> dict[str, Answer]:
    return {name: answer._replace(given=given.get(name)) for name, answer in answers.items()}


def _timed(
    answers: dict[str, Answer], looks: Mapping[str, Look], times: Mapping[str, float]
) -> dict[str, Answer]:
    return {
        name: answer._replace(milliseconds=times[name]) if looks[name].time else answer
        for name, answer in answers.items()
    }


def _here(tensor: Tensor) -> Values:
    values: Values = tensor.float().cpu().numpy()
    return values
