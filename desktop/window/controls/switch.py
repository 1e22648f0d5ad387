"""On or off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.controls.control import BLEED, TOUCH, Control
from pipelines.parameters import Spec

WIDTH, HEIGHT, KNOB, RING = 38, 22, 16, 2


class Toggle(QCheckBox):
    """A check box painted as a switch: what is on is filled and its knob lies right."""

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(WIDTH + 2 * BLEED), px(HEIGHT + 2 * BLEED))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        on = self.isChecked()
        body = QRectF(0, 0, look.px(WIDTH), look.px(HEIGHT))
        body.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if on else "line"))
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        self._paint_knob(painter, body, on)
        if self.hasFocus():
            width = look.px(RING)
            painter.setPen(QPen(look.colour("accent"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = body.adjusted(-1.5 * width, -1.5 * width, 1.5 * width, 1.5 * width)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    @staticmethod
    def _paint_knob(painter: QPainter, body: QRectF, on: bool) -> None:
        look = theme.current()
        radius = look.px(KNOB) / 2
        inset = body.height() / 2
        x = body.right() - inset if on else body.left() + inset
        painter.setBrush(look.colour("on_accent" if on else "soft"))
        painter.drawEllipse(QPointF(x, body.center().y()), radius, radius)


class Switch(Control):
    """Its whole row can be pressed."""

    def __init__(self, spec: Spec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._toggle = Toggle()
        self.head.addWidget(self._toggle)
        self._toggle.toggled.connect(self._edit)
        self.retranslate()
        self.restyle()
        self.set_value(spec.default)

    def restyle(self) -> None:
        super().restyle()
        self.setMinimumHeight(theme.current().px(TOUCH))
        self._toggle.updateGeometry()

    def written(self) -> str:
        return _("On") if self._value else _("Off")

    def field(self) -> QWidget:
        return self._toggle

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._toggle.setFocus(Qt.FocusReason.MouseFocusReason)
            self._toggle.click()

    def _show_value(self, value: bool) -> None:
        with QSignalBlocker(self._toggle):
            self._toggle.setChecked(value)
        self._toggle.update()
