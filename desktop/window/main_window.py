"""The main window: puts the parts in their places and shows what the session says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedLayout, QVBoxLayout, QWidget

from desktop.language import say
from desktop.window import theme
from desktop.window.actions import Actions, groups_of_keys
from desktop.window.bar import Bar
from desktop.window.binding import Binding
from desktop.window.column import Column
from desktop.window.deeds import Deeds
from desktop.window.empty_state import EmptyState
from desktop.window.keeping import Keeping
from desktop.window.keys_overlay import KeysOverlay
from desktop.window.lane_view import LaneView
from desktop.window.notice_bar import Notice, NoticeBar, Words
from desktop.window.preferences import Preferences
from desktop.window.session import DEMO, Session
from desktop.window.source_menu import SourceMenu
from desktop.window.transport import Transport
from desktop.window.wall import Wall
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.parameters import Parameters

SMALLEST = (640, 400)
"""Pixels; on less a projector shows nothing of use."""
USUAL = (1280, 800)
GAP = 8
COLUMN_SHARE = 0.4
"""Of the window's width: a wider column is shown only where a person asks for it."""
SEARCH_PATIENCE = 1.0


class MainWindow(QMainWindow):
    """Bar, wall of lanes, column, notices. It decides nothing: `Deeds` and `Binding` do."""

    closing = Signal()
    first_picture = Signal()

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session = session
        self.deeds = Actions(self)
        self.bar = Bar(self.deeds)
        self.wall = Wall()
        self.empty = EmptyState()
        self.transport = Transport()
        self.notices = NoticeBar()
        self.column = Column()
        self.sources = SourceMenu(self.deeds, self)
        self.keys = KeysOverlay(self)
        self.keeping = Keeping(self, session)
        self.presenting = False
        self._column_wish: bool | None = None
        self._arrange()
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._binding = Binding(self, session)
        self._deeds = Deeds(self, session, preferences)
        self.bar.source_asked.connect(self.show_sources)
        self.empty.open_wanted.connect(self.show_sources)
        self.empty.demo_wanted.connect(lambda: session.open(DEMO))
        self.sources.chosen.connect(session.open)
        self.keys.closed.connect(lambda: self.deeds["keys"].setChecked(False))
        preferences.changed.connect(self._show_chrome)
        self.retranslate()

    # --- lanes

    def selected_lane(self) -> Lane:
        return self.session.studio.lanes[self.wall.selected]

    def selected_view(self) -> LaneView:
        return self.wall.views[self.wall.selected]

    def select_next_lane(self) -> None:
        self.wall.select((self.wall.selected + 1) % len(self.wall.views))

    # --- notices

    def inform(self, key: str, words: Text | Words) -> None:
        """Say for a few seconds what was done."""
        self.notices.show_notice(Notice(key, _spoken(words), "info"))
        self._place()

    def complain(self, key: str, words: Text | Words) -> None:
        """Say what is wrong until it is over or somebody closes it."""
        self.notices.show_notice(Notice(key, _spoken(words)))
        self._place()

    def withdraw(self, key: str) -> None:
        self.notices.withdraw(key)

    # --- what is shown

    def show_nothing(self, reason: Text) -> None:
        """No source gives pictures, and none will by itself: say why, and what can be done."""
        self.empty.say(reason)
        self._stage.setCurrentWidget(self.empty)

    def show_wall(self) -> None:
        self._stage.setCurrentWidget(self.wall)

    def show_sources(self) -> None:
        self.sources.popup(self.bar.source.mapToGlobal(QPoint(0, self.bar.source.height())))

    def show_keys(self, on: bool) -> None:
        self.keys.show_groups(groups_of_keys())
        self.keys.setVisible(on)

    def want_column(self, on: bool) -> None:
        """Beside the pictures, or not. Without a wish it is there where they keep most of the room."""
        self._column_wish = on
        self._show_chrome()

    def present(self, on: bool) -> None:
        """Pictures only: bar and column away, the whole screen, a large caption."""
        self.presenting = on
        if on:
            self.showFullScreen()
        elif self.isFullScreen():
            self.showNormal()
        self._show_chrome()

    @property
    def column_shown(self) -> bool:
        """False in presentation, and where the column would take too much from the pictures."""
        has_room = self.column.width() <= self.width() * COLUMN_SHARE
        return (has_room if self._column_wish is None else self._column_wish) and not self.presenting

    def show_caption(self) -> None:
        """In presentation mode the selected lane says large what it shows."""
        if self.presenting:
            pipeline = self.selected_lane().pipeline
            self.wall.show_caption(pipeline.title, pipeline.explanation)
        else:
            self.wall.hide_caption()

    def edit_parameters(self, parameters: Parameters) -> None:
        """Parameters for the selected lane."""
        self._binding.edit_parameters(parameters)

    def retranslate(self) -> None:
        self.setWindowTitle("Fusiform")
        self.deeds.retranslate()
        self.keys.show_groups(groups_of_keys())
        self._binding.show_source()

    # --- Qt's own calls

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what the focused control had no use for comes here."""
        if self.presenting and event.matches(QKeySequence.StandardKey.Cancel):
            self.present(False)
        elif action := self.deeds.soft(QKeySequence(event.keyCombination())):
            action.trigger()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file or a folder becomes the source, a scene is played."""
        for url in event.mimeData().urls()[:1]:
            self.keeping.take_in(url.toLocalFile() or url.toString())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chrome()
        self._place()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()  # a value that is still being typed is taken
        self.closing.emit()
        self.sources.close_search(SEARCH_PATIENCE)
        self.session.close()
        super().closeEvent(event)

    # --- inside

    def _arrange(self) -> None:
        self._stage = QStackedLayout()
        pictures = QVBoxLayout()
        self._stage.addWidget(self.wall)
        self._stage.addWidget(self.empty)
        pictures.addLayout(self._stage, 1)
        pictures.addWidget(self.transport)
        self._below = QHBoxLayout()
        self._below.addLayout(pictures, 1)
        self._below.addWidget(self.column)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addLayout(self._below, 1)
        self.setCentralWidget(whole)
        self.notices.setParent(whole)
        self._below.setSpacing(GAP)

    def _show_chrome(self) -> None:
        self.bar.setVisible(not self.presenting)
        self.column.setVisible(self.column_shown)
        self._below.setContentsMargins(GAP, GAP, 0 if self.column_shown else GAP, GAP)
        self.show_caption()
        self._binding.show_position()
        self._deeds.show_state()

    def _place(self) -> None:
        """Notices lie over the top of the pictures."""
        px = theme.current().px
        area = self.wall.geometry()
        width = min(area.width() - 2 * px(GAP), px(760))
        self.notices.setFixedWidth(max(width, px(240)))
        self.notices.adjustSize()
        top = self.bar.height() if self.bar.isVisible() else 0
        self.notices.move(area.center().x() - self.notices.width() // 2, top + px(2 * GAP))
        self.notices.raise_()


def _spoken(words: Text | Words) -> Words:
    return (lambda: say(words)) if isinstance(words, Text) else words
