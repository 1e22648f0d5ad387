"""Joins the selected lane to the strip of layers under the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.window.layers.bar import LayersBar
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.layers.pins import toggled
from pipelines.layers.values import AND, FeatureMapsParameters
from pipelines.result import LayerStrip

MOST = 8
"""Layers side by side: more nobody sees anything in."""

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


class LayersBinding(QObject):
    """It is there while the selected lane shows layers."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._shown: LayerStrip | None = None
        self.bar = LayersBar()
        self.bar.strip.chosen.connect(self._choose)
        self.bar.strip.added.connect(self._add)
        session.outcome.connect(self._show_outcome)
        session.lanes_changed.connect(self._show_selected)
        session.changed.connect(lambda: self.bar.strip.set_mirror(session.mirror))
        session.source_changed.connect(lambda: self.bar.strip.set_mirror(session.mirror))
        self.bar.strip.set_mirror(session.mirror)
        window.wall.selection_changed.connect(self._show_selected)
        window.wall.unit_chosen.connect(self._choose_unit)
        window.wall.cell_chosen.connect(self._choose_cell)
        window.wall.map_pinned.connect(self._pin)

    def step(self, steps: int) -> None:
        """To the next layers, or back, as far as the ends; nothing where the selected lane shows none."""
        if self._shown:
            names = [layer.name for layer in self._shown.layers]
            at = names.index(self._asked(self._shown)[0]) + steps
            self._choose(names[max(0, min(len(names) - 1, at))])

    def _show_outcome(self, lane: Lane, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and lane is self._window.selected_lane():
            self._show(outcome.result.strip)

    def _show_selected(self) -> None:
        done = self._window.selected_view().done if self._window.wall.views else None
        self._show(done.result.strip if done else None)

    def _show(self, strip: LayerStrip | None) -> None:
        self._shown = strip
        if strip:
            self.bar.strip.show_strip(strip)
        self.bar.setVisible(strip is not None)

    def _choose_unit(self, unit: tuple[int, int, int]) -> None:
        """Its arithmetic is shown; where it is shown already, it goes."""
        parameters = self._window.selected_lane().parameters
        number, row, column = unit
        wanted = {"unit": number, "row": row, "column": column}
        shown = {**wanted, "sums": True}
        again = parameters.changed(**shown) == parameters
        self._window.edit_parameters(parameters.changed(**wanted, sums=not again))

    def _choose_cell(self, field: str, number: int) -> None:
        self._edit(**{field: number})

    def _pin(self, layer: str, number: int) -> None:
        parameters = self._window.selected_lane().parameters
        if isinstance(parameters, FeatureMapsParameters):
            pins = toggled(parameters.pins, layer, number)
            self._window.edit_parameters(parameters.changed(pins=pins))

    def _add(self, name: str) -> None:
        """Beside those that are shown; one that is shown already goes, but not the last one."""
        if self._shown:
            chosen = self._asked(self._shown)
            chosen = [*chosen, name] if name not in chosen else [one for one in chosen if one != name]
            if chosen:
                self._choose(AND.join(chosen[-MOST:]))

    def _asked(self, strip: LayerStrip) -> list[str]:
        """The layers that a person has asked for last, which a slow network may not show yet; what the strip
        shows where they are asked for in another way than by their names."""
        asked = str(getattr(self._window.selected_lane().parameters, strip.field)).split(AND)
        known = {layer.name for layer in strip.layers}
        return asked if known.issuperset(asked) else list(strip.chosen)

    def _choose(self, name: str) -> None:
        if self._shown:
            self._edit(**{self._shown.field: name})

    def _edit(self, **values: object) -> None:
        parameters = self._window.selected_lane().parameters
        self._window.edit_parameters(parameters.changed(**values))
