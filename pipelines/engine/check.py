"""Whether what a pipeline returned can be shown.

It is looked at on the lane's thread: on the window's, another package's mistake would cost all lanes.
"""

from __future__ import annotations

from numbers import Real
from typing import Any, get_args

import numpy as np

from models.errors import FusiformError, PipelineError
from models.text import Text
from pipelines.result import (
    Box,
    Caption,
    Comparison,
    Curve,
    Key,
    Lines,
    Plot,
    Points,
    Reading,
    Result,
    Role,
    Row,
)
from pipelines.status import Status

FARTHEST = 1e6
"""Pixels from the picture's corner: whatever is further away is a mistake, and no painter can reach it."""


def checked(result: object) -> Result:
    """`result`, if it is one that can be shown.

    Raises:
        PipelineError: of another type, or something in it is: its picture, a mark, a reading.
    """
    if not isinstance(result, Result):
        raise _no_picture(type(result).__name__)
    _check_picture(result.picture)
    for part in (*result.marks, *result.readings, *result.legend):
        if not _can_be_shown(part):
            raise _cannot_be_shown(part)
    if result.plot is not None and not _can_be_drawn(result.plot):
        raise _cannot_be_shown(result.plot)
    if result.comparison is not None and not _can_be_compared(result.comparison):
        raise _cannot_be_shown(result.comparison)
    if not _is_part(result.shows, result.picture.shape[:2]) or (result.signed and result.picture.ndim == 2):
        raise _cannot_be_shown((result.shows, result.signed))
    return result


def told(status: object) -> Status | None:
    """`status`, if it is one that can be shown."""
    return status if isinstance(status, Status) and _is_sound(status) else None


def _check_picture(picture: object) -> None:
    if not isinstance(picture, np.ndarray) or picture.dtype != np.uint8:
        raise _no_picture(str(getattr(picture, "dtype", type(picture).__name__)))
    if picture.size == 0 or not (picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] == 3)):
        raise _no_picture(" × ".join(map(str, picture.shape)))


def _can_be_shown(part: object) -> bool:
    match part:
        case Box(box, label, score, role, title, identity):
            said = isinstance(label, str) and isinstance(title, Text | None) and _is_number(identity)
            scored = isinstance(score, Real | None)
            return said and scored and _is_role(role) and _are_places(np.array(box), (4,))
        case Points(points, sizes, role):
            sized = sizes is None or _are_places(sizes, (len(points),))
            return sized and _is_role(role) and _are_places(points, (len(points), 2))
        case Lines(lines, role):
            return _is_role(role) and _are_places(lines, (len(lines), 4))
        case Caption(at, text, role):
            return isinstance(text, Text) and _is_role(role) and _are_places(np.array(at), (2,))
        case Reading(_, title, value):
            return isinstance(title, Text) and isinstance(value, Real)
        case Key(title, colour):
            return isinstance(title, Text) and len(colour) == 3
    return False


def _is_sound(status: Status) -> bool:
    words = (status.subject, status.device, status.choice, status.notice)
    if not all(isinstance(said, Text | None) for said in words):
        return False
    readings = all(isinstance(part, Reading) and _can_be_shown(part) for part in status.readings)
    return readings and isinstance(status.refused, FusiformError | None)


def _can_be_drawn(plot: object) -> bool:
    return (
        isinstance(plot, Plot)
        and _is_range(plot.x_range)
        and all(
            isinstance(curve, Curve) and _is_role(curve.role) and _are_alike(curve.x, curve.y)
            for curve in plot.curves
        )
    )


def _can_be_compared(comparison: object) -> bool:
    match comparison:
        case Comparison(first, second, rows, troubles, soft):
            said = (first, second, *(row.title for row in rows if isinstance(row, Row)))
            left_open = (*troubles, soft)
            return (
                all(isinstance(text, Text) for text in said)
                and all(isinstance(text, Text | None) for text in left_open)
                and all(isinstance(row, Row) and _are_figures(row.first, row.second) for row in rows)
            )
    return False


def _are_figures(*values: object) -> bool:
    return all(isinstance(value, Real | None) for value in values)


def _is_range(span: object) -> bool:
    if span is None:
        return True
    ends = np.array(span)
    return _are_numbers(ends) and ends.shape == (2,) and bool(np.isfinite(ends).all()) and ends[0] < ends[1]


def _is_number(identity: object) -> bool:
    """From 1, or none."""
    return identity is None or (isinstance(identity, int) and identity > 0)


def _is_part(shows: object, shape: tuple[int, ...]) -> bool:
    """All of a picture, nothing of it, or whole pixels in it."""
    if shows in ("frame", "other"):
        return True
    if not (isinstance(shows, tuple) and len(shows) == 4 and all(isinstance(end, int) for end in shows)):
        return False
    x, y, width, height = shows
    inside = x + width <= shape[1] and y + height <= shape[0]
    return bool(min(x, y) >= 0 and min(width, height) >= 1 and inside)


def _is_role(role: object) -> bool:
    return role in get_args(Role)


def _are_places(values: Any, shape: tuple[int, ...]) -> bool:
    """Numbers in this shape, none of them out of reach."""
    return _are_numbers(values) and values.shape == shape and bool((np.abs(values) <= FARTHEST).all())


def _are_alike(x: Any, y: Any) -> bool:
    return _are_numbers(x) and _are_numbers(y) and x.ndim == 1 and x.shape == y.shape


def _are_numbers(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.dtype.kind in "iuf"


def _no_picture(what: str) -> PipelineError:
    return PipelineError(
        f"The pipeline returned something that is no picture ({what}); it will be tried again.",
        f"パイプラインが画像ではないもの（{what}）を返しました。自動的に再試行します。",
    )


def _cannot_be_shown(part: object) -> PipelineError:
    what = f"{part!r:.80}"
    return PipelineError(
        f"The pipeline returned something that cannot be shown ({what}); it will be tried again.",
        f"パイプラインが表示できないもの（{what}）を返しました。自動的に再試行します。",
    )
