"""A lane's name on its picture and what it runs: pressed, it offers the other pipelines."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop import theme
from desktop.language import _
from desktop.window import icons

HEIGHT, PADDING, CHEVRON, GAP, CORNER = 44, 10, 16, 6, 10
WORDS, SOFT = "#ffffff", QColor(255, 255, 255, 190)
SPACE = 10
"""Pixels at 100 % between the name and what it runs."""
SHORTEST = 5
"""Letters with which a shortened detail still says something."""
HOVERED, PRESSED = QColor(255, 255, 255, 22), QColor(255, 255, 255, 64)


class LaneHeader(QAbstractButton):
    """White on the picture's shadow, in both looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = ""
        self._own: theme.Theme | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def show_name(self, name: str, detail: str = "") -> None:
        """The pipeline's name and, softer and only as far as there is room, what it runs."""
        self.setText(name)
        self._detail = detail
        self.retranslate()
        self.updateGeometry()
        self.update()

    @property
    def look(self) -> theme.Theme:
        return self._own or theme.current()

    def fit(self, room: int) -> None:
        """Be no higher than this from now on, where the letters do not become smaller than at 100 %."""
        scale = max(theme.SMALLEST, min(theme.current().scale, room / HEIGHT))
        self._own = replace(theme.current(), scale=scale)
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        name = f"{self.text()} ({self._detail})" if self._detail else self.text()
        words = _("{name}: choose another pipeline").format(name=name)
        self.setAccessibleName(words)
        self.setToolTip(_("Choose another pipeline"))

    def sizeHint(self) -> QSize:
        px = self.look.px
        words = self._metrics().horizontalAdvance(self.text()) + self._detail_width(self._detail)
        return QSize(words + px(2 * PADDING + GAP + CHEVRON) + 1, px(HEIGHT))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self.look
        painter = QPainter(self)
        self._paint_ground(painter)
        painter.setPen(QColor(WORDS))
        painter.setFont(look.font("title", bold=True))
        room = self.width() - look.px(2 * PADDING + GAP + CHEVRON)
        name = self._metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        words = QRectF(look.px(PADDING), 0, room + 1, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        taken = min(room, self._metrics().horizontalAdvance(name))
        taken += self._paint_detail(painter, look.px(PADDING) + taken, room - taken)
        if not self.isEnabled():
            return
        side, across = look.px(CHEVRON), look.px(PADDING + GAP) + taken
        drawn = icons.image("chevron-down", WORDS, round(side * self.devicePixelRatioF()))
        painter.drawImage(QRectF(across, (self.height() - side) / 2 + look.px(1), side, side), drawn)

    def _paint_detail(self, painter: QPainter, left: int, room: int) -> int:
        """The pixels that it took."""
        gap = self.look.px(SPACE)
        detail = self._small().elidedText(self._detail, Qt.TextElideMode.ElideRight, max(0, room - gap))
        if len(detail) < min(SHORTEST, len(self._detail)) or not detail:
            return 0
        painter.setPen(SOFT)
        painter.setFont(self.look.font("small"))
        base = (self.height() + self._metrics().ascent() - self._metrics().descent()) / 2
        painter.drawText(QPointF(left + gap, base), detail)
        return self._detail_width(detail)

    def _detail_width(self, detail: str) -> int:
        return self.look.px(SPACE) + self._small().horizontalAdvance(detail) if detail else 0

    def _paint_ground(self, painter: QPainter) -> None:
        look = self.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area, inset = QRectF(self.rect()), look.px(4)
        area.adjust(0, inset, 0, -inset)
        if self.isDown() or self.underMouse():
            painter.setBrush(PRESSED if self.isDown() else HOVERED)
            painter.drawRoundedRect(area, look.px(CORNER), look.px(CORNER))
        if self.hasFocus():
            width = look.px(2)
            painter.setPen(QPen(look.colour("accent"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            area.adjust(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(area, look.px(CORNER), look.px(CORNER))

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self.look.font("title", bold=True))

    def _small(self) -> QFontMetrics:
        return QFontMetrics(self.look.font("small"))
