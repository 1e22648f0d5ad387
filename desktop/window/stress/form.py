"""The column of the stress test: what is done to the picture, to whom, and what came of it.

Title and buttons stay in sight; what is between them scrolls where there is little room.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.painting.stress_words import how_to_read
from desktop.window.actions import shown
from desktop.window.controls.choice import DropDown
from desktop.window.icons import icon
from desktop.window.part import Part
from desktop.window.plot import Sample
from desktop.window.scroll import ScrollPage
from desktop.window.stress.figures import StressFigures
from models.text import Text
from pipelines.result import Role

SIDE = 20
SIDES: tuple[Role, Role] = ("first", "second")


class StressForm(Part):
    """Passive: it shows choices and figures, and reports what a person wants."""

    sweep_chosen = Signal(int)
    folder_chosen = Signal(bool)
    """All labelled pictures of the folder, or this one alone."""
    contender_chosen = Signal(int, int)
    """(which side: 0 or 1, the place in the list)."""
    run_wanted = Signal(bool)
    """Start, or stop."""
    save_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._running = False
        self._sweeps: Sequence[Text] = ()
        self._contenders: Sequence[Text] = ()
        self._title, self._explanation, self._note = _label("title"), _label("soft"), _label("small")
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", "soft"))
        self.close_button.clicked.connect(self.close_wanted)
        self.sweep, self.sides = DropDown(), (DropDown(), DropDown())
        self.pictures = DropDown()
        self.pictures.addItems(["", ""])
        self._names = tuple(_label("soft") for _choice in range(4))
        self.run_button, self.save_button = QPushButton(), QPushButton()
        self.run_button.setProperty("look", "primary")
        self.figures = StressFigures()
        self._page = QVBoxLayout()
        self._head, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._choices: list[QVBoxLayout] = []
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def show_choices(
        self, sweeps: Sequence[Text], sweep: int, contenders: Sequence[Text], chosen: tuple[int, int]
    ) -> None:
        """What there is to choose from, and the places of what is chosen."""
        self._sweeps, self._contenders = sweeps, contenders
        for box, count, at in (
            (self.sweep, len(sweeps), sweep),
            *zip(self.sides, [len(contenders)] * 2, chosen, strict=True),
        ):
            with QSignalBlocker(box):
                box.clear()
                box.addItems([""] * count)
                box.setCurrentIndex(at)
        self.retranslate()

    def show_folder(self, there: bool, chosen: bool) -> None:
        """Whether the picture is one of a labelled folder, and whether all of that are tested."""
        with QSignalBlocker(self.pictures):
            self.pictures.setCurrentIndex(int(chosen))
        self.pictures.setVisible(there)
        self._names[3].setVisible(there)

    def show_running(self, running: bool) -> None:
        self._running = running
        self._write_button()

    def show_savable(self, savable: bool) -> None:
        """Whether there is anything yet that could be saved."""
        self.save_button.setEnabled(savable)

    def retranslate(self) -> None:
        self._title.setText(_("Stress test"))
        self._explanation.setText(
            _(
                "One distortion grows step by step, and both detectors search every picture for the faces. "
                "The curves show how much each of them stands."
            )
        )
        for name, box, words in zip(
            self._names,
            (self.sweep, *self.sides, self.pictures),
            (_("Distortion"), _("First detector"), _("Second detector"), _("Pictures")),
            strict=True,
        ):
            name.setText(words)
            box.setAccessibleName(words)
        self._note.setText(how_to_read())
        self.save_button.setText(_("Save"))
        keep, leave = _("Save the curves as a table and as a picture"), _("Close the stress test")
        self.save_button.setToolTip(f"{keep} ({shown('S')})")
        self.close_button.setToolTip(f"{leave} ({shown('Esc')})")
        self.close_button.setAccessibleName(leave)
        self._write_choices()
        self._write_button()

    def restyle(self) -> None:
        px = theme.current().px
        self._head.setContentsMargins(px(SIDE), px(8), px(8), 0)
        self._page.setContentsMargins(px(SIDE), px(8), px(SIDE), px(12))
        self._page.setSpacing(px(16))
        self._buttons.setContentsMargins(px(SIDE), px(12), px(SIDE), px(16))
        for choice in self._choices:
            choice.setSpacing(px(4))
        self._buttons.setSpacing(px(8))
        self.close_button.setIconSize(QSize(px(20), px(20)))
        self.close_button.setMinimumSize(px(theme.TARGET), px(theme.TARGET))

    def _build(self) -> None:
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.close_button)
        self._page.addWidget(self._explanation)
        self._page.addLayout(self._choice(self._names[0], self.sweep, None))
        for name, box, role in zip(self._names[1:3], self.sides, SIDES, strict=True):
            self._page.addLayout(self._choice(name, box, role))
        self._page.addLayout(self._choice(self._names[3], self.pictures, None))
        self._buttons.addWidget(self.run_button, 1)
        self._buttons.addWidget(self.save_button)
        self._page.addWidget(self.figures)
        self._page.addWidget(self._note)
        self._page.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(ScrollPage(self._page), 1)
        whole.addLayout(self._buttons)

    def _choice(self, name: QLabel, box: DropDown, role: Role | None) -> QVBoxLayout:
        """A name, with a piece of its curve before it, over its list."""
        choice, line = QVBoxLayout(), QHBoxLayout()
        if role:
            line.addWidget(Sample(role))
        line.addWidget(name, 1)
        choice.addLayout(line)
        choice.addWidget(box)
        self._choices.append(choice)
        return choice

    def _connect(self) -> None:
        self.sweep.currentIndexChanged.connect(self.sweep_chosen)
        self.pictures.currentIndexChanged.connect(lambda place: self.folder_chosen.emit(bool(place)))
        for side, box in enumerate(self.sides):
            box.currentIndexChanged.connect(lambda place, side=side: self.contender_chosen.emit(side, place))
        self.run_button.clicked.connect(lambda: self.run_wanted.emit(not self._running))
        self.save_button.clicked.connect(self.save_wanted)

    def _write_choices(self) -> None:
        for place, words in enumerate((_("This one"), _("Others of its labelled folder too"))):
            self.pictures.setItemText(place, words)
        for box, titles in ((self.sweep, self._sweeps), *((side, self._contenders) for side in self.sides)):
            for place, title in enumerate(titles):
                box.setItemText(place, say(title))
            box.setToolTip(box.currentText())

    def _write_button(self) -> None:
        self.run_button.setText(_("Stop") if self._running else _("Start"))
        self.run_button.setToolTip(f"{self.run_button.text()} ({shown('Space')})")


def _label(look: str) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
