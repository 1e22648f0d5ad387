"""All networks that are here or could be, over the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.icons import icon
from desktop.window.networks.row import NetworkRow, Shown
from desktop.window.overlay import Overlay
from desktop.window.scroll import ScrollPage
from models.text import Text

MARGIN, WIDEST = 32, 860
SCROLLING_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class NetworksPage(Overlay):
    """Passive: it shows what it is told and reports what a person asks for."""

    fetch_wanted = Signal(str)
    cancel_wanted = Signal(str)
    remove_wanted = Signal(str)
    use_wanted = Signal(str)
    """With a network's name."""
    add_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = ""
        self._said: Text | None = None
        self._refused = False
        self._shown: dict[str, NetworkRow] = {}
        self._title = _label("title")
        self._intro, self._own = _label("soft"), _label("soft")
        self._sign, self._answer = QLabel(), _label("")
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", "soft"))
        self.close_button.clicked.connect(self.close_overlay)
        self.add_button = QPushButton()
        self.add_button.clicked.connect(self.add_wanted)
        self._build()
        self.retranslate()
        self.restyle()

    def show_networks(self, networks: Sequence[Shown], folder: str) -> None:
        """What there is now, and where it is kept."""
        self._folder = folder
        if [shown.entry.name for shown in networks] != list(self._shown):
            self._rebuild(networks)
        for shown in networks:
            self._shown[shown.entry.name].show_network(shown)
        self.retranslate()

    def row(self, name: str) -> NetworkRow:
        return self._shown[name]

    def say_of_own(self, said: Text | None, *, refused: bool = False) -> None:
        """What has become of a file that was given."""
        self._said, self._refused = said, refused
        self.retranslate()
        if said:  # where it stands is known only when the page was laid out anew
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self._answer))

    def answer(self) -> str:
        """The words about a file that was given; empty where there are none."""
        return self._answer.text()

    def retranslate(self) -> None:
        self._title.setText(_("Networks"))
        self.setAccessibleName(_("Networks"))
        self._intro.setText(
            _(
                "Nothing is fetched unless you press Fetch; it then comes from the place that is named with "
                "the network, and is kept in {folder}."
            ).format(folder=self._folder)
        )
        self._own.setText(
            _("A face detector of your own, as an ONNX file, can also be dropped onto the window.")
        )
        self.add_button.setText(_("Add an ONNX file…"))
        self.close_button.setToolTip(_("Close this page (Escape)"))
        self.close_button.setAccessibleName(_("Close this page (Escape)"))
        self._answer.setText(say(self._said) if self._said else "")
        self._answer.setVisible(self._said is not None)
        self._sign.setVisible(self._said is not None and self._refused)

    def restyle(self) -> None:
        px = theme.current().px
        self.close_button.setIconSize(QSize(px(20), px(20)))
        self.close_button.setMinimumSize(px(theme.TARGET), px(theme.TARGET))
        self._list.setSpacing(px(8))
        self._page.setSpacing(px(12))
        self._foot.setSpacing(px(16))
        self._said_row.setSpacing(px(8))
        side = px(20)
        self._sign.setPixmap(icon("warning", "second").pixmap(QSize(side, side), self.devicePixelRatio()))
        self._arrange()

    def covered(self) -> None:
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in SCROLLING_KEYS:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + SCROLLING_KEYS[Qt.Key(event.key())] * bar.singleStep())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        moved = super().focusNextPrevChild(forwards)
        if focused := self.window().focusWidget():
            self._scroll.ensureWidgetVisible(focused)
        return moved

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self._list = QVBoxLayout()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._own, 1)
        self._foot.addWidget(self.add_button)
        self._page = QVBoxLayout()
        self._page.addWidget(self._intro)
        self._page.addLayout(self._list)
        self._page.addLayout(self._foot)
        self._said_row = QHBoxLayout()
        self._said_row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._said_row.addWidget(self._answer, 1)
        self._page.addLayout(self._said_row)
        self._page.addStretch(1)
        self._scroll = ScrollPage(self._page)
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(head)
        self._rows.addWidget(self._scroll)

    def _rebuild(self, networks: Sequence[Shown]) -> None:
        for row in self._shown.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = {shown.entry.name: NetworkRow(shown) for shown in networks}
        for row in self._shown.values():
            row.fetch_wanted.connect(self.fetch_wanted)
            row.cancel_wanted.connect(self.cancel_wanted)
            row.remove_wanted.connect(self.remove_wanted)
            row.use_wanted.connect(self.use_wanted)
            self._list.addWidget(row)

    def _arrange(self) -> None:
        """In the middle, no wider than one likes to read."""
        px = theme.current().px
        side = max(px(MARGIN), (self.width() - px(WIDEST)) // 2)
        self._rows.setContentsMargins(side, px(14), side, px(8))
        self._page.setContentsMargins(0, px(4), px(12), px(12))


def _label(look: str) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
