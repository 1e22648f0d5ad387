"""The list of all pipelines, opened from a lane's name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.language import _, say
from desktop.window import icons
from models.text import Text
from pipelines.registry import AnyPipeline, discover

NAME = Qt.ItemDataRole.UserRole
SOFT = Qt.ItemDataRole.UserRole + 1
CHOSEN = Qt.ItemDataRole.UserRole + 2
WIDTH, ROW, HEADING, PADDING, SIGN = 560, 52, 32, 12, 18
Index = QModelIndex | QPersistentModelIndex


class PipelinePicker(QFrame):
    """Made anew each time it opens; it closes itself when something is chosen or pressed elsewhere."""

    chosen = Signal(str)
    """The name of a pipeline."""

    def __init__(self, current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("picker")
        self.setAccessibleName(_("Pipelines"))
        self.setStyleSheet(_style())
        self._current = current
        self._list = QListWidget()
        self._list.setItemDelegate(_Rows(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        QScroller.grabGesture(self._list.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._list.itemClicked.connect(self._choose)
        self._list.itemEntered.connect(self._follow)
        rows = QVBoxLayout(self)
        margin = theme.current().px(6)
        rows.setContentsMargins(margin, margin, margin, margin)
        rows.addWidget(self._list)
        self.setFocusProxy(self._list)
        self._list.setAccessibleName(_("Pipelines"))
        self._fill()

    def open_at(self, corner: QPoint) -> None:
        """Show the list with its upper left corner there, inside the screen."""
        px = theme.current().px
        room = (self.screen() or self.window().screen()).availableGeometry()
        height = sum(self._list.sizeHintForRow(row) for row in range(self._list.count())) + px(16)
        size = QSize(min(px(WIDTH), room.width()), min(height, room.height()))
        self.resize(size)
        x = min(max(corner.x(), room.left()), room.left() + room.width() - size.width())
        y = min(max(corner.y(), room.top()), room.top() + room.height() - size.height())
        self.move(x, y)
        self.show()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select):
            self._choose(self._list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        for kind, title in (("classic", _("Classic")), ("neural", _("Neural networks"))):
            offered = [pipeline for pipeline in discover().values() if pipeline.kind == kind]
            if offered:
                self._list.addItem(_heading(title))
            for pipeline in offered:
                self._add(pipeline)

    def _add(self, pipeline: type[AnyPipeline]) -> None:
        reason = pipeline.reason_unavailable()
        row = QListWidgetItem(say(pipeline.title))
        row.setData(NAME, pipeline.name)
        row.setData(SOFT, say(reason) if reason else first_sentence(pipeline.explanation))
        row.setData(CHOSEN, pipeline.name == self._current)
        row.setData(Qt.ItemDataRole.AccessibleDescriptionRole, row.data(SOFT))
        row.setToolTip(say(reason or pipeline.explanation))
        self._list.addItem(row)
        if reason:
            row.setFlags(Qt.ItemFlag.NoItemFlags)
        elif pipeline.name == self._current or self._list.currentItem() is None:
            self._list.setCurrentItem(row)

    def _follow(self, row: QListWidgetItem) -> None:
        if row.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._list.setCurrentItem(row)

    def _choose(self, row: QListWidgetItem | None) -> None:
        if row is None or not row.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        self.close()
        self.chosen.emit(row.data(NAME))


def _style() -> str:
    palette = theme.current().palette
    return (
        f"#picker {{ background: {palette.raised}; border: 1px solid {palette.line}; }}"
        "QListWidget { background: transparent; outline: 0; }"
    )


def first_sentence(text: Text) -> str:
    """What stands before the first full stop, with it, in the current language."""
    words = say(text)
    for stop in ("。", ". "):
        if stop in words:
            return words[: words.index(stop) + 1]
    return words


def _heading(title: str) -> QListWidgetItem:
    row = QListWidgetItem(title)
    row.setFlags(Qt.ItemFlag.NoItemFlags)
    return row


class _Rows(QStyledItemDelegate):
    """A title and one soft line under it; a heading is a row without a name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px = theme.current().px
        return QSize(px(WIDTH // 2), px(ROW if index.data(NAME) else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        area = option.rect.adjusted(look.px(PADDING), 0, -look.px(PADDING), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(NAME):
            self._paint_row(painter, option, index, area)
        else:
            painter.setPen(look.colour("soft"))
            painter.setFont(look.font("small", bold=True))
            bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(area.adjusted(0, 0, 0, -look.px(4)), bottom, index.data())
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        look = theme.current()
        state, rect = option.state, option.rect
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("line"))
            painter.drawRoundedRect(rect, look.px(8), look.px(8))
        if index.data(CHOSEN):
            side = look.px(SIGN)
            place = QRect(area.right() - side, area.center().y() - side // 2, side, side)
            icons.icon("check", "accent").paint(painter, place)
            area = area.adjusted(0, 0, -side - look.px(8), 0)
        half = area.height() // 2
        upper = area.adjusted(0, look.px(6), 0, -half)
        lower = area.adjusted(0, half, 0, -look.px(6))
        painter.setPen(look.colour("text" if enabled else "soft"))
        _write(painter, look.font(bold=True), upper, index.data())
        painter.setPen(look.colour("soft"))
        _write(painter, look.font("small"), lower, index.data(SOFT))


def _write(painter: QPainter, font: QFont, area: QRect, words: str) -> None:
    """One line, cut at the end where it is too long."""
    painter.setFont(font)
    words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
