"""What all controls have in common: a name, a way back to the default, and a place for a refusal."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.icons import icon
from desktop.window.part import Part
from pipelines.parameters import Spec

BLEED = 6
"""Pixels at 100 % that a focus ring may reach out of the column of text, on both sides."""
TOUCH = 44
"""Height in pixels at 100 % that a finger hits."""


class Control(Part):
    """One declared parameter as a person sees it. It shows and reports, and decides nothing."""

    edited = Signal(object)
    """The new value, when a person changed it; never after `set_value`."""

    def __init__(self, spec: Spec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._value: Any = spec.default
        self._name = QLabel()
        self._name.setProperty("look", "soft")
        self._name.setWordWrap(True)
        self._reset = self._make_reset()
        self._refusal = _Refusal()
        self.head = QHBoxLayout()
        self.head.addWidget(self._name, 1)
        self.head.addWidget(self._reset)
        self.body = QVBoxLayout()
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(self.head)
        self._rows.addLayout(self.body)
        self._rows.addWidget(self._refusal)

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        """Show another value without reporting it."""
        if value != self._value:
            self._refusal.hide()
        self._value = value
        self._reset.setVisible(value != self.spec.default)
        self._show_value(value)
        self._describe()

    def reset(self) -> None:
        """Back to the declared value, as the person's own edit."""
        self._edit(self.spec.default)

    def refuse(self, why: Callable[[], str]) -> None:
        """Say in place why a value was not taken, until another one is; asked again in each language."""
        self._refusal.say(why)

    def refusal(self) -> str:
        """The words shown now, empty where nothing was refused."""
        return "" if self._refusal.isHidden() else self._refusal.words()

    def retranslate(self) -> None:
        self._name.setText(say(self.spec.knob.title))
        help_ = say(self.spec.knob.help)
        self.setToolTip(f"<p>{html.escape(help_)}</p>" if help_ else "")
        reset = _("Reset {name}").format(name=self._name.text())
        self._reset.setToolTip(reset)
        self._reset.setAccessibleName(reset)
        self._refusal.retranslate()
        self._describe()

    def restyle(self) -> None:
        px = theme.current().px
        self._name.setContentsMargins(px(BLEED), 0, 0, 0)
        self._reset.setIconSize(QSize(px(16), px(16)))
        self.head.setSpacing(px(4))
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(2))
        self._refusal.restyle()

    def written(self) -> str:
        """The value in words, for the screen reader."""
        raise NotImplementedError

    def field(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def _show_value(self, value: Any) -> None:
        raise NotImplementedError

    def _edit(self, value: Any) -> None:
        if value == self._value:
            return
        self.set_value(value)
        self.edited.emit(value)

    def _describe(self) -> None:
        self.field().setAccessibleName(say(self.spec.knob.title))
        parts = (self.written(), say(self.spec.knob.help))
        self.field().setAccessibleDescription(". ".join(part for part in parts if part))

    def _make_reset(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "small")
        button.setIcon(icon("reset", "soft"))
        button.clicked.connect(self.reset)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.hide()
        return button


class _Refusal(QWidget):
    """A sentence with a warning sign under a control."""

    def __init__(self) -> None:
        super().__init__()
        self._why: Callable[[], str] = str
        self._sign = QLabel()
        self._words = QLabel(wordWrap=True)
        self._words.setProperty("look", "small")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self.hide()

    def say(self, why: Callable[[], str]) -> None:
        self._why = why
        self.retranslate()
        self.show()

    def words(self) -> str:
        return self._words.text()

    def retranslate(self) -> None:
        self._words.setText(self._why())

    def restyle(self) -> None:
        px = theme.current().px
        self._sign.setPixmap(icon("warning", "second").pixmap(QSize(px(16), px(16)), self.devicePixelRatio()))
        self._row.setContentsMargins(px(BLEED), 0, px(BLEED), px(4))
        self._row.setSpacing(px(6))
