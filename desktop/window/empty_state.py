"""What a newcomer sees where there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.language import _
from desktop.window import theme
from desktop.window.icons import icon
from desktop.window.part import Part

SIGN = 56
WORDS_WIDTH = 360
MARGIN, GAP = 16, 16
LEAST = (120, 60)


class EmptyState(Part):
    """A sign, one sentence and two ways on, in the middle of the empty place.

    Where the place is narrow the buttons stand one over the other; where it is low the sign goes, then
    the second way.
    """

    def __init__(self, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon(sign, "soft")
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.first = QPushButton()
        self.first.setProperty("look", "primary")
        self.second = QPushButton()
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


class NoSource(EmptyState):
    """No source is open."""

    open_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("camera", parent)
        self.first.clicked.connect(self.open_wanted)
        self.second.clicked.connect(self.demo_wanted)

    def retranslate(self) -> None:
        self._words.setText(_("There is no picture yet: open a camera, a video or a folder of pictures."))
        self.first.setText(_("Open a source"))
        self.second.setText(_("Start the demo"))


class NoLane(EmptyState):
    """A source is open, but nothing looks at it."""

    pipeline_wanted = Signal()
    original_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("eye", parent)
        self.first.clicked.connect(self.pipeline_wanted)
        self.second.clicked.connect(self.original_wanted)

    def retranslate(self) -> None:
        self._words.setText(_("Nothing looks at the picture yet: choose what you want to see of it."))
        self.first.setText(_("Choose a pipeline"))
        self.second.setText(_("Show the original"))
