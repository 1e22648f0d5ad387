"""What a soak has found, and whether that is as good as was promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from desktop.kiosk.soak.life import Life, Span, growth, span
from desktop.kiosk.soak.schedule import FAULTS, Fault

PROMISED = 10.0
"""Seconds to a live picture after any fault."""
GROWTH = 1.0
"""Megabytes an hour that a process may grow."""
CONSTANT = 1.0
"""Handles or threads by which a median may differ and is still constant."""


class Trial(Struct, frozen=True):
    """A fault that was brought, and how the exhibit stood it. Times in seconds."""

    fault: Fault
    survived: bool
    """Its own pictures came again, nothing was wrong any more, and no restart happened but a meant one."""
    without_picture: float
    """The longest time from one picture to the next, whatever played."""
    back_after: float
    """From the end of the fault until the exhibit's own pictures came again."""


class Stood(Struct, frozen=True):
    """All trials of one kind; of the times, the longest."""

    brought: int
    survived: int
    without_picture: float
    back_after: float


class Restarted(Struct, frozen=True):
    meant: int
    """By faults that cost the process its life."""
    others: tuple[str, ...]
    """The reasons of all others."""


class Goals(Struct, frozen=True):
    """Whether each was reached; `None`: the soak was too short to tell."""

    survived: bool
    picture: bool
    """Within `PROMISED` seconds, both from picture to picture and to the exhibit's own ones."""
    restarts: bool
    """None but the meant ones."""
    memory: bool | None
    handles: bool | None
    threads: bool | None


class Outcome(Struct, frozen=True):
    hours: float
    faults: Mapping[Fault, Stood]
    left_out: tuple[Fault, ...]
    """Those that this system did not let be brought."""
    brought: int
    survived: int
    longest_without_picture: float
    """Seconds, over all the soak."""
    longest_back_after: float
    plain_seconds: float
    """For so long only the plain station was shown."""
    restarts: Restarted
    megabytes_an_hour: float | None
    """Of the process that lived longest, like `handles` and `threads`; `None`: too short to tell."""
    handles: Span
    threads: Span
    goals: Goals
    holds: bool
    """Whether no goal was missed."""


def outcome(
    hours: float,
    trials: Sequence[Trial],
    *,
    left_out: Iterable[Fault],
    longest_without_picture: float,
    plain_seconds: float,
    restarts: Restarted,
    life: Life,
) -> Outcome:
    """`life`: of the process that lived longest."""
    stood = {
        fault: _stood(some) for fault in FAULTS if (some := [one for one in trials if one.fault == fault])
    }
    survived = sum(one.survived for one in trials)
    grown = growth(life)
    handles, threads = span(life, lambda one: one.handles), span(life, lambda one: one.threads)
    goals = Goals(
        survived == len(trials),
        all(_is_in_time(one) for one in stood.values()),
        not restarts.others,
        None if grown is None else grown <= GROWTH,
        _is_constant(handles),
        _is_constant(threads),
    )
    return Outcome(
        hours,
        stood,
        tuple(fault for fault in FAULTS if fault in set(left_out)),
        len(trials),
        survived,
        longest_without_picture,
        max((one.back_after for one in trials), default=0.0),
        plain_seconds,
        restarts,
        grown,
        handles,
        threads,
        goals,
        False not in (getattr(goals, name) for name in goals.__struct_fields__),
    )


def _stood(trials: Sequence[Trial]) -> Stood:
    return Stood(
        len(trials),
        sum(one.survived for one in trials),
        max(one.without_picture for one in trials),
        max(one.back_after for one in trials),
    )


def _is_in_time(stood: Stood) -> bool:
    return max(stood.without_picture, stood.back_after) <= PROMISED


def _is_constant(numbers: Span) -> bool | None:
    return None if numbers.growth is None else numbers.growth <= CONSTANT
