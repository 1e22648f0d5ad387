"""The cards over a lane: how one number came about, and how one window was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from desktop.window.cascade.verdict_card import VerdictCard
from desktop.window.layers.sum_card import SumCard
from pipelines.result import Box, Result

if TYPE_CHECKING:
    from desktop.window.lane_view import LaneView

NOWHERE = (0.0, 0.0, 0.0, 0.0)


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
            self._sum.show_sum(result.sum if result else None, self._place_of_mark(result))

    def _place_of_mark(self, result: Result | None) -> QPointF:
        """The middle of what is marked, in the lane."""
        framing = self._view.framing()
        if result is None or framing is None:
            return QPointF()
        x, y, width, height = next((mark.box for mark in result.marks if isinstance(mark, Box)), NOWHERE)
        middle = framing.place(x + width / 2, y + height / 2)
        return QPointF(*middle) / self._view.devicePixelRatioF()

    def _show_verdict(self, result: Result | None) -> None:
        if result is None or result.verdict is None:
            self._verdict.show_verdict(None, right=True)
            return
        marked = next(
            (mark for mark in result.marks if isinstance(mark, Box) and mark.role == "second"), None
        )
        right = marked is None or marked.box[0] + marked.box[2] / 2 < result.picture.shape[1] / 2
        self._verdict.show_verdict(result.verdict, right=right != self._view.viewport.mirror)


def _is_in(result: Result, point: tuple[float, float]) -> bool:
    height, width = result.picture.shape[:2]
    return bool(0 <= point[0] < width and 0 <= point[1] < height)
