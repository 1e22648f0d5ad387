"""What a layer is, whichever runtime computes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from models.text import Text

Kind = Literal[
    "input",
    "convolution",
    "linear",
    "activation",
    "pooling",
    "normalisation",
    "sum",
    "product",
    "join",
    "softmax",
    "enlargement",
    "attention",
    "other",
]
KINDS: Final[Mapping[Kind, Text]] = MappingProxyType(
    {
        "input": Text("what enters", "入力画像"),
        "convolution": Text("convolution", "畳み込み"),
        "linear": Text("fully connected", "全結合"),
        "activation": Text("activation", "活性化関数"),
        "pooling": Text("pooling", "プーリング"),
        "normalisation": Text("normalisation", "正規化"),
        "sum": Text("sum", "加算"),
        "product": Text("product", "乗算"),
        "join": Text("concatenation", "連結"),
        "softmax": Text("softmax", "ソフトマックス"),
        "enlargement": Text("enlargement", "拡大"),
        "attention": Text("attention", "注意"),
        "other": Text("other", "その他"),
    }
)


FIRST, LAST, INPUT = "first", "last", "input"
"""The first convolution, the layer that is computed last, whatever they are called, and what enters them: no
layer has one of these for its name."""


class Layer(Struct, frozen=True):
    """One step of a network whose answer can be looked at.

    `name` is unique in the network and may stand in a scene: letters, digits, `.`, `_` and `-`.
    """

    name: str
    kind: Kind
    shape: tuple[int, ...]
    """Of its answer to the picture that it was opened with, without the batch: (maps, rows, columns),
    (tokens, features) or (units,)."""
    parameters: int
    """How many numbers it has learnt."""


class Learnt(NamedTuple):
    """Some of what a layer has learnt, by its name in the network."""

    name: str
    shape: tuple[int, ...]
