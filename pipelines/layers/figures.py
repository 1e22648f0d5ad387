"""What a layer did, in figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from models.inspection.activity import Activity
from models.inspection.layer import Layer, Learnt
from models.text import Text
from pipelines.layers.seen import Seen
from pipelines.result import Reading

MILLION = 1e6
APART = Text("Difference of the two, this layer", "2 つの差（この層）")
WEIGHTS, BIAS = Text("Weights", "結合荷重"), Text("Bias", "バイアス")
WHOLE = Text("Learnt numbers, whole network", "学習した数値（ネットワーク全体）")
WORST = Text("Difference of the two, worst layer", "2 つの差（最も大きい層）")


def figures_of(seen: Seen, apart: Mapping[str, float]) -> tuple[Reading, ...]:
    """`apart`: how far the two libraries are, by the layer's name, where they are compared."""
    compared = parity_readings(apart, seen.layer.name)
    if seen.answer is None:
        return compared
    learnt = learnt_readings(seen.network.learnt(seen.layer.name), seen.network.parameters)
    return (*readings(seen.layer, seen.answer.activity), *learnt, *compared)


def readings(layer: Layer, activity: Activity) -> tuple[Reading, ...]:
    """Of a layer and its answer to one picture."""
    found = [
        Reading("maps", Text("Maps", "特徴地図の数"), len(activity.means)),
        Reading("mean", Text("Mean", "平均"), activity.mean, "", 3),
        Reading("maximum", Text("Maximum", "最大"), activity.maximum, "", 3),
        Reading("active", Text("Active units", "活動中のユニット"), 100 * activity.active, "%", 1),
        Reading("parameters", Text("Learnt numbers, this layer", "学習した数値（この層）"), layer.parameters),
    ]
    if activity.strange:
        found.append(Reading("strange", Text("Infinite or no numbers", "無限大または非数"), activity.strange))
    return tuple(found)


def learnt_readings(learnt: Sequence[Learnt], whole: int) -> tuple[Reading, ...]:
    """What a layer has learnt, part by part with its name and shape, and how much the `whole` network has."""
    found = [
        Reading(f"learnt-{number}", _part(part), math.prod(part.shape)) for number, part in enumerate(learnt)
    ]
    return (*found, Reading("network-parameters", WHOLE, whole))


def _part(part: Learnt) -> Text:
    """`Weights layer4.0.conv1.weight, 512 × 256 × 3 × 3`."""
    kind = BIAS if part.name.endswith("bias") else WEIGHTS
    sides = "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(str(side) for side in part.shape)
    return Text(f"{kind.en} {part.name}, {sides}", f"{kind.ja} {part.name}、{sides}")


def parity_readings(apart: Mapping[str, float], layer: str) -> tuple[Reading, ...]:
    """In millionths of a layer's strongest answer: of this layer, where it was compared, and of the worst."""
    if not apart:
        return ()
    found = [Reading("compared", Text("Layers compared", "比較した層"), len(apart))]
    if layer in apart:
        found.append(Reading("apart", APART, apart[layer] * MILLION, "ppm", 2))
    found.append(Reading("worst", WORST, max(apart.values()) * MILLION, "ppm", 2))
    return tuple(found)
