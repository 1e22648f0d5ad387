"""What keys do with the maps of the selected lane, much as those of the Deep Visualization Toolbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from desktop.window import ask
from models.inspection.pictures import Range
from pipelines.layers.pins import toggled
from pipelines.layers.values import FeatureMapsParameters
from pipelines.units import Units

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

GAMMAS = (1.0, 0.7, 0.5, 0.3)


class MapKeys:
    """Nothing happens where the selected lane shows no maps."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def find(self) -> None:
        """Ask for a number, and choose the map that has it."""
        if units := self._units:
            last = max(units.grid.units)
            number = ask.for_map(self._window, units.chosen or 0, last)
            if number is not None:
                self._edit(**{units.field: number})

    def move(self, across: int, down: int) -> None:
        """To the map so many cells further; the edges are the edges."""
        units = self._units
        if units is None or units.chosen not in units.grid.units:
            return
        grid = units.grid
        row, column = divmod(grid.units.index(units.chosen), grid.columns)
        row, column = row + down, column + across
        place = row * grid.columns + column
        if 0 <= column < grid.columns and 0 <= place < len(grid.units):
            self._edit(**{units.field: grid.units[place]})

    def pin(self) -> None:
        """The chosen map, or take it off; kernels stay where they are."""
        units, parameters = self._units, self._parameters
        if units and parameters and parameters.view == "maps" and units.chosen is not None:
            self._edit(pins=toggled(parameters.pins, units.layer, units.chosen))

    def switch_sums(self) -> None:
        if parameters := self._parameters:
            self._edit(sums=not parameters.sums)

    def switch_kernels(self) -> None:
        if parameters := self._parameters:
            self._edit(view="maps" if parameters.view == "kernels" else "kernels")

    def turn_gamma(self) -> None:
        """The next that makes weak answers brighter, and back to 1."""
        if parameters := self._parameters:
            brighter = [gamma for gamma in GAMMAS if gamma < parameters.gamma - 1e-6]
            self._edit(gamma=brighter[0] if brighter else GAMMAS[0])

    def turn_scaling(self) -> None:
        """Each map's own strongest answer, the layer's, a fixed one."""
        if parameters := self._parameters:
            ranges = get_args(Range)
            self._edit(scaling=ranges[(ranges.index(parameters.scaling) + 1) % len(ranges)])

    @property
    def _parameters(self) -> FeatureMapsParameters | None:
        parameters = self._window.selected_lane().parameters
        return parameters if isinstance(parameters, FeatureMapsParameters) else None

    @property
    def _units(self) -> Units | None:
        """Of the first layer that is shown."""
        done = self._window.selected_view().done
        units = done.result.units if done and self._parameters else ()
        return units[0] if units and units[0].chosen is not None else None

    def _edit(self, **values: Any) -> None:
        self._window.edit_parameters(self._window.selected_lane().parameters.changed(**values))
