"""A round on the picture: who found what, and softly what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from models.text import Text
from pipelines.contest.round import Round
from pipelines.contest.side import Found, Settings, title_of
from pipelines.frame import Truth
from pipelines.result import Box, Lines, Mark, Role

ROLES: tuple[Role, Role] = ("first", "second")
PLAIN = ("", "face")
"""What needs no word beside the detector's name: a face is seen to be one."""


def names(first: Settings, second: Settings) -> tuple[Text, Text]:
    """What the two detectors are called: by their titles, with a number where they are the same."""
    one, other = title_of(first), title_of(second)
    return (one, other) if one != other else (_numbered(one, 1), _numbered(other, 2))


def marks(played: Round, detectors: tuple[str, str], titles: tuple[Text, Text]) -> tuple[Mark, ...]:
    """Labelled things first, for they lie below; every box is called by its detector's name."""
    drawn: list[Mark] = list(_labelled(played.frame.truth))
    compared = played.first is not None and played.second is not None
    for number, found in enumerate((played.first, played.second)):
        if found:
            shared = {pair[number] for pair in played.both} if compared else set(range(len(found.boxes)))
            drawn += _boxes(found, detectors[number], titles[number], ROLES[number], shared)
    return tuple(drawn)


def _boxes(found: Found, detector: str, name: Text, role: Role, shared: set[int]) -> Iterator[Box]:
    """`shared` are the places of those that the other found too, or could not have found."""
    for place, box in enumerate(found.boxes):
        title = name if place in shared else _alone(name)
        if box.label not in PLAIN:
            title = _about(title, box.title or Text(box.label, box.label))
        yield replace(box, label=detector, role=role, title=title)


def _labelled(truth: Sequence[Truth]) -> Iterator[Lines]:
    """Outlines, which are no boxes: a detector's boxes are what it found. Those of no account are crossed."""
    lines = [line for known in truth for line in _outline(known)]
    if lines:
        yield Lines(np.array(lines, np.float32), "soft")


def _outline(known: Truth) -> Iterator[tuple[float, float, float, float]]:
    x, y, width, height = known.box
    right, bottom = x + width, y + height
    yield x, y, right, y
    yield x, bottom, right, bottom
    yield x, y, x, bottom
    yield right, y, right, bottom
    if known.ignore:
        yield x, y, right, bottom


def _numbered(name: Text, number: int) -> Text:
    return Text(f"{name.en} {number}", f"{name.ja} {number}")


def _alone(name: Text) -> Text:
    return Text(f"{name.en} only", f"{name.ja}のみ")


def _about(name: Text, what: Text) -> Text:
    return Text(f"{name.en}: {what.en}", f"{name.ja}：{what.ja}")
