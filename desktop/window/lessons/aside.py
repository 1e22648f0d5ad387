"""What an audience needs beside a caption: the meaning of the colours, or curves."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.window.part import Part
from desktop.window.plot import PlotView
from desktop.window.sections import Legend
from desktop.window.wheel import WheelKey
from pipelines.result import Key, Plot, Result, Wheel

COLOURS_SHARE, PLOT_SHARE = 0.15, 0.24
"""Of the window's width."""
HIGHEST = 0.18
"""Of its height, for curves."""
REFRESH_MS = 250


class Aside(Part):
    """What the column says of a result, as far as a picture is not understood without it. Hidden where
    there is nothing to say. Where there are curves, it is the caption that names the colours: a projector has
    no room for both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._legend, self._wheel, self._plot = Legend(), WheelKey(), PlotView()
        self._waiting: Result | None = None
        self._with_curves = False
        self._pause = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._pause.timeout.connect(self._refresh)
        self._colours = QVBoxLayout()
        self._colours.addStretch(1)
        self._colours.addWidget(self._legend)
        self._colours.addWidget(self._wheel)
        self._colours.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._colours)
        self._row.addWidget(self._plot)
        self.restyle()
        self.hide()

    def show_result(self, result: Result, *, curves: bool) -> None:
        """The newest result of the lane that is looked at, written at most four times a second."""
        self._waiting, self._with_curves = result, curves
        if not self._pause.isActive():
            self._refresh()

    def forget(self) -> None:
        """Something else is looked at, or nobody needs this."""
        self._waiting = None
        self._pause.stop()
        self._show((), None, None)

    def suit(self, window: QSize, letters: int) -> None:
        """To a window of this size, in letters of so many pixels."""
        self.setStyleSheet(f"QLabel {{ font-size: {letters}px; }}")
        for part in (self._legend, self._wheel):
            part.setFixedWidth(max(1, round(window.width() * COLOURS_SHARE)))
        self._plot.setFixedWidth(max(1, round(window.width() * PLOT_SHARE)))
        self._plot.keep_within(round(window.height() * HIGHEST))

    def restyle(self) -> None:
        self._row.setSpacing(theme.current().px(12))

    def _refresh(self) -> None:
        if self._waiting:
            result, self._waiting = self._waiting, None
            self._show(result.legend, result.wheel, result.plot if self._with_curves else None)
            self._pause.start()

    def _show(self, legend: tuple[Key, ...], wheel: Wheel | None, plot: Plot | None) -> None:
        if plot:
            legend, wheel = (), None
        self._legend.show_keys(legend)
        self._wheel.show_wheel(wheel)
        self._plot.show_plot(plot)
        self.setVisible(bool(legend or wheel or plot))
