"""The right-hand column: everything that belongs to the selected lane."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.comparison import ComparisonTable
from desktop.window.controls.control import BLEED
from desktop.window.device_line import DeviceLine
from desktop.window.parameter_panel import ParameterPanel
from desktop.window.part import Part
from desktop.window.plot import PlotView
from desktop.window.score_bars import ScoreBars
from desktop.window.scroll import ScrollPage
from desktop.window.sections import Legend, Readings
from desktop.window.timing import Timing
from desktop.window.wheel import WheelKey
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.result import Comparison, Result
from pipelines.status import Status

SIDE = 14
"""Pixels at 100 % from the edge to the controls; text begins `BLEED` further in."""
REFRESH_MS = 250
"""Figures that change faster than this cannot be read."""


class Column(Part):
    """Passive: it shows a pipeline, its parameters and its results, and reports edits."""

    parameters_edited = Signal(object)
    """The new `Parameters`, when a person changed one."""

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self._pipeline: type[AnyPipeline] | None = None
        self._results_first = False
        self._waiting: tuple[Result, Status | None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._pause.timeout.connect(self._refresh)
        self._title = _label("title")
        self._explanation = _label("soft")
        self._citation = _label("small")
        self._citation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.panel = ParameterPanel()
        self.panel.edited.connect(self.parameters_edited)
        self._comparison, self._scores = ComparisonTable(), ScoreBars()
        self._legend, self._plot, self._readings, self._timing = Legend(), PlotView(), Readings(), Timing()
        self._device, self._wheel = DeviceLine(), WheelKey()
        self._page = QVBoxLayout()
        self._texts = self._build()
        self.retranslate()
        self.restyle()

    def show_pipeline(self, pipeline: type[AnyPipeline], parameters: Parameters) -> None:
        """Show another lane, or another set of parameters of the same. Results of the former go."""
        if pipeline is not self._pipeline:
            self._pipeline = pipeline
            self.forget_results()
            self._scroll.verticalScrollBar().setValue(0)
            self.retranslate()
        self.panel.show_parameters(parameters)

    def show_result(self, result: Result, milliseconds: float, status: Status | None = None) -> None:
        """The newest result, the pipeline's own time for it and how it went; written at most four times a
        second."""
        self._timing.add(self._clock(), milliseconds)
        self._waiting = result, status
        if not self._pause.isActive():
            self._refresh()

    def forget_results(self) -> None:
        """What was measured before is no longer so: the lane, its source or its size is another."""
        self._waiting = None
        self._pause.stop()
        self._show_comparison(None)
        self._scores.show_scores(())
        self._legend.show_keys(())
        self._wheel.show_wheel(None)
        self._plot.show_plot(None)
        self._readings.show_readings(())
        self._timing.clear()
        self._device.show_status(None)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Selected view"))
        if self._pipeline is None:
            return
        self._title.setText(say(self._pipeline.title))
        self._explanation.setText(say(self._pipeline.explanation))
        self._citation.setText(self._pipeline.citation)

    def restyle(self) -> None:
        px = theme.current().px
        self.setFixedWidth(px(theme.COLUMN))
        self._page.setContentsMargins(px(SIDE), px(20), px(SIDE), px(20))
        self._page.setSpacing(px(20))
        for text in self._texts:
            text.setContentsMargins(px(BLEED), 0, px(BLEED), 0)

    def _build(self) -> list[QWidget]:
        texts: list[QWidget] = [
            self._title,
            self._explanation,
            self._comparison,
            self._scores,
            self._legend,
            self._wheel,
            self._plot,
            self._readings,
            self._timing,
            self._device,
            self._citation,
        ]
        for part in (*texts[:4], self.panel, *texts[4:]):
            self._page.addWidget(part)
        self._page.insertStretch(self._page.count() - 1)
        self._scroll = ScrollPage(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        return texts

    def _refresh(self) -> None:
        if self._waiting is None:
            return
        (result, status), self._waiting = self._waiting, None
        self._show_comparison(result.comparison)
        self._scores.show_scores(result.scores)
        self._legend.show_keys(result.legend)
        self._wheel.show_wheel(result.wheel)
        self._plot.show_plot(result.plot, explained=result.comparison is not None)
        self._readings.show_readings((*result.readings, *(status.readings if status else ())))
        self._timing.refresh()
        self._device.show_status(status)
        self._pause.start()

    def _show_comparison(self, comparison: Comparison | None) -> None:
        """Where two are compared, what came out stands before what can be set, curves and all."""
        shown = comparison is not None
        if shown != self._results_first:
            self._results_first = shown
            self._page.removeWidget(self._plot)
            self._page.insertWidget(self._page.indexOf(self.panel) + (not shown), self._plot)
        self._comparison.show_comparison(comparison)


def _label(look: str) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
