"""The one painter of marks: for the window, a snapshot, a recording and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain, repeat
from math import inf
from typing import TypeAlias, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from desktop.painting.colours import CASING, Paint, paint_of, paint_of_expected, paint_of_identity
from desktop.painting.outline import dashed, pens, solid
from desktop.painting.stamps import dot, ring
from desktop.painting.tags import Tag, legible, paint_tags
from desktop.theme import DARK, Palette, Theme
from models.text import Language, Text
from pipelines.result import Box, Caption, Lines, Mark, Points, Role

Place: TypeAlias = Callable[[float, float], tuple[float, float]]
"""From a point of the picture to a point of the target; it shifts, scales and mirrors, and never turns."""
M = TypeVar("M", bound=Mark)
EXPECTED = Text("expected", "予測位置")
"""Written where a thing is followed and not found."""

LAYERS: tuple[Role, ...] = ("soft", "first", "second")
"""From the bottom up: dashes over a line of the other colour leave both to be seen."""
MOST_BOXES = 1000
"""More of them hide the picture, and painting them would hold up the window: the surest are painted."""
LINE, RIM, DOT = 3 / 13, 1 / 13, 6 / 13
"""Width of lines, of their casing, and diameter of dots, in heights of the text."""


class MarkStyle(Struct, frozen=True):
    """`text_size` is in pixels at `pixel_ratio` 1; lines and dots follow the text."""

    palette: Palette = DARK
    language: Language = "en"
    text_size: float = 13.0
    pixel_ratio: float = 1.0
    scores: bool = True
    """Whether labels say how sure a detector is."""

    @property
    def text_pixels(self) -> float:
        return self.text_size * self.pixel_ratio

    def pixels(self, in_text_heights: float) -> int:
        return max(1, round(in_text_heights * self.text_pixels))

    def font(self) -> QFont:
        font = Theme().font(bold=True)
        font.setPixelSize(max(1, round(self.text_pixels)))
        return font


def paint_marks(
    painter: QPainter,
    marks: Sequence[Mark],
    place: Place,
    scale: float,
    style: MarkStyle,
    within: QRectF,
    reserved: Sequence[QRectF] = (),
) -> None:
    """Paint `marks` where `place` puts them; `scale` is pixels of the target for each of the picture.

    `within` is where the picture is in the target: nothing is painted outside, and no label leaves it.
    Labels keep off the `reserved` places where they can. Text is never mirrored.
    """
    if not marks:
        return
    brush = _Brush(painter, place, scale, style)
    boxes = [(box, brush.outline(box)) for box in _surest(marks)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(within, Qt.ClipOperation.IntersectClip)
    for role in LAYERS:
        brush.lines(role, _of(Lines, marks, role))
        brush.points(role, _of(Points, marks, role))
        brush.boxes([(box, outline) for box, outline in boxes if box.role == role])
    if tags := legible(chain(brush.captions(marks), brush.labels(boxes)), within):
        paint_tags(painter, tags, style.font(), within, reserved)
    painter.restore()


def written_on(box: Box, language: Language, *, scores: bool = True) -> str:
    """The words on a box's label: its number, its title or label, and, if wanted, its score."""
    name = box.title.pick(language) if box.title else box.label
    number = "" if box.identity is None else f"#{box.identity}"
    score = "" if box.score is None or not scores else f"{box.score:.2f}"
    words = (number, name, score) if box.found else (number, EXPECTED.pick(language))
    return " ".join(word for word in words if word)


class _Brush:
    """A painter that knows where the picture is and how thick things are."""

    def __init__(self, painter: QPainter, place: Place, scale: float, style: MarkStyle) -> None:
        self._painter = painter
        self._place = place
        self._scale = scale
        self._style = style
        self._width, self._rim = style.pixels(LINE), style.pixels(RIM)

    def outline(self, box: Box) -> QRect:
        """On whole pixels; the sides change places where the picture is mirrored."""
        x, y, width, height = box.box
        (left, top), (across, down) = self._place(x, y), self._place(x + width, y + height)
        x0, x1 = sorted((round(left), round(across)))
        y0, y1 = sorted((round(top), round(down)))
        return QRect(x0, y0, x1 - x0, y1 - y0)

    def boxes(self, outlined: Sequence[tuple[Box, QRect]]) -> None:
        """Those of one colour together, which is faster."""
        alike: dict[Paint, list[QRect]] = {}
        for box, outline in outlined:
            alike.setdefault(self._paint_of_box(box), []).append(outline)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for paint, outlines in alike.items():
            self._outlines(paint, outlines)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _outlines(self, paint: Paint, outlines: Sequence[QRect]) -> None:
        draw, rim = dashed if paint.dashed else solid, self._rim
        bars = [bar for outline in outlines for bar in draw(outline, self._width)]
        self._painter.setBrush(CASING)
        self._painter.drawRects([bar.adjusted(-rim, -rim, rim, rim) for bar in bars])
        self._painter.setBrush(paint.line)
        self._painter.drawRects(bars)

    def lines(self, role: Role, marks: Sequence[Lines]) -> None:
        ends = [self._placed(mark.lines.reshape(-1, 2)).reshape(-1, 4).tolist() for mark in marks]
        lines = [QLineF(*end) for some in ends for end in some]
        if not lines:
            return
        for pen in pens(self._paint(role), self._width, self._rim):
            self._painter.setPen(pen)
            self._painter.drawLines(lines)

    def points(self, role: Role, marks: Sequence[Points]) -> None:
        for mark in marks:
            centres = self._placed(mark.points).tolist()
            for (x, y), stamp in zip(centres, self._stamps(role, mark), strict=True):
                self._painter.drawImage(round(x - stamp.width() / 2), round(y - stamp.height() / 2), stamp)

    def labels(self, boxes: Sequence[tuple[Box, QRect]]) -> Iterator[Tag]:
        """The surest first."""
        for box, outline in sorted(boxes, key=lambda outlined: _sureness(outlined[0]), reverse=True):
            words = written_on(box, self._style.language, scores=self._style.scores)
            yield Tag(words, self._paint_of_box(box), QRectF(outline))

    def captions(self, marks: Sequence[Mark]) -> Iterator[Tag]:
        for mark in marks:
            if isinstance(mark, Caption):
                at = QRectF(QPointF(*self._place(*mark.at)), QSizeF(0, 0))
                yield Tag(mark.text.pick(self._style.language), self._paint(mark.role), at, fixed=True)

    def _paint_of_box(self, box: Box) -> Paint:
        if not box.found:
            return paint_of_expected()
        return self._paint(box.role) if box.identity is None else paint_of_identity(box.identity)

    def _paint(self, role: Role) -> Paint:
        return paint_of(role, self._style.palette)

    def _stamps(self, role: Role, mark: Points) -> Iterable[QImage]:
        paint = self._paint(role)
        if mark.sizes is None:
            return repeat(dot(self._style.pixels(DOT), self._rim, paint), len(mark.points))
        diameters = np.maximum(1, np.round(mark.sizes * self._scale)).astype(int).tolist()
        return [ring(diameter, self._width, self._rim, paint) for diameter in diameters]

    def _placed(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """(n, 2) points of the picture in the target: `place` for all of them at once."""
        left, top = self._place(0, 0)
        right, bottom = self._place(1, 1)
        return points.astype(np.float64) * (right - left, bottom - top) + (left, top)


def _surest(marks: Sequence[Mark]) -> list[Box]:
    """The boxes to paint: all of them in their order, unless there are too many."""
    boxes = [mark for mark in marks if isinstance(mark, Box)]
    return boxes if len(boxes) <= MOST_BOXES else nlargest(MOST_BOXES, boxes, key=_sureness)


def _sureness(box: Box) -> float:
    if not box.found:
        return -inf
    return inf if box.score is None else box.score


def _of(kind: type[M], marks: Sequence[Mark], role: Role) -> list[M]:
    return [mark for mark in marks if isinstance(mark, kind) and mark.role == role]
