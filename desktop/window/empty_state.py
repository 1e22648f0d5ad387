"""What a newcomer sees where there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.icons import icon
from desktop.window.part import Part
from models.text import Text

SIGN = 56
WORDS_WIDTH = 360
MARGIN, GAP = 16, 16
LEAST = (120, 60)


class EmptyState(Part):
    """A sign, one sentence and two ways on, in the middle of the empty place: no source gives pictures.

    Where the place is narrow the buttons stand one over the other; where it is low the sign goes, then
    the second way.
    """

    open_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon("camera", "soft")
        self._reason: Text | None = None
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.first = QPushButton()
        self.first.setProperty("look", "primary")
        self.first.clicked.connect(self.open_wanted)
        self.second = QPushButton()
        self.second.clicked.connect(self.demo_wanted)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.addWidget(self.first)
        self._buttons.addWidget(self.second)
        self._rows = QVBoxLayout(self)
        self._rows.addStretch()
        self._rows.addWidget(self._sign)
        self._rows.addWidget(self._words)
        self._rows.addLayout(_centred(self._buttons))
        self._rows.addStretch()
        self.retranslate()
        self.restyle()

    def say(self, reason: Text | None) -> None:
        """Why there is nothing; without a reason, what to do."""
        self._reason = reason
        self.retranslate()
        self._arrange()

    def retranslate(self) -> None:
        newcomer = _("There is no picture yet: open a camera, a video or a folder of pictures.")
        self._words.setText(say(self._reason) if self._reason else newcomer)
        self.first.setText(_("Open a source"))
        self.second.setText(_("Start the demo"))

    def hasHeightForWidth(self) -> bool:
        """It takes the place it is given, and claims none from the pictures beside it."""
        return False

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(LEAST[0]), px(LEAST[1]))

    def restyle(self) -> None:
        px = theme.current().px
        side = px(SIGN)
        self._sign.setPixmap(self._icon.pixmap(QSize(side, side), self.devicePixelRatio()))
        self._rows.setSpacing(px(GAP))
        self._buttons.setSpacing(px(10))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = theme.current().px
        room = self.width() - 2 * px(MARGIN)
        side = max(px(MARGIN), (self.width() - px(WORDS_WIDTH)) // 2)
        self._rows.setContentsMargins(side, px(MARGIN), side, px(MARGIN))
        wide = self.first.sizeHint().width() + self.second.sizeHint().width() + px(10) <= room
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(direction)
        button = self.first.sizeHint().height()
        words = self._words.heightForWidth(self.width() - 2 * side)
        left = self.height() - 2 * px(MARGIN) - words - px(GAP) - button
        if not wide:
            left -= button + px(GAP)
        self.second.setVisible(left >= 0)
        self._sign.setVisible(left >= px(SIGN) + px(GAP))


def _centred(inner: QBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    row.addLayout(inner)
    row.addStretch()
    return row
