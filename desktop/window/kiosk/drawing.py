"""A drawing of what to try at a station, from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

VECTORS = ".svg"


class Drawing(QWidget):
    """An SVG or a PNG, as large as it fits, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer(self)
        self._image = QImage()
        """Of a PNG; null while an SVG is shown."""

    def show_picture(self, path: Path | None) -> None:
        self._image = QImage()
        if path and path.suffix.lower() == VECTORS:
            self._renderer.load(str(path))
            self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)  # of this file only
        elif path:
            self._image = QImage(str(path))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        room = QRectF(self.rect())
        with QPainter(self) as painter:
            if self._image.isNull():
                self._renderer.render(painter, room)
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = QSizeF(self._image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0.0, 0.0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.drawImage(place, self._image)
