"""A place to draw where no lane shows the drawing as it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _
from desktop.window.bare_wall import BEHIND
from desktop.window.column import SIDE
from desktop.window.controls.control import BLEED
from desktop.window.part import Part
from pipelines.frame import Image


class Pad(Part):
    """Shows what the lanes get, with the pointer of a pen: as wide as its page, if it is not to be higher
    than there is room."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._shown: Image | None = None
        self._most = 0
        """Pixels; 0 while nobody has said."""
        self.retranslate()
        self.restyle()
        self.hide()

    def show_image(self, image: Image) -> None:
        """(h, w, 3) BGR."""
        self._shown = image
        self.update()

    def keep_within(self, height: int) -> None:
        """Be no higher than this, so that all of it is seen without scrolling."""
        if height != self._most:
            self._most = height
            self.restyle()

    def picture_size(self) -> tuple[int, int] | None:
        return None if self._shown is None else (self._shown.shape[1], self._shown.shape[0])

    def pick(self, at: QPointF) -> tuple[float, float] | None:
        """The point of the picture, in its pixels, at a place of this widget."""
        size, area = self.picture_size(), self._area()
        if size is None or area.isEmpty():
            return None
        x, y = at.x() - area.x(), at.y() - area.y()
        return x / area.width() * size[0], y / area.height() * size[1]

    def retranslate(self) -> None:
        self.setAccessibleName(_("Drawing pad"))

    def restyle(self) -> None:
        px = theme.current().px
        wide = px(theme.COLUMN) - 2 * px(SIDE) - 2 * px(BLEED)
        self.setFixedHeight(min(wide, self._most or wide))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self._area(), BEHIND)
            if self._shown is not None:
                height, width, _channels = self._shown.shape
                image = QImage(
                    self._shown.data, width, height, self._shown.strides[0], QImage.Format.Format_BGR888
                )
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self._area(), image)

    def _area(self) -> QRectF:
        """The whole picture, in the middle."""
        size, bleed = self.picture_size() or (1, 1), theme.current().px(BLEED)
        scale = min((self.width() - 2 * bleed) / size[0], self.height() / size[1])
        area = QRectF(0, 0, size[0] * scale, size[1] * scale)
        area.moveCenter(QRectF(self.rect()).center())
        return area
