"""The line profile under the pictures: curves, what they are, saving and closing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QLineF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.icons import icon
from desktop.window.part import Part
from desktop.window.probe.lane_colours import pen
from desktop.window.probe.profile_canvas import ProfileCanvas
from desktop.window.scroll import ScrollPage
from desktop.window.transport_button import TransportButton
from pipelines.intensity import Numbers

HEIGHT, SIDE = 210, 250
"""Pixels at 100 %: of all of it, and of what stands beside the curves."""
MOST, WIDEST = 0.32, 0.36
"""Shares of the window's height and width beyond which it does not grow."""
ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class LaneCurve(Struct, frozen=True, eq=False):
    """What one lane has along the line: `numbers` (n,), or nothing where it has no place for it."""

    lane: int
    """Its place, from 0."""
    title: str
    numbers: Numbers | None
    signed: bool = False


class ProfilePanel(Part):
    """Passive. The arrow keys, where it has the focus, move the line."""

    save_wanted = Signal()
    close_wanted = Signal()
    moved = Signal(float, float)
    """A person wants the line this many percent of the picture further right and down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("profile")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._canvas: ProfileCanvas | None = None
        self._signed = False
        self._named: tuple[tuple[int, str, bool], ...] = ()
        self._title = QLabel()
        self._title.setProperty("look", "heading")
        self._save, self._close = TransportButton(), TransportButton()
        self._save.clicked.connect(self.save_wanted)
        self._close.clicked.connect(self.close_wanted)
        self._keys = QVBoxLayout()
        self._shown: list[QWidget] = []
        self._room = QHBoxLayout(self)
        self._side = QWidget()
        self._build_side()
        self._room.addWidget(self._side)
        self.hide()
        self.retranslate()
        self.restyle()

    def show_curves(self, distances: Numbers, curves: Sequence[LaneCurve]) -> None:
        """`distances` (n,) in pixels from the start of the line."""
        named = tuple((curve.lane, curve.title, curve.numbers is not None) for curve in curves)
        if named != self._named:
            self._named = named
            self._fill_keys()
        signed = any(curve.signed for curve in curves)
        if signed != self._signed:
            self._signed = signed
            self._say_axes()
        numbers = {curve.lane: curve.numbers for curve in curves if curve.numbers is not None}
        self._drawn().draw(distances, numbers, signed=signed)

    def show_length(self, length: float, *, dragged: bool = False) -> None:
        """Pixels of the line, which a person drags now or has let go."""
        self._drawn().show_length(length, dragged=dragged)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Line profile"))
        self._title.setText(_("Line profile"))
        self._save.name(_("Save the line profile (CSV)"))
        self._close.name(_("Close the line profile"))
        self._say_axes()
        self._fill_keys()

    def restyle(self) -> None:
        px = theme.current().px
        self._room.setContentsMargins(px(8), 0, px(4), px(4))
        self._room.setSpacing(px(8))
        self._keys.setSpacing(px(4))
        self._keys.setContentsMargins(0, 0, px(4), 0)
        for button, name in ((self._save, "save"), (self._close, "close")):
            button.setIcon(icon(name, "soft"))
            button.restyle()
        if self._canvas:
            self._canvas.restyle()
            self._say_axes()
        self._fill_keys()
        self.keep_within(self.window().size())

    def keep_within(self, window: QSize) -> None:
        """Leave most of the window to the pictures."""
        px = theme.current().px
        self.setFixedHeight(min(px(HEIGHT), round(window.height() * MOST)))
        self._side.setFixedWidth(min(px(SIDE), round(window.width() * WIDEST)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if way := ARROWS.get(Qt.Key(event.key())):
            self.moved.emit(*way)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            look = theme.current()
            with QPainter(self) as painter:
                painter.setPen(look.colour("accent"))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _build_side(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._save)
        head.addWidget(self._close)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(ScrollPage(self._keys), 1)

    def _drawn(self) -> ProfileCanvas:
        """pyqtgraph takes up to a second to import: only who wants a profile waits for it."""
        if self._canvas is None:
            self._canvas = ProfileCanvas()
            self._room.insertWidget(0, self._canvas.widget, 1)
            self._say_axes()
        return self._canvas

    def _say_axes(self) -> None:
        if self._canvas:
            beside = _("Brightness ±") if self._signed else _("Brightness")
            self._canvas.say(_("Distance from A (px)"), beside)

    def _fill_keys(self) -> None:
        while (item := self._keys.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for lane, title, there in self._named:
            self._keys.addWidget(_key(lane, title, there))
        self._keys.addStretch(1)


class Sample(QWidget):
    """A short piece of a lane's curve."""

    def __init__(self, lane: int) -> None:
        super().__init__()
        self._lane = lane
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(26), px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(pen(self._lane, theme.current().px(2)))
            y = self.height() / 2
            painter.drawLine(QLineF(1, y, self.width() - 1, y))


def _key(lane: int, title: str, there: bool) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.current().px(8))
    words = title if there else _("{lane}: its picture has no place for the line").format(lane=title)
    label = QLabel(words, wordWrap=True)
    label.setProperty("look", "soft")
    if there:
        line.addWidget(Sample(lane), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label, 1)
    return row
