"""The figures and curves beside the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.contest.history import History
from pipelines.contest.round import Round
from pipelines.contest.side import Found
from pipelines.contest.tally import Count, Score
from pipelines.frame import Truth
from pipelines.minute import AGO, SECONDS
from pipelines.result import Comparison, Curve, Plot, Reading, Role, Row
from pipelines.tracking.continuity import CONTINUITY, LOSSES
from pipelines.tracking.continuity import Count as Continuity

Shown = Literal["found", "agreement", "milliseconds"]
LABELLED = Text("Labelled", "正解ラベル")
CURVES = {
    "found": Text("Found in each picture, last minute", "1 枚あたりの検出数（直近 1 分）"),
    "agreement": Text("Agreement, last minute (%)", "一致率（直近 1 分、%）"),
    "milliseconds": Text("Time of each, last minute (ms)", "それぞれの処理時間（直近 1 分、ms）"),
}


def comparison(
    played: Round,
    total: Count,
    titles: tuple[Text, Text],
    troubles: tuple[Text | None, Text | None],
    continuities: tuple[Continuity | None, Continuity | None],
) -> Comparison:
    rows = [*_rows_of_finds(played, total), *_rows_of_continuity(*continuities)]
    if total.labelled:
        rows += _rows_of_truth(played, total)
    rows.append(_row(Text("Time", "処理時間"), played, lambda found: found.usual, "ms", _digits(played)))
    rows.append(_row(Text("Threshold", "しきい値"), played, lambda found: found.threshold, digits=2))
    return Comparison(*titles, tuple(rows), troubles, _about_labels(played.frame.truth))


def readings(played: Round, total: Count) -> tuple[Reading, ...]:
    """What concerns both."""
    given: list[Reading] = []
    if played.first and played.second:
        given.append(Reading("both", Text("Found by both", "両方が検出"), len(played.both)))
        given.append(Reading("both-total", Text("By both so far", "両方が検出（累計）"), total.both))
        if total.agreement is not None:
            title = Text("Agreement so far", "一致率（累計）")
            given.append(Reading("agreement", title, 100 * total.agreement, "%"))
    given.append(Reading("pictures", Text("Pictures so far", "画像数（累計）"), total.frames))
    if total.labelled:
        title = Text("Labelled so far", "正解の数（累計）")
        given.append(Reading("labelled", title, total.wanted))
    return tuple(given)


def plot(history: History, shown: Shown, titles: tuple[Text, Text]) -> Plot:
    """The last minute; curves of which nothing is known are left out."""
    x, past = history.averages()
    lines: list[tuple[Text, NDArray[np.float64], Role]]
    match shown:
        case "found":
            lines = [
                (LABELLED, past.labelled, "soft"),
                (titles[0], past.first, "first"),
                (titles[1], past.second, "second"),
            ]
        case "milliseconds":
            lines = [
                (titles[0], past.first_milliseconds, "first"),
                (titles[1], past.second_milliseconds, "second"),
            ]
        case "agreement":
            share = np.full_like(x, np.nan)
            np.divide(100 * past.both, past.anyone, out=share, where=past.anyone > 0)
            lines = [(CURVES["agreement"], share, "first")]
    curves = tuple(
        Curve(title, x[known], y[known], role) for title, y, role in lines if (known := np.isfinite(y)).any()
    )
    return Plot(CURVES[shown], AGO, curves, (-SECONDS, 0.0))


def _about_labels(truth: tuple[Truth, ...]) -> Text | None:
    if not truth:
        return None
    if any(known.ignore for known in truth):
        return Text("Labelled; with a stroke: does not count", "正解ラベル（斜線つきは対象外）")
    return LABELLED


def _rows_of_finds(played: Round, total: Count) -> Iterator[Row]:
    both = played.first is not None and played.second is not None
    yield _row(
        Text("In this picture", "この画像での検出"), played, lambda found: len(found.boxes), large=True
    )
    alone: tuple[int | None, int | None] = played.alone if both else (None, None)
    yield Row(Text("Found alone", "一方だけが検出"), *alone)
    so_far = (total.first_alone, total.second_alone) if both else (None, None)
    yield Row(Text("Alone so far", "一方だけ（累計）"), *so_far)


def _rows_of_continuity(first: Continuity | None, second: Continuity | None) -> Iterator[Row]:
    """Nothing where neither could be followed."""
    if first is None and second is None:
        return
    first, second = first or Continuity(), second or Continuity()
    yield Row(CONTINUITY, _percent(first.continuity), _percent(second.continuity), "%")
    yield Row(LOSSES, _losses(first), _losses(second))


def _losses(count: Continuity) -> int | None:
    return count.losses if count.there else None


def _rows_of_truth(played: Round, total: Count) -> Iterator[Row]:
    def row(
        title: Text, value: Callable[[Score], float | None], unit: str = "", *, large: bool = False
    ) -> Row:
        first = value(total.first) if played.first else None
        second = value(total.second) if played.second else None
        return Row(title, first, second, unit, large=large)

    yield row(Text("Precision", "適合率"), lambda score: _percent(score.precision), "%")
    yield row(Text("Recall", "再現率"), lambda score: _percent(score.recall), "%")
    yield row(Text("F1", "F1"), lambda score: _percent(score.f1), "%", large=True)
    yield row(Text("False alarms", "誤検出"), lambda score: score.alarms)


def _row(
    title: Text,
    played: Round,
    value: Callable[[Found], float],
    unit: str = "",
    digits: int = 0,
    *,
    large: bool = False,
) -> Row:
    first = value(played.first) if played.first else None
    second = value(played.second) if played.second else None
    return Row(title, first, second, unit, digits, large)


def _digits(played: Round) -> int:
    """Tenths of a millisecond say something only where there are few whole ones."""
    slowest = max((found.usual for found in (played.first, played.second) if found), default=0.0)
    return 1 if slowest < 100 else 0


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
