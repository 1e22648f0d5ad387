"""One lane on the wall: its picture with marks, its name, its figures."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from desktop import language
from desktop.language import _, say
from desktop.painting.marks import MarkStyle, paint_marks
from desktop.window import theme
from desktop.window.figures_line import FiguresLine
from desktop.window.framing import Framing
from desktop.window.lane_header import LaneHeader
from desktop.window.lane_message import LaneMessage
from desktop.window.part import Part
from desktop.window.pipeline_picker import PipelinePicker
from desktop.window.veneer import Shadow, paint_rim
from models.text import Text
from pipelines.engine.figures import Summary
from pipelines.engine.outcome import Done, Failed
from pipelines.engine.view import Viewport
from pipelines.registry import AnyPipeline

BEHIND = QColor(10, 11, 13)
"""Around the picture, in both looks: the words on it are white."""
SCRIM = QColor(10, 11, 13, 175)
RADIUS, RING, MARGIN = 8, 2, 6
TOP_SHADOW, BOTTOM_SHADOW = 72, 56
WHEEL = 1.0015
"""Enlargement for each eighth of a degree that the wheel turns."""
STEP = 48
"""Pixels that an arrow key moves an enlarged picture."""
ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class LaneView(Part):
    """Passive: it shows what it is given, and tells what a person does with it."""

    painted = Signal(object, float)
    """(Done or Failed, seconds of `time.perf_counter`): this outcome has just been painted first."""
    viewport_changed = Signal(Viewport)
    selected = Signal()
    pipeline_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.done: Done | None = None
        self._image: QImage | None = None
        self._unpainted: Done | Failed | None = None
        self._failure: Text | None = None
        self._silence: tuple[Text, float] | None = None
        self._pipeline: type[AnyPipeline] | None = None
        self._viewport = Viewport(1, 1)
        self._ringed = False
        self._held: QPointF | None = None
        self._dragging = False
        self._top, self._bottom = Shadow(upwards=False), Shadow(upwards=True)
        self._message = LaneMessage(self)
        self._header = LaneHeader(self)
        self._header.clicked.connect(self.choose_pipeline)
        self._figures = FiguresLine(self)
        self.retranslate()
        self.restyle()

    # --- what it is told

    @property
    def viewport(self) -> Viewport:
        """The room for the picture in device pixels, and how the picture lies in it."""
        return self._viewport

    def show_pipeline(self, pipeline: type[AnyPipeline]) -> None:
        """Whose pictures these are. Another pipeline begins with an empty lane."""
        if self._pipeline is not None and pipeline is not self._pipeline:
            self.done = self._image = self._failure = self._unpainted = None
            self._figures.show_figures(None, 0)
        self._pipeline = pipeline
        self.retranslate()
        self.update()

    def show_outcome(self, outcome: Done | Failed) -> None:
        """A fresh picture, or the reason why there is none; the last one stays then, dimmed."""
        self._unpainted = outcome
        if isinstance(outcome, Done):
            had_trouble = self._failure is not None
            self._failure = None
            if self._silence and outcome.frame.captured > self._silence[1]:
                self._silence, had_trouble = None, True
            self._take(outcome)
            if had_trouble:
                self._say_trouble()
        elif self._failure != outcome.text:
            self._failure = outcome.text
            self._say_trouble()
        self.update()

    def show_silence(self, text: Text) -> None:
        """The source gives nothing: `text` says why, until a frame is shown that was captured later."""
        self._silence = (text, time.perf_counter())
        self._say_trouble()
        self.update()

    def show_figures(self, summary: Summary | None, dropped: int) -> None:
        """Twice a second is enough."""
        self._figures.show_figures(summary, dropped)

    def show_selected(self, selected: bool) -> None:
        """Whether the accent's ring is around it."""
        self._ringed = selected
        self.update()

    def set_mirror(self, mirror: bool) -> None:
        self._look_through(replace(self._viewport, mirror=mirror))

    def show_whole(self) -> None:
        """The whole picture again, after zooming."""
        self._look_through(replace(self._viewport, zoom=1.0, centre=(0.5, 0.5)))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or reduce; the point of the picture at `at` (pixels of this widget) stays where it is."""
        if framing := self._framing():
            at, ratio = at or QRectF(self.rect()).center(), self.devicePixelRatioF()
            self._look_through(framing.zoomed(factor, (at.x() * ratio, at.y() * ratio)))

    def choose_pipeline(self) -> None:
        """Open the picker under the name."""
        picker = PipelinePicker(self._pipeline.name if self._pipeline else "", self)
        picker.chosen.connect(self.pipeline_chosen)
        self.selected.emit()
        picker.open_at(self.mapToGlobal(self._header.geometry().bottomLeft()))

    # --- words and measures

    def retranslate(self) -> None:
        title = say(self._pipeline.title) if self._pipeline else ""
        self._header.show_name(title)
        self.setAccessibleName(_("Picture: {name}").format(name=title))
        self._figures.retranslate()
        self._say_trouble()
        self._arrange()
        self.update()

    def restyle(self) -> None:
        self._figures.restyle()
        self._message.restyle()
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(640), px(360))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(160), px(90))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        self._measure()

    # --- what a person does

    def event(self, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DevicePixelRatioChange:
                self._measure()
            case QEvent.Type.Gesture if isinstance(event, QGestureEvent):
                return self._pinch(event)
            case QEvent.Type.NativeGesture if isinstance(event, QNativeGestureEvent):
                return self._native(event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and self._moves(event):
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selected.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._moves(event):
            across, down = ARROWS[Qt.Key(event.key())]
            self._move(theme.current().px(STEP) * QPointF(across, down))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self.choose_pipeline()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if delta := event.angleDelta().y():
            self.zoom(WHEEL**delta, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.selected.emit()
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None or self._viewport.zoom == 1:
            return
        way = event.position() - self._held
        if self._dragging or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragging, self._held = True, event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._move(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self._show_grip()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_whole()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        self._paint_picture(painter, ratio)
        painter.restore()
        if self._failure or self._silence:
            painter.fillRect(self.rect(), SCRIM)
        self._paint_veneer(painter, ratio)
        painter.end()
        if self._unpainted:
            outcome, self._unpainted = self._unpainted, None
            self.painted.emit(outcome, time.perf_counter())

    def _paint_picture(self, painter: QPainter, ratio: float) -> None:
        framing = self._framing()
        whole = QRect(0, 0, self._viewport.width, self._viewport.height)
        if framing is None or self.done is None or self._image is None:
            painter.fillRect(whole, BEHIND)
            return
        view = self.done.view
        if framing.is_met_by(view):
            area = QRect(QPoint(view.left, view.top), self._image.size())
            painter.drawImage(area.topLeft(), self._image)
            place = view.place
        else:
            area = framing.area_of(view).toAlignedRect()
            painter.drawImage(framing.area_of(view), self._turned(view.mirror))
            place = framing.place
        for bar in QRegion(whole).subtracted(area):
            painter.fillRect(bar, BEHIND)
        look = theme.current()
        style = MarkStyle(look.palette, language.current(), look.px(13), ratio)
        within = QRectF(area.intersected(whole))
        paint_marks(
            painter, self.done.result.marks, place, framing.scale, style, within, self._words_on_it(ratio)
        )

    def _turned(self, mirrored: bool) -> QImage:
        """The image of an older view, turned round where the mirror has been switched since."""
        assert self._image is not None
        if mirrored == self._viewport.mirror:
            return self._image
        return self._image.transformed(QTransform.fromScale(-1, 1))

    def _paint_veneer(self, painter: QPainter, ratio: float) -> None:
        look = theme.current()
        self._top.paint(painter, self.size(), look.px(TOP_SHADOW), ratio)
        self._bottom.paint(painter, self.size(), look.px(BOTTOM_SHADOW), ratio)
        rings: list[tuple[str, int]] = []
        if self._ringed or self.hasFocus():
            rings.append((look.palette.accent, look.px(RING)))
        if self.hasFocus() and self._ringed:
            rings.append(("#ffffff", look.px(1)))
        paint_rim(painter, self.size(), look.px(RADIUS), look.colour("ground"), tuple(rings), ratio)

    def _words_on_it(self, ratio: float) -> list[QRectF]:
        """Where the name and the figures stand, in device pixels: labels keep off."""
        return [
            QRectF(QPointF(widget.pos()) * ratio, QSize(widget.size() * ratio).toSizeF())
            for widget in (self._header, self._figures)
        ]

    # --- inside

    def _take(self, done: Done) -> None:
        pixels = done.view.pixels
        height, width = pixels.shape[:2]
        # borrows the memory: `self.done` keeps it alive
        self._image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
        self.done = done

    def _framing(self) -> Framing | None:
        if self.done is None:
            return None
        height, width = self.done.result.picture.shape[:2]
        return Framing(self._viewport, (width, height))

    def _measure(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        self._look_through(replace(self._viewport, width=width, height=height))

    def _look_through(self, viewport: Viewport) -> None:
        if viewport == self._viewport:
            return
        self._viewport = viewport
        self._show_grip()
        self.viewport_changed.emit(viewport)
        self.update()

    def _show_grip(self) -> None:
        if self._viewport.zoom > 1:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _move(self, way: QPointF) -> None:
        if framing := self._framing():
            ratio = self.devicePixelRatioF()
            self._look_through(framing.moved(way.x() * ratio, way.y() * ratio))

    def _moves(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in ARROWS and self._viewport.zoom > 1

    def _pinch(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
        event.accept(pinch)
        return True

    def _native(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoom(1 + event.value(), event.position())
        return True

    def _say_trouble(self) -> None:
        """The source's trouble before the lane's: without a signal nothing else can be mended."""
        if self._silence:
            self._message.say("camera", _("No signal"), say(self._silence[0]))
        elif self._failure:
            self._message.say("warning", _("No result"), say(self._failure))
        else:
            self._message.hide()
        self.setAccessibleDescription(self._message.words())

    def _arrange(self) -> None:
        margin = theme.current().px(MARGIN)
        header = self._header.sizeHint()
        width = min(header.width(), self.width() - 2 * margin)
        self._header.setGeometry(margin, margin // 2, max(0, width), header.height())
        left, line = theme.current().px(MARGIN + 10), self._figures.sizeHint()
        self._figures.setGeometry(
            left, self.height() - line.height() - margin, max(0, self.width() - 2 * left), line.height()
        )
        self._message.fit(self.width(), self.height())
