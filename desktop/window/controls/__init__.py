"""Controls made from one declared parameter: a slider with its number, a choice, a switch, a square of
numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.window.controls.choice import Choice
from desktop.window.controls.control import Control
from desktop.window.controls.number_grid import NumberGrid
from desktop.window.controls.number_slider import NumberSlider
from desktop.window.controls.switch import Switch
from pipelines.parameters import Kind, Spec

__all__ = ["Control", "control_for"]

CONTROLS: dict[Kind, type[Control]] = {
    "float": NumberSlider,
    "int": NumberSlider,
    "bool": Switch,
    "choice": Choice,
    "grid": NumberGrid,
}


def control_for(spec: Spec, parent: QWidget | None = None) -> Control:
    """The control that sets this parameter."""
    return CONTROLS[spec.kind](spec, parent)
