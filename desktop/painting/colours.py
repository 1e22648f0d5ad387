"""Which colours the roles of marks, and things that are followed, take on a picture."""

from __future__ import annotations

import functools

from msgspec import Struct
from PySide6.QtGui import QColor

from desktop.theme import DARK, Palette
from pipelines.result import Role

CASING = QColor(12, 14, 18)
"""Dark rim of every mark, so that it is seen on a bright picture too; opaque, for that
paints ten times as fast."""


IDENTITIES = ("#f7f93e", "#f79ec9", "#55eefd", "#ffffff", "#a37fc2", "#00ab9d")
"""Yellow, pink, cyan, white, purple, teal: told from each other and from blue and orange, in both palettes,
also by people who do not see red or green."""


class Paint(Struct, frozen=True, eq=False):
    """`line` draws the shape and fills its tag; `ink` is the text read on that tag."""

    line: QColor
    ink: QColor
    dashed: bool = False


@functools.cache
def paint_of(role: Role, palette: Palette) -> Paint:
    """Blue and solid, orange and dashed, or grey."""
    match role:
        case "first":
            return Paint(QColor(palette.accent), QColor(palette.on_accent))
        case "second":
            return Paint(QColor(palette.second), QColor(palette.on_second), dashed=True)
        case "soft":
            # the light window's grey is a grey for paper: too near to the casing and to a dark picture
            return Paint(QColor(DARK.soft), QColor(DARK.ground))


@functools.cache
def paint_of_identity(number: int) -> Paint:
    """From 1; solid, and the same in both palettes, for it lies on a picture."""
    return Paint(QColor(IDENTITIES[(number - 1) % len(IDENTITIES)]), QColor(DARK.ground))


@functools.cache
def paint_of_expected() -> Paint:
    """Grey and dashed: it is not there, or not found."""
    soft = paint_of("soft", DARK)
    return Paint(soft.line, soft.ink, dashed=True)
