"""Modules of torch as nobody expects them, each given by a function without arguments."""

from __future__ import annotations

import sys
from collections import namedtuple
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

Pair = namedtuple("Pair", ["maps", "scores"])


@dataclass
class Said:
    maps: Tensor
    words: str


class Small(nn.Module):  # type: ignore[misc]
    """Convolution and ReLU; what comes of it is wrapped by `wrap`."""

    def __init__(self, wrap: Any = lambda said: said) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.conv, self.relu = nn.Conv2d(3, 4, 7, 8), nn.ReLU()
        self.wrap = wrap

    def forward(self, picture: Tensor) -> Any:
        return self.wrap(self.relu(self.conv(picture)))


class Once(Small):
    """Runs with the first picture only."""

    def forward(self, picture: Tensor) -> Any:
        if picture.max() > 0:
            raise ValueError("not with this one")
        return super().forward(picture)


class Hooked(Small):
    """Takes away all hooks of its convolution, and its own change what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.relu.register_forward_hook(lambda _part, _given, said: said + 1)

    def forward(self, picture: Tensor) -> Any:
        self.conv._forward_hooks.clear()
        self.conv.register_forward_hook(lambda _part, _given, said: said * 2)
        return super().forward(picture)


class Twice(Small):
    """One layer for two things."""

    def forward(self, picture: Tensor) -> Any:
        return self.relu(-self.relu(self.conv(picture)) + 1)


class InPlace(Small):
    """What it says is overwritten right away."""

    def forward(self, picture: Tensor) -> Any:
        said = self.conv(picture)
        kept = self.relu(said)
        said.zero_()
        kept.mul_(0)
        return kept


class Training(nn.Module):  # type: ignore[misc]
    """Puts itself into training each time."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm, self.drop = nn.Conv2d(3, 4, 7, 8), nn.BatchNorm2d(4), nn.Dropout(0.5)

    def forward(self, picture: Tensor) -> Any:
        self.train()
        return self.drop(self.norm(self.conv(picture)))


class Nested(nn.Module):  # type: ignore[misc]
    """Says numbers of all kinds, in a heap."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 7, 8)

    def forward(self, picture: Tensor) -> Any:
        said = self.conv(picture)
        return {
            "all": [said, (said > 0, said.long(), [said.to(torch.complex64), said.to_sparse()])],
            "more": {"words": "none", "pair": Pair(said, said.mean((2, 3)))},
            7: Said(said, "words"),
        }


class Batches(nn.Module):  # type: ignore[misc]
    """Looks at four pieces of the picture at once; and at none."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.inside, self.nothing, self.behind = (nn.ReLU() for _part in range(4))

    def forward(self, picture: Tensor) -> Any:
        self.nothing(picture[:, :, :0])
        said = self.inside(self.before(picture).reshape(4, 3, 112, 112))
        return self.behind(said.reshape(1, 12, 112, 112))


class Memory(nn.Module):  # type: ignore[misc]
    """Layers that say more than one thing."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(672, 8, batch_first=True)
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, picture: Tensor) -> Any:
        said, _state = self.lstm(picture.permute(0, 2, 1, 3).flatten(2))
        return self.attention(said, said, said)[0]


class Depends(nn.Module):  # type: ignore[misc]
    """Of a dark picture it says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.found, self.conv = nn.ReLU(), nn.Conv2d(3, 4, 7, 8)

    def forward(self, picture: Tensor) -> Any:
        bright = picture[picture > 0][None]
        if bright.numel() > 1:
            self.found(bright)
        return self.conv(picture)


class Named(nn.Module):  # type: ignore[misc]
    """Names that mean something else here, or nothing, or the same."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.input, self.last = nn.Conv2d(3, 4, 7, 8), nn.ReLU(), nn.Sigmoid()
        self.file, self.relu = nn.Tanh(), nn.ReLU()
        self.add_module("relu-2", nn.ReLU6())
        self.add_module("畳み込み", nn.Conv2d(4, 4, 1))
        self.model = nn.ModuleDict({"relu": nn.ELU()})

    def forward(self, picture: Tensor) -> Any:
        said = self.file(self.last(self.input(self.first(picture))))
        said = self.relu(self.relu(said))
        return self.model["relu"](self._modules["畳み込み"](self._modules["relu-2"](said)))


class Strange(Small):
    """No numbers, and infinite ones."""

    def forward(self, picture: Tensor) -> Any:
        said = super().forward(picture)
        return self.relu(said / 0)


class Numbers(nn.Module):  # type: ignore[misc]
    def forward(self, picture: Tensor) -> Any:
        return picture.mean((2, 3))


class Two(Small):
    def forward(self, picture: Tensor, other: Tensor) -> Any:  # type: ignore[override]
        return super().forward(picture + other)


class Leaves(Small):
    def forward(self, picture: Tensor) -> Any:
        sys.exit(3)


def plain() -> nn.Module:
    return Small()


def as_dict() -> nn.Module:
    return Small(lambda said: {"maps": said, "none": None})


def as_list() -> nn.Module:
    return Small(lambda said: [said, said.mean((2, 3))])


def as_dataclass() -> nn.Module:
    return Small(lambda said: Said(said, "words"))


def as_nothing() -> nn.Module:
    return Small(lambda _said: None)


def as_nested() -> nn.Module:
    return Nested()


def hooked() -> nn.Module:
    return Hooked()


def twice() -> nn.Module:
    return Twice()


def in_place() -> nn.Module:
    return InPlace()


def training() -> nn.Module:
    return Training()


def lazy() -> nn.Module:
    return nn.Sequential(nn.LazyConv2d(4, 7, 8), nn.ReLU(), nn.Flatten(), nn.LazyLinear(6))


def half() -> nn.Module:
    return Small().bfloat16()


def double() -> nn.Module:
    return Small().double()


def batches() -> nn.Module:
    return Batches()


def memory() -> nn.Module:
    return Memory()


def depends() -> nn.Module:
    return Depends()


def names() -> nn.Module:
    return Named()


def strange() -> nn.Module:
    return Strange()


def one_layer() -> nn.Module:
    return nn.Conv2d(3, 4, 7, 8)


def many() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 5000, 7, 32), nn.ReLU(inplace=True))


def scripted() -> nn.Module:
    made: nn.Module = torch.jit.script(nn.Sequential(nn.Conv2d(3, 4, 7, 8), nn.ReLU()))
    return made


def once() -> nn.Module:
    return Once()


def only_itself() -> nn.Module:
    return Numbers()


def no_layers() -> nn.Module:
    return nn.Sequential(nn.Identity(), nn.Flatten())


def two_inputs() -> nn.Module:
    return Two()


def leaves() -> nn.Module:
    return Leaves()


def without_weights() -> nn.Module:
    with torch.device("meta"):
        return Small()


def leaves_at_once() -> nn.Module:
    sys.exit(3)


SHOWN = (
    plain, as_dict, as_list, as_dataclass, as_nothing, as_nested, hooked, twice, in_place, training,
    lazy, half, double, batches, memory, depends, names, strange, one_layer, only_itself, many,
)  # fmt: skip
REFUSED = (scripted, no_layers, two_inputs, leaves, without_weights, leaves_at_once)
