"""Joins a click into the picture to the place that the selected lane tells about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

NEAR = 2.0
"""Percent of the picture: a click this near to what is told already means that it shall go."""


class PointingBinding(QObject):
    """Works where the result of the selected lane says that it can be pointed at."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.wall.place_chosen.connect(self._choose)

    def _choose(self, across: float, down: float) -> None:
        done = self._window.selected_view().done
        if done is None or done.result.pointing is None:
            return
        names, parameters = done.result.pointing, self._window.selected_lane().parameters
        told = getattr(parameters, names.told)
        away = abs(getattr(parameters, names.across) - across), abs(getattr(parameters, names.down) - down)
        if told and max(away) < NEAR:
            changed = parameters.changed(**{names.told: False})
        else:
            place = {names.across: round(across, 1), names.down: round(down, 1)}
            changed = parameters.changed(**place, **{names.told: True})
        self._window.edit_parameters(changed)
