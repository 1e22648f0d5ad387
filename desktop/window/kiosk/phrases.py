"""Lines of words that are read by children: broken where one would take a breath."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtGui import QFontMetrics

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
WORDS = re.compile(r"\S+\s*")
BREATHS = re.compile(r"[^、。：？！　]*[、。：？！　]*[」』）]*\s*")
LETTERS = re.compile(r"(?:[A-Za-z0-9]+|.)[、。：？！」』）…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ\s]*")
"""A letter, or a word in Latin ones, with those that begin no line."""
ENDS = (".", "?", "!", ":", "。", "？", "！", "：")
"""Of what one is asked to do, before what one is asked to find out."""
FEW = 2
"""Breaks of which all ways are looked at."""
Breaks = tuple[int, ...]
"""The pieces with which lines begin, but for the first."""
Length = Callable[[int, int], int]
"""Pixels from one piece to another, without the space at the end."""


def phrases(words: str) -> list[str]:
    """What is not torn apart: a word in English, in Japanese what stands between two marks."""
    pattern = BREATHS if JAPANESE.search(words) else WORDS
    return [phrase for phrase in pattern.findall(words) if phrase]


def lines(words: str, metrics: QFontMetrics, width: int) -> list[str]:
    """`words` in as few lines of `width` pixels as they need.

    Broken at the end of a sentence where that makes no more lines; otherwise so that all lines are about as
    long. A phrase is torn apart only where it is longer than a line.
    """
    if not words.strip():
        return []
    pieces = list(_pieces(words, metrics, width))

    @functools.cache
    def length(start: int, stop: int) -> int:
        return metrics.horizontalAdvance("".join(pieces[start:stop]).rstrip())

    breaks = _as_they_fit(length, len(pieces), width)
    if len(breaks) <= FEW:
        breaks = _fairest(pieces, length, width, len(breaks))
    return ["".join(pieces[start:stop]).rstrip() for start, stop in _between(breaks, len(pieces))]


def _pieces(words: str, metrics: QFontMetrics, width: int) -> Iterator[str]:
    for phrase in phrases(words):
        if metrics.horizontalAdvance(phrase.rstrip()) <= width:
            yield phrase
        else:
            yield from LETTERS.findall(phrase)


def _as_they_fit(length: Length, count: int, width: int) -> Breaks:
    """Each line as full as it can be."""
    breaks: list[int] = []
    start = 0
    for stop in range(2, count + 1):
        if length(start, stop) > width:
            start = stop - 1
            breaks.append(start)
    return tuple(breaks)


def _fairest(pieces: Sequence[str], length: Length, width: int, count: int) -> Breaks:
    def unfairness(breaks: Breaks) -> tuple[bool, bool, int]:
        longest = max(length(start, stop) for start, stop in _between(breaks, len(pieces)))
        torn = not all(pieces[place - 1].rstrip().endswith(ENDS) for place in breaks)
        return longest > width, torn, longest

    return min(itertools.combinations(range(1, len(pieces)), count), key=unfairness)


def _between(breaks: Breaks, count: int) -> Iterator[tuple[int, int]]:
    return itertools.pairwise((0, *breaks, count))
