"""What is remembered of the last minute: of the layer that is looked at, and of what the network says."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.inspection.activity import Activity
from models.inspection.network import Answer
from models.text import Text
from pipelines.layers.curves import Past, Shown
from pipelines.layers.seen import Seen
from pipelines.layers.trace import ScoreTrace
from pipelines.result import Plot

NO_SCORES = Text(
    "This network says no single thing about the whole picture, so that there are no scores to be traced.",
    "このネットワークは画像全体について一つの判断をしないため、スコアの推移はありません。",
)


class History:
    """Another layer has another past, and so has another network."""

    def __init__(self) -> None:
        self._layer: Hashable = None
        self._network: Hashable = None
        self._past: Past = Past()
        self._trace: ScoreTrace | None = None

    def add(self, seen: Seen, share: NDArray[np.float64] | None) -> None:
        """`share` is (n,), by the class; `None` where the network gives none."""
        self.add_scores(seen.wanted, seen.captured, share)
        if seen.answer:
            self.add_layer((seen.wanted, seen.layer.name), seen.captured, seen.answer.activity)

    def add_scores(self, network: Hashable, captured: float, share: NDArray[np.float64] | None) -> None:
        """(n,) of one picture; `None` where the network gives none."""
        if network != self._network or share is None:
            self._network, self._trace = network, None
        if share is not None:
            self._trace = self._trace or ScoreTrace()
            self._trace.add(captured, share)

    def add_layer(self, layer: Hashable, captured: float, activity: Activity) -> None:
        if layer != self._layer:
            self._layer, self._past = layer, Past()
        self._past.add(captured, activity)

    def lacks(self, shown: Shown) -> Text | None:
        """What to say where there is nothing to be shown."""
        return NO_SCORES if shown == "scores" and self._trace is None else None

    def plot(self, shown: Shown, answer: Answer | None, titles: Sequence[Text]) -> Plot | None:
        """`answer` is the layer's, if it is one; `titles` are those of the classes."""
        if shown == "scores":
            return self._trace.plot(titles) if self._trace else None
        return None if answer is None else self._past.plot(shown, answer)
