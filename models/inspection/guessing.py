"""How a picture enters an ONNX file of which nothing else is known: told by its input, and by its outputs
where they are those of a detector that we know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from models.detectors.recognise import LAYOUTS
from models.errors import ModelError
from models.preparation import IMAGENET, Preparation
from models.runtimes.network import Intake, Signature, Tensor

if TYPE_CHECKING:
    from onnx import ModelProto, ValueInfoProto

COLOURS: Final = 3
BYTES: Final = 2
"""ONNX's number for whole numbers from 0 to 255."""
KINDS: Final = {1: "", BYTES: "uint8 ", 10: "float16 ", 11: "double "}
"""By ONNX's numbers for them: as what a picture can enter."""
USUAL: Final = (4, 3)
"""Width and height of most pictures."""
MULTIPLES: Final = (32, 64, 128)
"""Of which the sides must be in networks that shrink the picture and enlarge it again."""
SQUARES: Final = (224, 640)
"""Sides that networks were made for whose files do not tell it."""


class Entrance(NamedTuple):
    """The input for pictures; a side of any length is 0."""

    channels: int
    height: int
    width: int
    last: bool
    """Whether the channels stand last."""
    bytes: bool
    """Whether the levels enter as they are, from 0 to 255."""


def preparations(model: ModelProto, title: str) -> tuple[Preparation, ...]:
    """What may be right, the likeliest first; `title` is what a person calls the network.

    Raises:
        ModelError: no picture goes into it.
    """
    entrance = _entrance(model, title)
    levels = _levels(entrance, _intake(model))
    height, width = entrance.height, entrance.width
    if height and width:
        return (_sized(levels, height, width),)
    if height or width:
        return (_sized(levels, *_completed(height, width)),)
    free = tuple(_any_size(levels, multiple) for multiple in MULTIPLES)
    return (*free, *(_sized(levels, side, side) for side in SQUARES))


def _entrance(model: ModelProto, title: str) -> Entrance:
    inputs = _inputs(model)
    found = _read(inputs[0]) if len(inputs) == 1 else None
    if found is None:
        listed = ", ".join(map(_told, inputs)) or "–"
        raise ModelError(
            f"No picture goes into {title}: expected is one input 1 × 3 × h × w or 1 × 1 × h × w, "
            f"found was {listed}.",
            f"{title} は画像を入力とするネットワークではありません。"
            f"必要な入力は 1 × 3 × h × w または 1 × 1 × h × w の一つで、見つかったのは {listed} です。",
        )
    return found


def _read(given: ValueInfoProto) -> Entrance | None:
    kind = given.type.tensor_type.elem_type
    sides = _sides(given) or (0, 0, 0, 0)  # of an input whose shape is not told anything may be true
    if kind not in KINDS or len(sides) != 4 or sides[0] > 1:
        return None
    if sides[1] not in (1, COLOURS) and sides[3] in (1, COLOURS):
        return Entrance(sides[3], sides[1], sides[2], True, kind == BYTES)
    if sides[1] in (0, 1, COLOURS):
        return Entrance(sides[1] or COLOURS, sides[2], sides[3], False, kind == BYTES)
    return None


def _inputs(model: ModelProto) -> list[ValueInfoProto]:
    """Old files list among them what the network has learnt."""
    learnt = {tensor.name for tensor in model.graph.initializer}
    return [one for one in model.graph.input if one.name not in learnt]


def _sides(one: ValueInfoProto) -> tuple[int, ...]:
    return tuple(max(side.dim_value, 0) for side in one.type.tensor_type.shape.dim)


def _told(one: ValueInfoProto) -> str:
    kind = KINDS.get(one.type.tensor_type.elem_type)
    if kind is None:
        from onnx import TensorProto

        kind = f"{TensorProto.DataType.Name(one.type.tensor_type.elem_type).lower()} "
    return kind + (" × ".join(str(side or "?") for side in _sides(one)) or "?")


def _intake(model: ModelProto) -> Intake | None:
    """Of a detector that we know."""
    inputs = tuple(Tensor(one.name, _open(one)) for one in _inputs(model))
    found = Signature(inputs, tuple(Tensor(one.name, _open(one)) for one in model.graph.output))
    return next((layout.intake for layout in LAYOUTS if layout.fits(found)), None)


def _open(one: ValueInfoProto) -> tuple[int | None, ...]:
    return tuple(side or None for side in _sides(one))


def _levels(entrance: Entrance, intake: Intake | None) -> Preparation:
    """Of any size. Without an `intake` with what most networks were trained with."""
    last, channels = entrance.last, entrance.channels
    if intake is not None:
        shift = (intake.mean * intake.factor,)
        return Preparation(fit="whole", rgb=intake.rgb, scale=intake.factor, mean=shift)
    if entrance.bytes:
        return Preparation(channels=channels, channels_last=last, scale=1.0)
    if channels == 1:
        return Preparation(channels=1, channels_last=last)
    return Preparation(channels_last=last, mean=IMAGENET.mean, deviation=IMAGENET.deviation)


def _sized(levels: Preparation, height: int, width: int) -> Preparation:
    return replace(levels, height=height, width=width)


def _any_size(levels: Preparation, multiple: int) -> Preparation:
    return replace(levels, multiple=multiple, side=max(levels.side, 3 * multiple))


def _completed(height: int, width: int) -> tuple[int, int]:
    """With one side, the other as in most pictures."""
    across, down = USUAL
    return (height, height * across // down) if height else (width * down // across, width)
