"""The cards over a lane: how one number came about, and how one window was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from desktop.window.cascade.verdict_card import VerdictCard
from desktop.window.layers.sum_card import SumCard
from pipelines.result import Box, Result

if TYPE_CHECKING:
    from desktop.window.lane_view import LaneView


class Cards:
    """Each lies where it does not hide what it tells about."""

    def __init__(self, view: LaneView) -> None:
        self._view = view
        self._sum, self._verdict = SumCard(view), VerdictCard(view)

    @property
    def shown(self) -> bool:
        return not (self._sum.isHidden() and self._verdict.isHidden())

    def show(self, result: Result | None, pointer: QPointF | None) -> None:
        """Of the newest `result`; the arithmetic of a filtered picture is that of the pixel under the
        `pointer`, which is a place in the lane."""
        self._show_sum(result, pointer)
        self._show_verdict(result)

    def _show_sum(self, result: Result | None, pointer: QPointF | None) -> None:
        point = self._view.pick(pointer) if pointer else None
        if result and result.filtered and pointer and point and _is_in(result, point):
            self._sum.show_sum(result.filtered.sum_at(int(point[1]), int(point[0])), pointer)
        else:
            marks = result.marks if result else ()
            marked = next((mark for mark in marks if isinstance(mark, Box)), None)
            self._sum.show_sum(result.sum if result else None, self._place(marked).center())

    def _show_verdict(self, result: Result | None) -> None:
        marks = result.marks if result else ()
        window = next((mark for mark in marks if isinstance(mark, Box) and mark.role == "second"), None)
        self._verdict.show_verdict(result.verdict if result else None, self._place(window))

    def _place(self, marked: Box | None) -> QRectF:
        """Where it is in the lane."""
        framing = self._view.framing()
        if marked is None or framing is None:
            return QRectF()
        x, y, width, height = marked.box
        corners = QPointF(*framing.place(x, y)), QPointF(*framing.place(x + width, y + height))
        ratio = self._view.devicePixelRatioF()
        return QRectF(corners[0] / ratio, corners[1] / ratio).normalized()


def _is_in(result: Result, point: tuple[float, float]) -> bool:
    height, width = result.picture.shape[:2]
    return bool(0 <= point[0] < width and 0 <= point[1] < height)
