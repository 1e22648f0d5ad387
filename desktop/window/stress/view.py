"""The stress test's place in the window: the picture, the curves, and the column beside them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.language import say
from desktop.window.part import Part
from desktop.window.stress.form import StressForm
from desktop.window.stress.picture import StressPicture
from desktop.window.stress.plot import StressPlot
from models.text import Text

GAP = 8
COLUMN_SHARE = 0.46
"""Of the window's width: what the column takes at most."""
PICTURE_SHARE, PLOT_SHARE = 50, 50


class StressView(Part):
    """Covers everything else in `parent` while it is shown; only the keys that it is given go through."""

    run_toggled = Signal()
    save_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget, passing: Collection[QKeySequence]) -> None:
        """`passing` are the keys that still mean what they mean in the window."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parent = parent
        self._passing = passing
        self._size = (4, 3)
        self.picture, self.plot, self.form = StressPicture(), StressPlot(), StressForm()
        self._trouble: Text | None = None
        self._sentence = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence.hide()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.addWidget(self.picture, PICTURE_SHARE)
        self._both.addWidget(self.plot, PLOT_SHARE)
        self._both.addWidget(self._sentence, PLOT_SHARE)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._both, 1)
        self._row.addWidget(self.form)
        parent.installEventFilter(self)
        self.form.save_wanted.connect(self.save_wanted)
        self.form.close_wanted.connect(self.close_wanted)
        self.restyle()
        self.hide()

    def open(self, size: tuple[int, int]) -> None:
        """Cover the window; `size` is the frame's, (width, height)."""
        self._size = size
        self._cover()
        self.show()
        self.raise_()
        self.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_trouble(self, trouble: Text | None) -> None:
        """In the place of the curves, where there are none to come."""
        self._trouble = trouble
        self._sentence.setText(say(trouble) if trouble else "")
        self._sentence.setVisible(trouble is not None)
        self.plot.setVisible(trouble is None)

    def trouble(self) -> str:
        """The sentence that stands there, empty where there are curves."""
        return self._sentence.text()

    def retranslate(self) -> None:
        self.say_trouble(self._trouble)

    def restyle(self) -> None:
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._parent and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.current().colour("ground"))

    # --- keys: what is behind is not to be reached

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._keeps(event):
            event.accept()
            return True
        return super().event(event)

    def _keeps(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) not in self._passing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_wanted.emit()
            case Qt.Key.Key_Space:
                self.run_toggled.emit()
            case Qt.Key.Key_S:
                self.save_wanted.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.plot.keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Round and round in here."""
        start: QWidget = self.focusWidget() or self
        widget = _after(start, forwards)
        while widget is not start and not (self.isAncestorOf(widget) and _takes_tab(widget)):
            widget = _after(widget, forwards)
        reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        widget.setFocus(reason)
        return True

    # --- inside

    def _cover(self) -> None:
        self.setGeometry(self._parent.rect())

    def _arrange(self) -> None:
        """The column, and beside it picture and plot over one another or side by side: as the picture
        is larger."""
        px = theme.current().px
        gap = px(GAP)
        self._row.setContentsMargins(gap, gap, 0, gap)
        self._row.setSpacing(gap)
        self._both.setSpacing(gap)
        column = min(px(theme.COLUMN), round(self.width() * COLUMN_SHARE))
        self.form.setFixedWidth(column)
        room = QSize(max(1, self.width() - column - 2 * gap), max(1, self.height() - 2 * gap))
        width, height = self._size
        stacked = min(room.width() / width, room.height() / 2 / height)
        beside = min(room.width() / 2 / width, room.height() / height)
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.LeftToRight if beside > stacked else direction.TopToBottom)


def _after(widget: QWidget, forwards: bool) -> QWidget:
    """The next one in the window's round, or the one before."""
    return (widget.nextInFocusChain() if forwards else widget.previousInFocusChain()) or widget


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
