"""One frame seen by both detectors, matched with each other and with what is labelled."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from pipelines.contest.history import Moment
from pipelines.contest.matching import Verdict, boxes_of, judged, pairs
from pipelines.contest.side import Found
from pipelines.contest.tally import Count, Score
from pipelines.frame import Frame


class Round(Struct, frozen=True):
    """`first` and `second` are what each found, `None` where it could not look. `both` are pairs of places
    in these. Verdicts are there where the frame is labelled."""

    frame: Frame
    first: Found | None
    second: Found | None
    both: tuple[tuple[int, int], ...]
    verdicts: tuple[Verdict | None, Verdict | None]

    @staticmethod
    def of(frame: Frame, first: Found | None, second: Found | None, least: float) -> Round:
        """`least` is the overlap from which on two boxes mean the same thing."""
        both: list[tuple[int, int]] = []
        if first and second:
            both = pairs(boxes_of(first.boxes), boxes_of(second.boxes), least)
        return Round(
            frame, first, second, tuple(both), (_verdict(frame, first, least), _verdict(frame, second, least))
        )

    @property
    def alone(self) -> tuple[int, int]:
        """How many the first found alone, and the second."""
        return _many(self.first) - len(self.both), _many(self.second) - len(self.both)

    @property
    def wanted(self) -> int:
        """Labelled things that are to be found."""
        return sum(not known.ignore for known in self.frame.truth)

    def count(self) -> Count:
        first_alone, second_alone = self.alone
        first, second = map(_score, self.verdicts)
        labelled = int(self.frame.labelled)
        return Count(
            1, len(self.both), first_alone, second_alone, labelled, self.wanted * labelled, first, second
        )

    def moment(self) -> Moment:
        first, second, both = map(float, (_many(self.first), _many(self.second), len(self.both)))
        compared = self.first is not None and self.second is not None
        return Moment(
            first if self.first else np.nan,
            second if self.second else np.nan,
            both if compared else np.nan,
            first + second - both if compared else np.nan,
            float(self.wanted) if self.frame.labelled else np.nan,
            self.first.milliseconds if self.first else np.nan,
            self.second.milliseconds if self.second else np.nan,
        )


def _many(found: Found | None) -> int:
    return len(found.boxes) if found else 0


def _verdict(frame: Frame, found: Found | None, least: float) -> Verdict | None:
    return judged(found.boxes, frame.truth, least) if found and frame.labelled else None


def _score(verdict: Verdict | None) -> Score:
    if verdict is None:
        return Score()
    return Score(int(verdict.right.sum()), int(verdict.alarms.sum()), verdict.missed)
