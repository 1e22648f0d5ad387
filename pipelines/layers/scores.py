"""What a network takes the whole picture for: its scores as shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.inspection.maps import Values
from models.text import Text, plain
from pipelines.result import Score

TOP = 5


def shares(scores: Values, temperature: float) -> NDArray[np.float64]:
    """The softmax of (n,) scores: above 1 the `temperature` makes it less sure, below 1 surer."""
    scaled = scores.astype(np.float64) / temperature
    raised: NDArray[np.float64] = np.exp(scaled - scaled.max())
    found: NDArray[np.float64] = raised / raised.sum()
    return found


def scores_in(outputs: Mapping[str, Values]) -> Values | None:
    """(n,) of the one output that is a row of several numbers; `None` where there is no such, or not one."""
    rows = [
        values[0] for values in outputs.values() if values.ndim == 2 and len(values) == 1 < values.shape[1]
    ]
    return rows[0] if len(rows) == 1 and np.isfinite(rows[0]).all() else None


def top(share: NDArray[np.float64], titles: Sequence[Text]) -> tuple[Score, ...]:
    """The surest first, with their words where those are known."""
    best = np.argsort(-share, kind="stable")[:TOP].tolist()
    known = titles if len(titles) == len(share) else ()
    return tuple(Score(title_of(n, known), float(share[n])) for n in best)


def title_of(number: int, titles: Sequence[Text]) -> Text:
    """The words for one class; `titles` of all, or none where they are not known."""
    return titles[number] if titles else plain(f"no. {number}")
