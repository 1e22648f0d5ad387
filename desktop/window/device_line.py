"""Where the selected lane computes, and how that was chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.part import Part
from models.text import Text
from pipelines.status import Status


class DeviceLine(Part):
    """Hidden for a pipeline that has no choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[Text | None, Text | None] = (None, None)
        self._device, self._choice = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._device.setProperty("look", "heading")
        self._choice.setProperty("look", "soft")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for label in (self._device, self._choice):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._rows.addWidget(label)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_status(self, status: Status | None) -> None:
        told = (status.device, status.choice) if status else (None, None)
        if told != self._told:
            self._told = told
            self.retranslate()
        self.setVisible(told[0] is not None)

    def retranslate(self) -> None:
        device, choice = self._told
        self._device.setText(_("Computed on {device}").format(device=say(device)) if device else "")
        self._choice.setText(say(choice) if choice else "")
        self._choice.setVisible(choice is not None)

    def restyle(self) -> None:
        self._rows.setSpacing(theme.current().px(6))
