"""A form made from the declaration of a pipeline's parameters."""

from __future__ import annotations

import functools
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import N_, _, say
from desktop.window.controls import Control, control_for
from desktop.window.controls.control import BLEED
from desktop.window.part import Part
from models.errors import ParameterError
from pipelines.parameters import Parameters


class ParameterPanel(Part):
    """Shows a set of parameters and reports a whole new set for each edit; holds no lane.

    A parameter that is without effect at the moment is hidden. A set that is refused is not
    reported: its control shows why and goes back.
    """

    edited = Signal(object)
    """The new `Parameters`, when a person changed one."""

    def __init__(
        self, parent: QWidget | None = None, *, heading: str = N_("Parameters"), headed: bool = True
    ) -> None:
        """`heading` in English, the catalogue's key. Where it is not `headed`, its owner gives `head` a place
        that does not scroll away.
        """
        super().__init__(parent)
        self._words = heading
        self._parameters: Parameters | None = None
        self._controls: dict[str, Control] = {}
        self._heading = QLabel()
        self._heading.setProperty("look", "heading")
        self._reset_all = QPushButton()
        self._reset_all.setProperty("look", "plain")
        policy = self._reset_all.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset_all.setSizePolicy(policy)
        self._reset_all.clicked.connect(self.reset_all)
        self.head = QHBoxLayout()
        self.head.addWidget(self._heading, 1)
        self.head.addWidget(self._reset_all)
        self._rows = QVBoxLayout(self)
        if headed:
            self._rows.addLayout(self.head)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_parameters(self, parameters: Parameters) -> None:
        """Show this set without reporting it. A set of another kind gets its own controls."""
        if type(parameters) is not type(self._parameters):
            self._rebuild(type(parameters))
        self._parameters = parameters
        for name, control in self._controls.items():
            control.set_value(getattr(parameters, name))
            control.setVisible(control.spec.matters(parameters))
        self._reset_all.setVisible(bool(parameters.to_table()))
        self.setVisible(bool(self._controls))

    def parameters(self) -> Parameters | None:
        """What is shown."""
        return self._parameters

    def reset_all(self) -> None:
        """Back to the declared values, as the person's own edit."""
        if self._parameters is not None:
            self._report(type(self._parameters)())

    def retranslate(self) -> None:
        self._heading.setText(_(self._words))
        self._reset_all.setText(_("Reset all"))

    def restyle(self) -> None:
        px = theme.current().px
        self.head.setContentsMargins(px(BLEED), 0, 0, 0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(12))

    def _rebuild(self, kind: type[Parameters]) -> None:
        for control in self._controls.values():
            self._rows.removeWidget(control)
            control.hide()
            control.deleteLater()
        self._controls = {spec.name: control_for(spec, self) for spec in kind.specs()}
        for name, control in self._controls.items():
            control.edited.connect(lambda value, name=name: self._change(name, value))
            self._rows.addWidget(control)

    def _change(self, name: str, value: Any) -> None:
        if self._parameters is None:
            return
        try:
            changed = self._parameters.changed(**{name: value})
        except ParameterError as why:
            self._controls[name].set_value(getattr(self._parameters, name))
            self._controls[name].refuse(functools.partial(say, why.text))
        else:
            self._report(changed)

    def _report(self, parameters: Parameters) -> None:
        self.show_parameters(parameters)
        self.edited.emit(parameters)
