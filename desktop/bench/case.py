"""What is measured: cases, how long they may take, and the rows that come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias

from msgspec import Struct


class Effort(Struct, frozen=True):
    """How thoroughly to measure; all times in seconds."""

    turns: float
    """For each pipeline case, in which pipeline and reference take turns."""
    segments: int
    """How many stretches of a running stream are compared with as many of the reference."""
    segment: float
    backlog: float
    """How long memory is watched."""
    starts: int


FULL = Effort(turns=6, segments=5, segment=8, backlog=600, starts=7)
QUICK = Effort(turns=1.5, segments=3, segment=3, backlog=60, starts=3)


class Goal(Struct, frozen=True):
    of: Literal["value", "ratio"]
    sense: Literal["<=", ">="]
    limit: float

    def __str__(self) -> str:
        return f"{self.of} {self.sense} {self.limit:g}"

    def met_by(self, figure: float) -> bool:
        return figure <= self.limit if self.sense == "<=" else figure >= self.limit


class Row(Struct, frozen=True):
    """One figure. `value` and `reference` are medians in `unit`; a figure that was `skipped` (a sentence
    says why) has none.
    """

    case: str
    unit: str
    goal: Goal | None
    value: float | None = None
    reference: float | None = None
    skipped: str | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.value is not None and self.reference else None

    @property
    def holds(self) -> bool | None:
        if self.goal is None:
            return None
        figure = self.ratio if self.goal.of == "ratio" else self.value
        return None if figure is None else self.goal.met_by(figure)

    def as_json(self, machine: str) -> dict[str, Any]:
        """The row as other people's scripts read it."""
        return {
            "case": self.case,
            "value": self.value,
            "unit": self.unit,
            "reference": self.reference,
            "ratio": self.ratio,
            "goal": None if self.goal is None else str(self.goal),
            "holds": self.holds,
            "skipped": self.skipped,
            "machine": machine,
        }


Measure: TypeAlias = Callable[[Effort], Iterable[Row]]


class Case(Struct, frozen=True):
    """A name to ask for, and what it measures: one row, or several whose names begin with it."""

    name: str
    measure: Measure


class CaseError(Exception):
    """This case cannot be measured on this machine; the message is one sentence in the current language."""
