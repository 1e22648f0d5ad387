"""The newest picture of a lane, painted with its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from desktop import language, theme
from desktop.window.bare_wall import BEHIND
from desktop.window.framing import Framing
from pipelines.engine.outcome import Done
from pipelines.engine.turning import turned_marks
from pipelines.engine.view import Viewport


class LanePicture:
    """Paints in device pixels, into a viewport that may have changed since the picture was prepared."""

    def __init__(self, done: Done) -> None:
        self.done = done
        pixels = done.view.pixels
        height, width = pixels.shape[:2]
        # borrows the memory: `done` keeps it alive
        self._image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the result's picture."""
        height, width = self.done.result.picture.shape[:2]
        return width, height

    def framing(self, viewport: Viewport) -> Framing:
        """Many pictures in one keep their order in a mirrored view."""
        return Framing(viewport, self.size, upright=bool(self.done.result.units))

    def paint_image(self, painter: QPainter, viewport: Viewport) -> None:
        """The picture, and the background beside it."""
        view, area, mirror = self.done.view, self._area(viewport), self.framing(viewport).mirror
        if area.size() == self._image.size() and view.mirror == mirror:
            painter.drawImage(area.topLeft(), self._image)
        else:
            turned = QTransform.fromScale(-1 if view.mirror != mirror else 1, 1)
            painter.drawImage(area, self._image.transformed(turned))
        for bar in _around(area, QRect(0, 0, viewport.width, viewport.height)):
            painter.fillRect(bar, BEHIND)

    def paint_marks(
        self,
        painter: QPainter,
        viewport: Viewport,
        ratio: float,
        reserved: Sequence[QRectF],
        *,
        scores: bool = True,
    ) -> None:
        """The marks of the same result, their labels off the `reserved` places, with scores or without."""
        marks, units = self.done.result.marks, self.done.result.units
        if not marks:
            return
        from desktop.painting.marks import MarkStyle, paint_marks  # not needed for a first picture

        if viewport.mirror and units:
            marks = turned_marks(marks, units)
        look, framing = theme.current(), self.framing(viewport)
        style = MarkStyle(look.palette, language.current(), look.px(13), ratio, scores)
        place = self.done.view.place if framing.is_met_by(self.done.view) else framing.place
        within = QRectF(self._area(viewport) & QRect(0, 0, viewport.width, viewport.height))
        paint_marks(painter, marks, place, framing.scale, style, within, reserved)

    def _area(self, viewport: Viewport) -> QRect:
        """The room that the image takes."""
        view, framing = self.done.view, self.framing(viewport)
        if framing.is_met_by(view):
            return QRect(QPoint(view.left, view.top), self._image.size())
        return framing.area_of(view).toRect()


def _around(area: QRect, whole: QRect) -> Iterator[QRect]:
    """What `area` leaves of `whole`."""
    right, bottom = area.x() + area.width(), area.y() + area.height()
    yield QRect(0, 0, whole.width(), area.y())
    yield QRect(0, bottom, whole.width(), whole.height() - bottom)
    yield QRect(0, area.y(), area.x(), area.height())
    yield QRect(right, area.y(), whole.width() - right, area.height())
