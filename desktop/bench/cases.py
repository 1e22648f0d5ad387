"""All cases, and those that a person asks for."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from desktop.bench import (
    cascade,
    detectors,
    distortions,
    graphics_card,
    lanes,
    memory,
    pipelines,
    start,
    viewer,
    viewer_opening,
    viewer_stream,
)
from desktop.bench.case import Case, CaseError, Effort, Row
from desktop.language import _, say
from models.errors import FusiformError

log = logging.getLogger(__name__)


def every_case() -> dict[str, Case]:
    """By name, in the order in which they are measured: memory last, for it takes longest."""
    found = [
        *pipelines.cases(),
        *detectors.cases(),
        *distortions.cases(),
        *cascade.cases(),
        *viewer.cases(),
        *viewer_opening.cases(),
        *graphics_card.cases(),
        *lanes.cases(),
        *_painted(),
        *start.cases(),
        *viewer_stream.cases(),
        *memory.cases(),
    ]
    return {case.name: case for case in found}


def chosen(known: Mapping[str, Case], patterns: Sequence[str]) -> list[Case]:
    """Cases that one of the patterns names (`*` stands for anything), or all without a pattern.

    Raises:
        KeyError: a pattern names no case.
    """
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in known):
            raise KeyError(pattern)
    return [
        case
        for name, case in known.items()
        if not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)
    ]


def rows_of(case: Case, effort: Effort) -> Iterable[Row]:
    """What the case measures, or one row that says why it cannot be measured."""
    try:
        return list(case.measure(effort))
    except CaseError as reason:
        return [_skipped(case, str(reason))]
    except FusiformError as error:
        return [_skipped(case, say(error.text))]
    except Exception as error:
        log.exception("the case %s failed", case.name)
        sentence = _("An error in the program ended this case: {error}.")
        return [_skipped(case, sentence.format(error=f"{type(error).__name__}: {error}"))]


def _painted() -> Iterator[Case]:
    """The cases that import Qt's widgets, only once they are measured."""

    def dog(effort: Effort) -> Iterable[Row]:
        from desktop.bench.painting import measure

        return measure("engine/dog-720p", effort)

    def age(effort: Effort) -> Iterable[Row]:
        from desktop.bench.age import measure

        return measure("engine/age-720p30", effort)

    def objects(effort: Effort) -> Iterable[Row]:
        from desktop.bench.viewer_window import measure

        return measure("viewer/objects-720p", effort)

    def recording(effort: Effort) -> Iterable[Row]:
        from desktop.bench.recording import measure

        return measure("record/720p30", effort)

    def tools(effort: Effort) -> Iterable[Row]:
        from desktop.bench.tools import measure

        return measure("tools/profile", effort)

    yield Case("engine/dog-720p", dog)
    yield Case("engine/age-720p30", age)
    yield Case("viewer/objects-720p", objects)
    yield Case("record/720p30", recording)
    yield Case("tools/profile", tools)


def _skipped(case: Case, sentence: str) -> Row:
    return Row(case.name, "", None, skipped=sentence)
