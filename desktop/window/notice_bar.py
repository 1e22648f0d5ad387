"""What went wrong and what was done, in plain words across the top of the pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.language import _
from desktop.theme import Role
from desktop.window.icons import icon
from desktop.window.part import Part

Words = Callable[[], str]
"""What to say; asked again whenever the language changes."""
Kind = Literal["problem", "info"]
MOST_SHOWN = 3
INFO_STAYS_MS = 6000
LEAST_HEIGHT = 44
NARROW = 480
SIGNS: dict[Kind, tuple[str, Role]] = {"problem": ("warning", "second"), "info": ("info", "accent")}


class Offer(Struct, frozen=True):
    """A button at the end of a notice: what it is called and what it does. The notice goes with it."""

    words: Words
    do: Callable[[], object]


class Notice(Struct, frozen=True):
    """One sentence. A later notice with the same `key` takes its place.

    A `problem` stays until it is withdrawn or closed, an `info` for 6 seconds.
    """

    key: str
    words: Words
    kind: Kind = "problem"
    offer: Offer | None = None


class NoticeBar(Part):
    """The newest notices on top, three at most, and how many more there are. Hidden when empty.

    It lies over the pictures: its owner gives it a place and a width, its height is its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: dict[str, Strip] = {}
        self._more = QLabel()
        self._more.setProperty("look", "small")
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self._more)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Put it on top and tell the screen reader; a repeated one is neither moved nor told again."""
        known = self._strips.get(notice.key)
        if known is not None and known.says_the_same(notice):
            known.stay()
            return
        self._remove(notice.key)
        strip = Strip(notice, self)
        strip.over.connect(lambda: self.withdraw(notice.key))
        self._strips[notice.key] = strip
        self._rows.insertWidget(0, strip)
        self._arrange()
        self._announce(notice)

    def withdraw(self, key: str) -> None:
        """The problem is over; nothing happens where there was none."""
        self._remove(key)
        self._arrange()

    def standing(self) -> list[str]:
        """The keys of all notices, the newest first, also those that have no room."""
        return list(reversed(self._strips))

    def line(self, key: str) -> Strip:
        """The line of one notice."""
        return self._strips[key]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resize(self.width(), self.sizeHint().height())
        return done

    def retranslate(self) -> None:
        self.setAccessibleName(_("Notices"))
        self._write_more()

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(6))
        self._more.setContentsMargins(px(14), 0, px(14), 0)

    def _arrange(self) -> None:
        for place, key in enumerate(self.standing()):
            self._strips[key].setVisible(place < MOST_SHOWN)
        self._write_more()
        self.setVisible(bool(self._strips))

    def _write_more(self) -> None:
        more = len(self._strips) - MOST_SHOWN
        self._more.setText(_("+{n} more").format(n=more))
        self._more.setVisible(more > 0)

    def _remove(self, key: str) -> None:
        if (strip := self._strips.pop(key, None)) is not None:
            self._rows.removeWidget(strip)
            strip.retire()

    def _announce(self, notice: Notice) -> None:
        event = QAccessibleAnnouncementEvent(self, notice.words())
        if notice.kind == "problem":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


class Strip(Part):
    """One notice: sign, sentence, what it offers and a way to close it."""

    over = Signal()
    """Its time is up, it was closed, or its offer was taken."""

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notice = notice
        self._sign = QLabel()
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.offer = QPushButton(self)  # at once a part of this: shown on its own it would be a window
        self.offer.setProperty("look", "action")
        self.offer.setVisible(notice.offer is not None)
        self.offer.clicked.connect(self._take_offer)
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "small")
        self.close_button.setIcon(icon("close", "soft"))
        self.close_button.clicked.connect(self.over)
        self.timer = QTimer(self, singleShot=True, interval=INFO_STAYS_MS)
        self.timer.timeout.connect(self.over)
        self._sentence = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sentence.addWidget(self._words, 1)
        self._sentence.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addLayout(self._sentence, 1)
        self._row.addWidget(self.close_button)
        self.retranslate()
        self.restyle()
        self.stay()

    def words(self) -> str:
        return self._words.text()

    def says_the_same(self, notice: Notice) -> bool:
        return notice.kind == self._notice.kind and notice.words() == self._words.text()

    def stay(self) -> None:
        """Begin the time of an informational notice again."""
        if self._notice.kind == "info":
            self.timer.start()

    def retire(self) -> None:
        self.timer.stop()
        self.hide()
        self.deleteLater()

    def retranslate(self) -> None:
        self._words.setText(self._notice.words())
        self._keep_room()
        if self._notice.offer:
            self.offer.setText(self._notice.offer.words())
        self.close_button.setToolTip(_("Close this notice"))
        self.close_button.setAccessibleName(_("Close this notice"))

    def restyle(self) -> None:
        px = theme.current().px
        name, role = SIGNS[self._notice.kind]
        self._sign.setPixmap(icon(name, role).pixmap(QSize(px(20), px(20)), self.devicePixelRatio()))
        self.close_button.setIconSize(QSize(px(18), px(18)))
        self._row.setContentsMargins(px(14), px(6), px(6), px(6))
        self._row.setSpacing(px(12))
        self._keep_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def _take_offer(self) -> None:
        if self._notice.offer:
            self.over.emit()
            self._notice.offer.do()

    def _keep_room(self) -> None:
        """As high as the sentence needs at this width, also where the window is too low for all.

        In a narrow window the offer stands under the sentence.
        """
        narrow = self.width() < theme.current().px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sentence.setDirection(direction)
        self.setMinimumHeight(max(theme.current().px(LEAST_HEIGHT), self._row.heightForWidth(self.width())))
