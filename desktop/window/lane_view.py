"""One lane on the wall: its picture with marks, its name, its figures."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.figures_line import FiguresLine
from desktop.window.framing import Framing
from desktop.window.lane_header import LaneHeader
from desktop.window.lane_message import LaneMessage
from desktop.window.lane_note import LaneNote
from desktop.window.lane_painting import LaneLook, device_pixels, paint_lane
from desktop.window.lane_picture import LanePicture
from desktop.window.layers.over_lane import OverLane
from desktop.window.veneer import Shadow, paint_rim
from desktop.window.zoom_area import ZoomArea
from models.text import Text
from pipelines.engine.figures import Summary
from pipelines.engine.outcome import Done, Failed, Loading, Outcome
from pipelines.registry import AnyPipeline
from pipelines.status import Status

RADIUS, RING, MARGIN = 8, 2, 6
TOP_SHADOW, BOTTOM_SHADOW = 72, 56
NAME_SHARE = 0.3
"""Of an exhibit's picture: the most that its name takes of the height."""


class LaneView(ZoomArea):
    """Passive: it shows what it is given, and tells what a person does with it."""

    painted = Signal(object, float)
    """(Outcome, seconds of `time.perf_counter`): this outcome has just been painted first."""
    selected = Signal()
    pipeline_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture: LanePicture | None = None
        self._unpainted: Outcome | None = None
        self._subject: Text | None = None
        self._name: Text | None = None
        self._looked_at = False
        self._failure: Text | None = None
        self._loading: Text | None = None
        self._silence: tuple[Text, float] | None = None
        self._pipeline: type[AnyPipeline] | None = None
        self._ringed = False
        self._kept_clear = 0
        self._focus_shown = False
        self.pressed.connect(self.selected)
        self._top, self._bottom = Shadow(upwards=False), Shadow(upwards=True)
        self._message = LaneMessage(self)
        self._note = LaneNote(self)
        self.layers = OverLane(self)
        self._header = LaneHeader(self)
        self._header.clicked.connect(self.choose_pipeline)
        self.figures = FiguresLine(self)
        self.retranslate()
        self.restyle()

    # --- what it is told

    @property
    def done(self) -> Done | None:
        """What it shows, with the result that the pipeline returned."""
        return self.picture.done if self.picture else None

    def picture_size(self) -> tuple[int, int] | None:
        """Width and height of the picture that is shown, if there is one."""
        return self.picture.size if self.picture else None

    def look(self) -> LaneLook:
        """How the picture is seen: what is painted, but for the ring and the words over it."""
        ratio = self.devicePixelRatioF()
        dimmed = bool(self._failure or self._loading or self._silence)
        words = tuple(self.words_on_it(ratio))
        shadows = tuple(self._shadows(ratio))
        return LaneLook(self._viewport, ratio, shadows, words, dimmed, scores=not self._looked_at)

    def framing(self) -> Framing | None:
        return self.picture.framing(self._viewport) if self.picture else None

    def words_on_it(self, ratio: float = 1.0) -> Iterator[QRectF]:
        """Where the name and the figures stand, in pixels of which each of the lane's has `ratio`."""
        for widget in (self._header, self.figures, self._note):
            if widget.isVisible():
                yield QRectF(QPointF(widget.pos()) * ratio, QSize(widget.size() * ratio).toSizeF())

    def look_only(self) -> None:
        """From now on nobody chooses anything in it, nor reads how fast or how sure it is: an exhibit."""
        self._header.setEnabled(False)
        self._looked_at = True
        self.figures.hide()
        for part in (self, *self.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def name_reach(self) -> int:
        """Pixels from the left edge to the end of its name, where it has the room it wants."""
        return theme.current().px(MARGIN) + self._header.sizeHint().width()

    def keep_clear(self, width: int) -> None:
        """Let something else have this many pixels of the upper right corner."""
        if width != self._kept_clear:
            self._kept_clear = width
            self._arrange()

    def show_pipeline(self, pipeline: type[AnyPipeline]) -> None:
        """Whose pictures these are. Another pipeline begins with an empty lane."""
        if self._pipeline is not None and pipeline is not self._pipeline:
            self.picture = self._failure = self._loading = self._unpainted = self._subject = None
            self.layers.show_done(None)
            self._note.show_text(None)
            self._say_trouble()
            self.figures.show_figures(None, 0)
        self._pipeline = pipeline
        self.retranslate()
        self.update()

    def show_name(self, name: Text | None) -> None:
        """Another one than its pipeline's, for those who do not know the field's words; `None`: its own."""
        if name != self._name:
            self._name = name
            self.retranslate()

    def show_outcome(self, outcome: Outcome) -> None:
        """A fresh picture, or the reason why there is none; the last one stays then, dimmed."""
        trouble = (self._failure, self._loading, self._silence)
        self._unpainted = outcome
        if self._silence and outcome.frame.captured > self._silence[1]:
            self._silence = None
        self._failure = outcome.text if isinstance(outcome, Failed) else None
        self._loading = outcome.text if isinstance(outcome, Loading) else None
        noted = False
        if isinstance(outcome, Done):
            self.picture = LanePicture(outcome)
            self.layers.show_done(outcome)
            noted = self._note.show_text(outcome.status.notice if outcome.status else None)
            noted = self._show_subject(outcome.status) or noted
        if noted or trouble != (self._failure, self._loading, self._silence):
            self._say_trouble()
            self._arrange()
        self.update()

    def forget_picture(self) -> None:
        """Another source begins: nothing of the former one is to be seen any more."""
        self.picture = self._unpainted = self._failure = self._loading = self._silence = None
        self.layers.show_done(None)
        self._note.show_text(None)
        self._say_trouble()
        self.figures.show_figures(None, 0)
        self.update()

    def show_silence(self, text: Text) -> None:
        """The source gives nothing: `text` says why, until a frame is shown that was captured later."""
        self._silence = (text, time.perf_counter())
        self._say_trouble()
        self.update()

    def show_figures(self, summary: Summary | None, dropped: int) -> None:
        """Twice a second is enough."""
        status = self.done.status if self.done else None
        device = say(status.device) if status and status.device else ""
        self.figures.show_figures(summary, dropped, device)

    def show_selected(self, selected: bool) -> None:
        """Whether the accent's ring is around it."""
        self._ringed = selected
        self.update()

    def choose_pipeline(self) -> None:
        """Open the picker under the name."""
        from desktop.window.pipeline_picker import PipelinePicker  # not needed for a first picture

        picker = PipelinePicker(self._pipeline.name if self._pipeline else "", self)
        picker.chosen.connect(self.pipeline_chosen)
        self.selected.emit()
        picker.open_at(self.mapToGlobal(self._header.geometry().bottomLeft()))

    # --- words and measures

    def retranslate(self) -> None:
        title = say(self._pipeline.title) if self._pipeline else ""
        if self._name:
            title = say(self._name)
        self._header.show_name(title, say(self._subject) if self._subject and not self._name else "")
        self.setAccessibleName(_("Picture: {name}").format(name=title))
        self.figures.retranslate()
        self._say_trouble()
        self._arrange()
        self.update()

    def restyle(self) -> None:
        self.figures.restyle()
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
        super().resizeEvent(event)
        self._arrange()

    # --- what a person does

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_shown = event.reason() != Qt.FocusReason.MouseFocusReason
        self.selected.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus_shown = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self.choose_pipeline()
        else:
            super().keyPressEvent(event)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ends also where something in it fails: Qt would crash otherwise
            self._paint(painter, self.devicePixelRatioF())
        if self._unpainted:
            outcome, self._unpainted = self._unpainted, None
            self.painted.emit(outcome, time.perf_counter())

    def _paint(self, painter: QPainter, ratio: float) -> None:
        with device_pixels(painter, ratio):
            paint_lane(painter, self.picture, self.look())
        self._paint_rim(painter, ratio)

    def _shadows(self, ratio: float) -> Iterator[tuple[int, QImage]]:
        """Behind the words; without figures it would be a stain on a bright picture."""
        px, most = theme.current().px, self.height() // 2
        reach = self._header.geometry().right()
        yield self._top.strip(self.size(), min(px(TOP_SHADOW), most), reach, ratio)
        if self.figures.words():
            reach = self.figures.geometry().right()
            yield self._bottom.strip(self.size(), min(px(BOTTOM_SHADOW), most), reach, ratio)

    def _paint_rim(self, painter: QPainter, ratio: float) -> None:
        look = theme.current()
        rings: list[tuple[str, int]] = []
        if self._ringed or self._focus_shown:
            rings.append((look.palette.accent, look.px(RING)))
        if self._focus_shown:
            rings.append(("#ffffff", look.px(1)))
        paint_rim(painter, self.size(), look.px(RADIUS), look.colour("ground"), tuple(rings), ratio)

    # --- inside

    def _show_subject(self, status: Status | None) -> bool:
        """Whether it is another one than before."""
        subject = status.subject if status else None
        if subject == self._subject:
            return False
        self._subject = subject
        self.retranslate()
        return True

    def _say_trouble(self) -> None:
        """The source's trouble before the lane's: without a signal nothing else can be mended."""
        if self._silence:
            self._message.say("camera", _("No signal"), say(self._silence[0]))
        elif self._failure:
            self._message.say("warning", _("No result"), say(self._failure))
        elif self._loading:
            self._message.say("hourglass", _("Loading"), say(self._loading))
        else:
            self._message.hide()
        free = self._message.isHidden()
        self.figures.setVisible(free and not self._looked_at)
        self._note.setVisible(free and bool(self._note.words()))
        self.setAccessibleDescription(self._message.words() or self._note.words())

    def _arrange(self) -> None:
        margin = theme.current().px(MARGIN)
        if self._looked_at:
            self._header.fit(round(NAME_SHARE * self.height()))
        header = self._header.sizeHint()
        width = min(header.width(), self.width() - 2 * margin - self._kept_clear)
        self._header.setGeometry(margin, margin // 2, max(0, width), header.height())
        left, line = theme.current().px(MARGIN + 10), self.figures.sizeHint()
        self.figures.setMaximumWidth(max(0, self.width() - 2 * left))
        self.figures.resize(line)
        self.figures.move(left, self.height() - line.height() - margin)
        below = self._header.geometry().bottom()
        between = QRect(left, below + 1, self.width() - 2 * left, self.figures.y() - below - margin)
        self._note.fit(between)
        self._message.fit(self.rect().adjusted(0, below, 0, -margin))
