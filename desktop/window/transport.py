"""The bar under the pictures of a source that has a place to go to."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.controls.track import Track
from desktop.window.icons import icon
from desktop.window.part import Part

TARGET = 44


class Transport(Part):
    """Previous, play or pause, next, and where it is. Passive: tells what a person wants."""

    play_wanted = Signal(bool)
    """True to play, false to pause."""
    step_wanted = Signal(int)
    """Frames forth, or back where negative."""
    seek_wanted = Signal(int)
    """Number of a frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = (0, 0, 0.0, True)
        self._previous = self._button("step-back")
        self._play = self._button("play")
        self._next = self._button("step-forward")
        self._track = Track(1)
        self._place = QLabel(alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        for widget in (self._previous, self._play, self._next):
            self._row.addWidget(widget)
        self._row.addWidget(self._track, 1)
        self._row.addWidget(self._place)
        self._previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        self._play.clicked.connect(lambda: self.play_wanted.emit(self._shown[3]))
        self._track.valueChanged.connect(self._seek)
        self._track.reset_wanted.connect(lambda: self._track.setValue(0))
        self.retranslate()
        self.restyle()

    def show_position(self, position: int, length: int, rate: float, paused: bool) -> None:
        """Frame `position` of `length`, counted from 0, at `rate` frames a second.

        A slider that a person holds is not moved.
        """
        if (position, length, rate, paused) == self._shown:
            return
        was_paused, self._shown = self._shown[3], (position, length, rate, paused)
        if paused != was_paused:
            self._name_play()
        if not self._track.isSliderDown():
            with QSignalBlocker(self._track):
                self._track.setRange(0, max(0, length - 1))
                self._track.setPageStep(max(1, length // 10))
                self._track.setValue(position)
            self._track.update()
            self._write(position)

    def words(self) -> str:
        """What is written at the end of the bar."""
        return self._place.text()

    def retranslate(self) -> None:
        for button, words in (
            (self._previous, _("Previous frame")),
            (self._next, _("Next frame")),
        ):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._track.setAccessibleName(_("Position"))
        self._name_play()
        self._write(self._shown[0])

    def restyle(self) -> None:
        px = theme.current().px
        self._row.setContentsMargins(px(4), 0, px(12), 0)
        self._row.setSpacing(px(4))
        for button in (self._previous, self._play, self._next):
            button.setIconSize(QSize(px(20), px(20)))
            button.updateGeometry()
        self._track.updateGeometry()
        self._write(self._shown[0])

    def _button(self, name: str) -> QToolButton:
        button = _Button()
        button.setIcon(icon(name))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _name_play(self) -> None:
        paused = self._shown[3]
        self._play.setIcon(icon("play" if paused else "freeze"))
        words = _("Play") if paused else _("Pause")
        self._play.setAccessibleName(words)
        self._play.setToolTip(words)

    def _seek(self, position: int) -> None:
        self._write(position)
        self.seek_wanted.emit(position)

    def _write(self, position: int) -> None:
        _position, length, rate, _paused = self._shown
        self._place.setText(_written(position, length, rate))
        widest = _written(max(0, length - 1), length, rate)
        self._place.setMinimumWidth(self._place.fontMetrics().horizontalAdvance(widest))


class _Button(QToolButton):
    """Large enough for a finger; a style sheet overrules a minimum size, but not this."""

    def sizeHint(self) -> QSize:
        side = theme.current().px(TARGET)
        return super().sizeHint().expandedTo(QSize(side, side))


def _written(position: int, length: int, rate: float) -> str:
    frame = _("frame {number} of {count}").format(number=min(position + 1, length), count=length)
    return f"{_clock(position / rate)} / {_clock(length / rate)}   {frame}" if rate > 0 else frame


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
