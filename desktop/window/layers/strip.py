"""All layers of a network in a row, each alive; a person walks through them."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
)
from PySide6.QtWidgets import (
    QApplication,
    QGestureEvent,
    QSizePolicy,
    QTapAndHoldGesture,
    QToolTip,
    QWidget,
)

from desktop import theme
from desktop.language import _, say
from desktop.window.layers.map_menu import Entry, open_menu
from desktop.window.part import Part
from pipelines.result import LayerGlance, LayerStrip

CARD, PICTURE, EDGE, GAP = 108, 60, 4, 4
"""Pixels at 100 %: a card's width, its picture's height, the edge inside and the gap between two."""
LOW = 36
"""Pixels at 100 %: the picture's height in a low window, in which the shape has no line."""
RING = 2
ROUND = 6
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -(1 << 20),
    Qt.Key.Key_End: 1 << 20,
}


class StripOfLayers(Part):
    """Passive: it shows what it is given and tells which layer a person chooses. Only the cards that are in
    view are painted."""

    chosen = Signal(str)
    added = Signal(str)
    """To those that are shown, or taken away from them."""
    moved = Signal(QRect)
    """Where the chosen card is, when it has become another one."""
    dragged = Signal(int)
    """By so many pixels to the right, with the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._strip = LayerStrip((), ())
        self._names: tuple[str, ...] = ()
        self._mirror = False
        self._low = False
        self._held: QPointF | None = None
        self._dragging = False
        self.grabGesture(Qt.GestureType.TapAndHoldGesture)
        self.retranslate()
        self.restyle()

    def show_strip(self, strip: LayerStrip) -> None:
        names, chosen = tuple(layer.name for layer in strip.layers), self._strip.chosen
        self._strip = strip
        if names != self._names:
            self._names = names
            self.restyle()
        if strip.chosen != chosen:
            self._tell_chosen()
        self.update()

    def set_mirror(self, mirror: bool) -> None:
        """Whether the small pictures are mirrored, as the large ones are."""
        self._mirror = mirror
        self.update()

    def set_low(self, low: bool) -> None:
        """Whether the cards make do with less height."""
        if low != self._low:
            self._low = low
            self.restyle()
            self.update()

    def step(self, steps: int) -> None:
        """To the layer so many further; the ends are the ends."""
        if self._names:
            at = max(0, min(len(self._names) - 1, self._current() + steps))
            self.chosen.emit(self._names[at])

    def place_of(self, number: int) -> QRect:
        px = theme.current().px
        return QRect(number * (px(CARD) + px(GAP)), 0, px(CARD), self._height())

    def retranslate(self) -> None:
        self.setAccessibleName(_("Layers"))
        self._tell_chosen()
        self.update()

    def restyle(self) -> None:
        self.resize(self.sizeHint())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        last = self.place_of(max(0, len(self._names) - 1))
        return QSize(last.right() + 1 if self._names else 1, self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for number, layer in enumerate(self._strip.layers):
                card = self.place_of(number)
                if card.intersects(event.rect()):
                    self._paint_card(painter, card, layer)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._number_at(event.pos().x())
            words = _explained(self._strip.layers[number]) if number is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        if isinstance(event, QGestureEvent):
            held = event.gesture(Qt.GestureType.TapAndHoldGesture)
            if isinstance(held, QTapAndHoldGesture) and held.state() == Qt.GestureState.GestureFinished:
                self._open_menu(held.position().toPoint())
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._dragging = event.globalPosition(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A finger is followed by the bar itself."""
        if self._held is None or event.pointerType() == QPointingDevice.PointerType.Finger:
            return
        way = event.globalPosition().x() - self._held.x()
        if self._dragging or abs(way) >= QApplication.startDragDistance():
            self._dragging, self._held = True, event.globalPosition()
            self.dragged.emit(round(way))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._held = self._held, None
        number = self._number_at(event.position().toPoint().x())
        if pressed is not None and number is not None and not self._dragging:
            more = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.added if more else self.chosen).emit(self._names[number])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = STEPS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.step(steps)

    # --- inside

    def _paint_card(self, painter: QPainter, card: QRect, layer: LayerGlance) -> None:
        look = theme.current()
        chosen = layer.name in self._strip.chosen
        edge = look.px(EDGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("raised" if chosen else "panel"))
        painter.drawRoundedRect(QRectF(card), look.px(ROUND), look.px(ROUND))
        inside = card.adjusted(edge, edge, -edge, -edge)
        self._paint_picture(
            painter, QRectF(inside.left(), inside.top(), inside.width(), self._picture_height()), layer
        )
        words = inside.adjusted(0, self._picture_height() + edge, 0, 0)
        self._paint_words(painter, words, layer)
        if chosen:
            half = look.px(RING) / 2
            painter.setPen(QPen(look.colour("accent"), look.px(RING)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(card).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(ring, look.px(ROUND), look.px(ROUND))

    def _paint_picture(self, painter: QPainter, room: QRectF, layer: LayerGlance) -> None:
        """As it is, not stretched, on black."""
        height, width = layer.picture.shape[:2]
        image = QImage(
            layer.picture.data, width, height, layer.picture.strides[0], QImage.Format.Format_BGR888
        )
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(room, theme.current().px(3), theme.current().px(3))
        painter.setClipPath(rounded)
        painter.fillRect(room, Qt.GlobalColor.black)
        scale = min(room.width() / width, room.height() / height)
        area = QRectF(0, 0, width * scale, height * scale)
        area.moveCenter(room.center())
        if self._mirror and max(layer.shape) < math.prod(layer.shape):  # a vector has no left and right
            image = image.flipped(Qt.Orientation.Horizontal)
        painter.drawImage(area, image)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, layer: LayerGlance) -> None:
        look = theme.current()
        font = look.font("small")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        line = QRect(room.left(), room.top(), room.width(), metrics.height())
        painter.setPen(look.colour("text"))
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(layer.name, Qt.TextElideMode.ElideLeft, line.width()),
        )
        if self._low:
            return
        painter.setPen(look.colour("soft"))
        line.translate(0, metrics.height())
        shape = _shape(layer)
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(shape, Qt.TextElideMode.ElideRight, line.width()),
        )

    def _height(self) -> int:
        look = theme.current()
        lines = (1 if self._low else 2) * QFontMetrics(look.font("small")).height()
        return self._picture_height() + lines + 3 * look.px(EDGE)

    def _picture_height(self) -> int:
        return theme.current().px(LOW if self._low else PICTURE)

    def _number_at(self, x: int) -> int | None:
        px = theme.current().px
        number, within = divmod(x, px(CARD) + px(GAP))
        return number if within < px(CARD) and 0 <= number < len(self._names) else None

    def _current(self) -> int:
        chosen = self._strip.chosen
        return self._names.index(chosen[0]) if chosen and chosen[0] in self._names else 0

    def _open_menu(self, at: QPoint) -> None:
        """What the keyboard's Ctrl does with a click, for a finger and the right button."""
        self._held = None
        number = self._number_at(self.mapFromGlobal(at).x())
        if number is not None:
            name = self._names[number]
            shown = name in self._strip.chosen
            words = _("Take it away") if shown else _("Show it beside the others")
            open_menu(self, at, [Entry(words, lambda: self.added.emit(name))])

    def _tell_chosen(self) -> None:
        self.setAccessibleDescription(", ".join(self._strip.chosen))
        if self._names:
            self.moved.emit(self.place_of(self._current()))


def _shape(layer: LayerGlance) -> str:
    return " × ".join(f"{side:,}" for side in layer.shape)


def _explained(layer: LayerGlance) -> str:
    rows = [layer.name, say(layer.kind), _shape(layer)]
    if layer.parameters:
        rows.append(_("{n} learnt numbers").format(n=f"{layer.parameters:,}"))
    return "\n".join(rows)
