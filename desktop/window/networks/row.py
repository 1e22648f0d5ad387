"""One network on the page: what it is, where it comes from, how it is with it, and what can be done."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.icons import icon
from desktop.window.part import Part
from models.catalogue import Entry, State
from models.text import Text

NARROW = 560
"""Pixels at 100 %: in a narrower row what can be done stands under the words."""
THOUSANDTHS = 1000
FETCHABLE: tuple[State, ...] = ("missing", "damaged")


class Shown(Struct, frozen=True):
    """A network as the page shows it. `there` is how many bytes have come while it is being fetched."""

    entry: Entry
    state: State
    there: int | None = None
    trouble: Text | None = None
    """Why the last attempt failed."""
    usable: bool = False
    """Whether a lane could run it now."""


class NetworkRow(Part):
    """Passive: it shows and reports."""

    fetch_wanted = Signal(str)
    cancel_wanted = Signal(str)
    remove_wanted = Signal(str)
    use_wanted = Signal(str)
    """With the network's name."""

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown = shown
        name = shown.entry.name
        self._title, self._about, self._facts = _label("heading"), _label("soft"), _label("small")
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = _label("soft")
        self._state.setWordWrap(False)
        self.fetch_button = QPushButton()
        self.fetch_button.clicked.connect(lambda: self.fetch_wanted.emit(name))
        self.cancel_button = QPushButton()
        self.cancel_button.clicked.connect(lambda: self.cancel_wanted.emit(name))
        self.use_button = QPushButton()
        self.use_button.clicked.connect(lambda: self.use_wanted.emit(name))
        self.remove_button = QPushButton()
        self.remove_button.setProperty("look", "plain")
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(name))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, THOUSANDTHS)
        self._come = _label("small")
        self._sign, self._trouble = QLabel(), _label("small")
        self._build()
        self.retranslate()
        self.restyle()

    @property
    def shown(self) -> Shown:
        return self._shown

    def show_network(self, shown: Shown) -> None:
        """The same network, in another state."""
        if shown != self._shown:
            self._shown = shown
            self.retranslate()

    def words(self) -> str:
        """What is said of the state and the trouble."""
        said = (self._state, self._come, self._trouble)
        return "\n".join(label.text() for label in said if label.isVisibleTo(self))

    def retranslate(self) -> None:
        entry = self._shown.entry
        self._title.setText(say(entry.title))
        self._about.setText(say(entry.about))
        self._facts.setText(facts(self._shown))
        self._facts.setToolTip(entry.address)
        self._state.setText(state_in_words(self._shown.state))
        self.fetch_button.setText(_("Fetch"))
        self.cancel_button.setText(_("Cancel"))
        self.use_button.setText(_("Use in this lane"))
        self.remove_button.setText(_("Remove"))
        for button in (self.fetch_button, self.cancel_button, self.use_button, self.remove_button):
            button.setAccessibleName(f"{button.text()}: {say(entry.title)}")
        self._show_progress()
        trouble = self._shown.trouble
        self._trouble.setText(say(trouble) if trouble else "")
        for part in (self._sign, self._trouble):
            part.setVisible(trouble is not None)
        self._show_what_can_be_done()

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setContentsMargins(px(16), px(12), px(16), px(12))
        self._rows.setSpacing(px(8))
        self._halves.setSpacing(px(16))
        self._texts.setSpacing(px(3))
        self._doing.setSpacing(px(8))
        self._foot.setSpacing(px(6))
        self._sign.setPixmap(icon("warning", "second").pixmap(QSize(px(16), px(16)), self.devicePixelRatio()))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._texts = QVBoxLayout()
        for label in (self._title, self._about, self._facts):
            self._texts.addWidget(label)
        self._doing = QHBoxLayout()
        buttons = (self.fetch_button, self.cancel_button, self.remove_button, self.use_button)
        for part in (self._state, *buttons):
            self._doing.addWidget(part)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.addLayout(self._texts, 1)
        self._halves.addLayout(self._doing)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._foot.addWidget(self._trouble, 1)
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(self._halves)
        self._rows.addWidget(self.bar)
        self._rows.addWidget(self._come)
        self._rows.addLayout(self._foot)

    def _show_progress(self) -> None:
        there, entry = self._shown.there, self._shown.entry
        for part in (self.bar, self._come):
            part.setVisible(there is not None)
        self.bar.setAccessibleName(_("Fetching {title}").format(title=say(entry.title)))
        if there is not None:
            self.bar.setValue(round(THOUSANDTHS * there / max(entry.size, 1)))
            words = _("{there} of {all}")
            self._come.setText(words.format(there=kilobytes(there), all=kilobytes(entry.size)))

    def _show_what_can_be_done(self) -> None:
        entry, state, fetching = self._shown.entry, self._shown.state, self._shown.there is not None
        wanted = state in FETCHABLE and bool(entry.address)
        self._state.setVisible(not fetching and (not wanted or state == "damaged"))
        self.fetch_button.setVisible(wanted and not fetching)
        self.cancel_button.setVisible(fetching)
        self.use_button.setVisible(self._shown.usable and not fetching)
        self.remove_button.setVisible(not fetching and state in ("installed", "own"))

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(direction)
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignRight
        self._halves.setAlignment(self._doing, side | Qt.AlignmentFlag.AlignVCenter)


def state_in_words(state: State) -> str:
    """How it is with a network, on its row."""
    words: dict[State, str] = {
        "shipped": _("Part of the program"),
        "own": _("Your own file"),
        "installed": _("Installed"),
        "missing": _("Not here"),
        "damaged": _("Damaged"),
    }
    return words[state]


def facts(shown: Shown) -> str:
    """Size, licence, whose it is, and where it would be fetched from."""
    entry = shown.entry
    parts = [kilobytes(entry.size)]
    if entry.licence:
        parts.append(_("licence {name}").format(name=entry.licence))
    if entry.address:
        parts.append(entry.source.removeprefix("https://"))
    if entry.address and shown.state in FETCHABLE:
        parts.append(_("fetched from {host}").format(host=urlsplit(entry.address).hostname))
    return " · ".join(parts)


def kilobytes(count: int) -> str:
    return f"{count / 1000:,.0f} kB"


def _label(look: str) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
