"""What a layer did over the last minute, and how its answers are spread now."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.inspection.activity import BINS, Activity
from models.inspection.network import Answer
from models.text import Text
from pipelines.minute import AGO, SECONDS, Minute
from pipelines.result import Curve, Plot

ANSWER = Text("answer", "応答の強さ")
MEAN, MAXIMUM = Text("Mean", "平均"), Text("Maximum", "最大")
Shown = Literal["spread", "strength", "active", "scores"]
CURVES = {
    "spread": Text("How its answers are spread (% of units)", "応答の分布（ユニットの %）"),
    "strength": Text("Mean and maximum, last minute", "平均と最大（直近 1 分）"),
    "active": Text("Active units, last minute (%)", "活動中のユニット（直近 1 分、%）"),
    "scores": Text("What it takes this for, last minute (%)", "何だと判断しているか（直近 1 分、%）"),
}


class Past:
    """Mean, maximum and active units of one layer."""

    def __init__(self) -> None:
        self._minute = Minute(3)

    def add(self, captured: float, activity: Activity) -> None:
        self._minute.add(captured, (activity.mean, activity.maximum, 100 * activity.active))

    def plot(self, shown: Shown, answer: Answer) -> Plot | None:
        """`answer` has its histogram, where that is what is shown; scores are no layer's."""
        if shown == "scores":
            return None
        if shown == "spread":
            return None if answer.histogram is None else _spread(answer.activity, answer.histogram)
        x, (mean, maximum, active) = self._minute.averages()
        curves = (
            (Curve(MEAN, x, mean, "first"), Curve(MAXIMUM, x, maximum, "second"))
            if shown == "strength"
            else (Curve(CURVES["active"], x, active),)
        )
        return Plot(CURVES[shown], AGO, curves, (-SECONDS, 0.0))


def _spread(activity: Activity, histogram: NDArray[np.float32]) -> Plot:
    """A step for each bin."""
    edges = np.linspace(activity.minimum, max(activity.maximum, activity.minimum + 1e-6), BINS + 1)
    x = np.repeat(edges, 2)[1:-1]
    y = np.repeat(100 * histogram.astype(np.float64), 2)
    return Plot(CURVES["spread"], ANSWER, (Curve(CURVES["spread"], x, y),))
