"""The caption of a scene under the pictures, and the way to the next one."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.icons import icon
from desktop.window.lessons.aside import Aside
from desktop.window.part import Part
from desktop.window.transport_button import TransportButton
from models.text import Text

TITLE, CAPTION = 1 / 24, 1 / 32
"""Height of the letters in heights of the window, before an audience."""
SMALLER = 0.8
"""The letters beside a caption, in heights of its own."""
PLACE_SHARE = 0.2
"""Of the bar's width, that the name of the lesson may take."""


class Shown(Struct, frozen=True):
    """What is said of a scene. `number` of `count` in its lesson; 0 where it belongs to none."""

    title: Text
    caption: Text
    lesson: Text
    number: int = 0
    count: int = 0


class LessonBar(Part):
    """Passive: shows title, caption and place of a scene; tells where a person wants to go."""

    step_wanted = Signal(int)
    """1 for the next scene, -1 for the one before."""
    leave_wanted = Signal()
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: Shown | None = None
        self._explains, self._before_audience = True, QSize()
        self._previous, self._next, self._leave = TransportButton(), TransportButton(), TransportButton()
        for button, sign in ((self._previous, "previous"), (self._next, "next"), (self._leave, "close")):
            button.setIcon(icon(sign))
        self._previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        self._leave.clicked.connect(self.leave_wanted)
        self._title, self._caption = QLabel(wordWrap=True), QLabel(wordWrap=True)
        for label in (self._title, self._caption):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place = TransportButton()
        self.place.clicked.connect(self.menu_wanted)
        self.aside = Aside()
        self._lay_out()
        self.retranslate()
        self.restyle()
        self.hide()

    def show_scene(self, shown: Shown | None) -> None:
        """`None`: there is no scene, and no bar."""
        self._shown = shown
        self.setVisible(shown is not None)
        self.retranslate()

    def show_explaining(self, on: bool) -> None:
        """Whether the caption still holds for what is on screen."""
        self._explains = on
        self.retranslate()

    def show_large(self, window: QSize) -> None:
        """Letters for a window of this size that an audience looks at; empty: for who sits before it."""
        if window != self._before_audience:
            self._before_audience = window
            self.restyle()

    def words(self) -> str:
        """All that is written; nothing where there is no scene."""
        if self._shown is None:
            return ""
        written = (self.place, self._title, self._caption)
        return " ".join(part.text() for part in written if not part.isHidden()).strip()

    def retranslate(self) -> None:
        self._previous.name(_("Previous scene"))
        self._next.name(_("Next scene"))
        self._leave.name(_("Leave the lesson"))
        if self._shown is None:
            return
        shown = self._shown
        title, caption, lesson = say(shown.title), say(shown.caption), say(shown.lesson)
        self._title.setText(title)
        self._caption.setText(caption)
        self._caption.setVisible(self._explains and bool(caption))
        self.place.setVisible(shown.number > 0)
        self.place.name(_("Lessons"))
        self._write_place()
        self.setAccessibleName(f"{lesson} {self._number()}. {title}. {caption}")

    def restyle(self) -> None:
        px = theme.current().px
        self._row.setContentsMargins(px(4), px(6), px(4), px(6))
        self._row.setSpacing(px(8))
        self._words.setSpacing(px(2))
        for button in (self._previous, self._next, self._leave):
            button.restyle()
        self._title.setFont(self._letters("title", TITLE, bold=True))
        self._caption.setFont(self._letters("body", CAPTION))
        self.place.setFont(self._letters("body", CAPTION))
        self.aside.suit(self._before_audience, round(SMALLER * self._caption.font().pixelSize()))
        self._write_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_place()

    def _number(self) -> str:
        return f"{self._shown.number}/{self._shown.count}" if self._shown and self._shown.number else ""

    def _write_place(self) -> None:
        """With the name of the lesson where that leaves the caption its room."""
        lesson = say(self._shown.lesson) if self._shown else ""
        words = f"{lesson}  {self._number()}".strip()
        room = 0 if self.aside.isVisibleTo(self) else PLACE_SHARE * self.width()
        self.place.setText(
            words if self.place.fontMetrics().horizontalAdvance(words) <= room else self._number()
        )

    def _letters(self, size: theme.Size, share: float, *, bold: bool = False) -> QFont:
        font = theme.current().font(size, bold=bold)
        font.setPixelSize(max(font.pixelSize(), round(self._before_audience.height() * share)))
        return font

    def _lay_out(self) -> None:
        self._words = QVBoxLayout()
        self._words.addStretch(1)
        self._words.addWidget(self._title)
        self._words.addWidget(self._caption)
        self._words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._previous)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self.aside)
        self._row.addWidget(self.place)
        self._row.addWidget(self._next)
        self._row.addWidget(self._leave)
