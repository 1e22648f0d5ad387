"""How one number of the layer that is looked at came about, where that is asked for."""

from __future__ import annotations

from models.inspection.step import Unit
from models.text import Text
from pipelines.arithmetic import Sum
from pipelines.layers.looking import ENTRANCE
from pipelines.layers.seen import Seen
from pipelines.layers.sums import followers, mark_of, sum_of, unit_in
from pipelines.result import Box
from pipelines.units import Units

NO_SUM = Text(
    "{layer} makes its numbers in another way: products and sums are shown of convolutions and poolings.",
    "{layer} は別の方法で値を計算します。積と和を示せるのは畳み込み層とプーリング層です。",
)


def is_asked(seen: Seen) -> bool:
    return seen.parameters.sums and seen.layer is not ENTRANCE


def sum_in(seen: Seen) -> Sum | None:
    """`None` where it is not asked for, or cannot be told."""
    layer, parameters = seen.layer, seen.parameters
    step = seen.network.step(layer.name) if is_asked(seen) else None
    if step is None or len(layer.shape) != 3:
        return None
    unit = unit_in(layer.shape, Unit(parameters.unit, parameters.row, parameters.column))
    return sum_of(layer, step, unit, seen.passed.answers, followers(seen.layers, layer))


def lack(seen: Seen, found: Sum | None) -> Text | None:
    """What to say where it cannot be told."""
    return NO_SUM.filled(layer=seen.layer.name) if is_asked(seen) and found is None else None


def marks_of(seen: Seen, found: Sum | None, units: Units) -> tuple[Box, ...]:
    """Where that number stands in the picture."""
    if found is None or units.shape is None:
        return ()
    return (mark_of(Unit(*found.unit), seen.layer.shape, units),)
