"""The bar under the pictures of a source that has a place to go to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.controls.track import Track
from desktop.window.icons import icon
from desktop.window.pace_button import PaceButton
from desktop.window.part import Part
from desktop.window.place import Place
from desktop.window.transport_button import TransportButton

SIDE = 6
"""Pixels at 100 % beside the words."""


class Fit(NamedTuple):
    """How much of the bar is shown."""

    words: Callable[[Place], str] | None
    """What is written of the place."""
    pace_in_words: bool
    track: bool


FITS = (
    Fit(Place.words, pace_in_words=True, track=True),
    Fit(Place.few_words, pace_in_words=True, track=True),
    Fit(None, pace_in_words=True, track=True),
    Fit(None, pace_in_words=False, track=True),
    Fit(Place.few_words, pace_in_words=False, track=False),
    Fit(None, pace_in_words=True, track=False),
    Fit(None, pace_in_words=False, track=False),
)
"""From everything to what can be pressed: where the bar is narrow it takes the first that it has room for."""


class Transport(Part):
    """Previous, play or pause, next; where it is; the pace of still pictures, and whether it begins again.

    Passive: tells what a person wants, and shows what has come of it when it is told.
    """

    play_wanted = Signal(bool)
    """True to play, false to pause."""
    step_wanted = Signal(int)
    """Frames forth, or back where negative."""
    seek_wanted = Signal(int)
    """Number of a frame."""
    loop_wanted = Signal(bool)
    """True to begin again at the end."""
    pace_wanted = Signal(float)
    """Seconds that each picture stays, 0 until a person goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Place(0, 0, 0.0, paused=True)
        self._fit = FITS[0]
        self._previous, self._play, self._next = TransportButton(), TransportButton(), TransportButton()
        self._track = Track(1)
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._pace, self._loop = PaceButton(), TransportButton()
        self._buttons = (self._previous, self._play, self._next, self._pace, self._loop)
        self._row = QHBoxLayout(self)
        for button in (self._previous, self._play, self._next):
            self._row.addWidget(button)
        self._row.addWidget(self._track, 1)
        self._row.addWidget(self._words)
        for button in (self._pace, self._loop):
            self._row.addWidget(button)
        self._dress()
        self._connect()
        self.retranslate()
        self.restyle()

    def show_place(self, place: Place) -> None:
        """A slider that a person holds is not moved."""
        if place == self._shown:
            return
        before, self._shown = self._shown, place
        if replace(place, position=0) != replace(before, position=0):
            self.retranslate()
        if not self._track.isSliderDown():
            self._show_on_track()
            self._write(place)

    def words(self) -> str:
        """What is written of the place; empty where there is no room."""
        return "" if self._words.isHidden() else self._words.text()

    def retranslate(self) -> None:
        place = self._shown
        self._previous.name(_("Previous picture") if place.still else _("Previous frame"))
        self._next.name(_("Next picture") if place.still else _("Next frame"))
        self._play.name(_("Pause") if place.plays else _("Play"))
        self._play.setIcon(icon("freeze" if place.plays else "play"))
        self._loop.name(_("Loop"))
        self._loop.setChecked(place.loop)
        self._pace.setVisible(place.still)
        self._pace.show_pace(place.seconds or 0.0)
        self._track.setAccessibleName(_("Position"))
        self._make_fit()

    def restyle(self) -> None:
        px = theme.current().px
        self._row.setContentsMargins(px(4), 0, px(4), 0)
        self._row.setSpacing(px(2))
        for button in self._buttons:
            button.restyle()
        self._track.updateGeometry()
        self._words.setContentsMargins(px(SIDE), 0, px(SIDE), 0)
        self._make_fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes, see `FITS`."""
        return QSize(
            theme.current().px(theme.TARGET) * len(self._buttons), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_fit()

    # --- inside

    def _dress(self) -> None:
        self._previous.setIcon(icon("step-back"))
        self._next.setIcon(icon("step-forward"))
        self._loop.setIcon(icon("loop", "soft", on="accent"))
        self._loop.setCheckable(True)

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        self._play.clicked.connect(lambda: self.play_wanted.emit(not self._shown.plays))
        self._loop.clicked.connect(self._want_loop)
        self._pace.chosen.connect(self.pace_wanted)
        self._track.valueChanged.connect(self._seek)
        self._track.reset_wanted.connect(lambda: self._track.setValue(0))

    def _want_loop(self, wanted: bool) -> None:
        self._loop.setChecked(self._shown.loop)  # the source decides
        self.loop_wanted.emit(wanted)

    def _seek(self, position: int) -> None:
        self._write(replace(self._shown, position=position))
        self.seek_wanted.emit(position)

    def _show_on_track(self) -> None:
        place = self._shown
        with QSignalBlocker(self._track):
            self._track.setRange(0, max(0, place.length - 1))
            self._track.setPageStep(max(1, place.length // 10))
            self._track.setValue(place.position)
        self._track.update()

    def _write(self, place: Place) -> None:
        if self._fit.words:
            self._words.setText(self._fit.words(place))

    def _make_fit(self) -> None:
        """As much as there is room for."""
        for fit in FITS:
            self._take(fit)
            if self._width_wanted() <= self.width():
                break

    def _take(self, fit: Fit) -> None:
        self._fit = fit
        self._pace.show_words(fit.pace_in_words)
        self._track.setVisible(fit.track)
        self._words.setVisible(fit.words is not None)
        if fit.words:
            widest = fit.words(replace(self._shown, position=max(0, self._shown.length - 1)))
            room = self._words.fontMetrics().horizontalAdvance(widest)
            self._words.setMinimumWidth(room + 2 * theme.current().px(SIDE))
        self._write(self._shown)

    def _width_wanted(self) -> int:
        """With a track of a good length beside words, with a short one where there are none."""
        self._row.invalidate()
        size = self._row.sizeHint() if self._fit.words else self._row.minimumSize()
        return size.width()
