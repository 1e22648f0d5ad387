"""A number: its name, its value with unit, and a slider under them."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from desktop.language import _, say
from desktop.window.controls.control import Control
from desktop.window.controls.stops import Stops
from desktop.window.controls.track import Track
from desktop.window.controls.value_field import ValueField
from models.errors import ParameterError
from pipelines.parameters import Spec


class NumberSlider(Control):
    """The slider goes by the declared steps; a typed number may be any that the parameter takes."""

    def __init__(self, spec: Spec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._stops = Stops(spec)
        self._field = ValueField(self._stops.widest())
        self._track = Track(len(self._stops.values))
        self.head.addWidget(self._field)
        self.body.addWidget(self._track)
        self.setTabOrder(self._track, self._field)
        self._field.typed.connect(self._type)
        self._field.textEdited.connect(self._refusal.hide)
        self._field.given_up.connect(self._refusal.hide)
        self._track.valueChanged.connect(lambda index: self._edit(self._stops.value(index)))
        self._track.reset_wanted.connect(self.reset)
        self.retranslate()
        self.restyle()
        self.set_value(spec.default)

    def restyle(self) -> None:
        super().restyle()
        self._track.updateGeometry()
        self._field.updateGeometry()

    def written(self) -> str:
        return self._stops.write_with_unit(self._value)

    def field(self) -> QWidget:
        return self._track

    def _show_value(self, value: float) -> None:
        with QSignalBlocker(self._track):
            self._track.setValue(self._stops.nearest(value))
        self._field.show_value(self._stops.write(value), self._stops.write_with_unit(value))

    def _describe(self) -> None:
        super()._describe()
        self._field.setAccessibleName(say(self.spec.knob.title))

    def _type(self, words: str) -> None:
        """Take what was typed, full-width figures and the unit included."""
        bare = unicodedata.normalize("NFKC", words).strip()
        bare = bare.removesuffix(unicodedata.normalize("NFKC", self.spec.knob.unit)).strip()
        try:
            value = self.spec.check(bare, strict=False)
        except ParameterError:
            self.refuse(self._wanted)
            return
        self._refusal.hide()
        self._edit(value)
        self._show_value(value)

    def _wanted(self) -> str:
        low, high = (self._stops.write_with_unit(self._stops.values[end]) for end in (0, -1))
        if self.spec.kind == "int":
            return _("Type a whole number from {low} to {high}.").format(low=low, high=high)
        return _("Type a number from {low} to {high}.").format(low=low, high=high)
