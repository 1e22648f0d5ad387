"""The main window: puts the parts in their places and shows what the session says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedLayout, QVBoxLayout, QWidget

from desktop.language import say
from desktop.window import theme
from desktop.window.binding import Binding
from desktop.window.lane_view import LaneView
from desktop.window.preferences import Preferences
from desktop.window.session import DEMO, Session
from desktop.window.wall import Wall
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.parameters import Parameters

if TYPE_CHECKING:
    from desktop.window.actions import Actions
    from desktop.window.bar import Bar
    from desktop.window.column import Column
    from desktop.window.controls_binding import ControlsBinding
    from desktop.window.deeds import Deeds
    from desktop.window.empty_state import EmptyState
    from desktop.window.keeping import Keeping
    from desktop.window.keys_overlay import KeysOverlay
    from desktop.window.notice_bar import Kind, NoticeBar, Words
    from desktop.window.source_menu import SourceMenu
    from desktop.window.transport import Transport

SMALLEST = (640, 400)
"""Pixels; on less a projector shows nothing of use."""
USUAL = (1280, 800)
GAP = 8
COLUMN_SHARE = 0.4
"""Of the window's width: a wider column is shown only where a person asks for it."""
LATEST_MS = 600
"""Milliseconds after which the controls come even without a picture."""
SEARCH_PATIENCE = 0.4


class MainWindow(QMainWindow):
    """A wall of lanes, and around it bar, column, transport and notices.

    The pictures come first: everything around them is made by `complete`, right after the first
    picture. It decides nothing: `Deeds` and the bindings do.
    """

    closing = Signal()
    first_picture = Signal()

    deeds: Actions
    bar: Bar
    column: Column
    transport: Transport
    notices: NoticeBar
    empty: EmptyState
    sources: SourceMenu
    keys: KeysOverlay
    keeping: Keeping
    _deeds: Deeds
    _controls: ControlsBinding

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session = session
        self.wall = Wall()
        self.presenting = False
        self.is_complete = False
        self._closed = False
        self._preferences = preferences
        self._column_wish: bool | None = None
        self._arrange()
        self.setWindowTitle("Fusiform")
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._binding = Binding(self, session)
        preferences.changed.connect(self._show_chrome)
        self.wall.installEventFilter(self)
        self.first_picture.connect(lambda: QTimer.singleShot(0, self, self.complete))
        QTimer.singleShot(LATEST_MS, self, self.complete)

    def complete(self) -> None:
        """Make everything around the pictures; once."""
        if self.is_complete or self._closed:
            return
        from desktop.window.actions import Actions
        from desktop.window.bar import Bar
        from desktop.window.column import Column
        from desktop.window.controls_binding import ControlsBinding
        from desktop.window.deeds import Deeds
        from desktop.window.empty_state import EmptyState
        from desktop.window.keeping import Keeping
        from desktop.window.keys_overlay import KeysOverlay
        from desktop.window.notice_bar import NoticeBar
        from desktop.window.source_menu import SourceMenu
        from desktop.window.transport import Transport

        self.is_complete = True
        self.deeds = Actions(self)
        self.bar = Bar(self.deeds)
        self.column, self.transport, self.empty = Column(), Transport(), EmptyState()
        self.notices = NoticeBar(self.centralWidget())
        self.sources, self.keys = SourceMenu(self.deeds, self), KeysOverlay(self)
        self.keeping = Keeping(self, self.session)
        self._rows.insertWidget(0, self.bar)
        self._stage.addWidget(self.empty)
        self._pictures.addWidget(self.transport)
        self._below.addWidget(self.column)
        self._deeds = Deeds(self, self.session, self._preferences)
        self._controls = ControlsBinding(self, self.session)
        self._connect()
        self._binding.show_source()
        self._show_chrome()

    def _connect(self) -> None:
        self.bar.source_asked.connect(self.show_sources)
        self.sources.chosen.connect(self.session.open)
        self.empty.open_wanted.connect(self.show_sources)
        self.empty.demo_wanted.connect(lambda: self.session.open(DEMO))
        self.keys.closed.connect(lambda: self.deeds["keys"].setChecked(False))

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
        self._notice(key, words, "info")

    def complain(self, key: str, words: Text | Words) -> None:
        """Say what is wrong until it is over or somebody closes it."""
        self._notice(key, words, "problem")

    def withdraw(self, key: str) -> None:
        """It is over."""
        if self.is_complete:
            self.notices.withdraw(key)

    # --- what is shown

    def show_nothing(self, reason: Text) -> None:
        """No source gives pictures, and none will by itself: say why, and what can be done."""
        self.complete()
        self.empty.say(reason)
        self._stage.setCurrentWidget(self.empty)

    def show_wall(self) -> None:
        self._stage.setCurrentWidget(self.wall)

    def show_sources(self) -> None:
        self.complete()
        self.sources.popup(self.bar.source.mapToGlobal(QPoint(0, self.bar.source.height())))

    def show_keys(self, on: bool) -> None:
        self.complete()
        from desktop.window.keys_table import groups_of_keys

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
        has_room = theme.current().px(theme.COLUMN) <= self.width() * COLUMN_SHARE
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
        self.complete()
        self._controls.edit_parameters(parameters)

    def retranslate(self) -> None:
        if self.is_complete:
            self.deeds.retranslate()
            self._binding.show_source()
            if self.deeds["keys"].isChecked():
                self.show_keys(True)

    # --- Qt's own calls

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what the focused control had no use for comes here."""
        self.complete()
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
        self.complete()
        for url in event.mimeData().urls()[:1]:
            self.keeping.take_in(url.toLocalFile() or url.toString())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chrome()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices follow the wall, whatever moves it: the window, the column or the size of text."""
        if watched is self.wall and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()  # a value that is still being typed is taken
        self._closed = True
        try:
            self.closing.emit()
            if self.is_complete:
                self.sources.close_search(SEARCH_PATIENCE)
        finally:
            self.session.close()
        super().closeEvent(event)

    # --- inside

    def _arrange(self) -> None:
        self._stage = QStackedLayout()
        self._stage.addWidget(self.wall)
        self._pictures = QVBoxLayout()
        self._pictures.addLayout(self._stage, 1)
        self._below = QHBoxLayout()
        self._below.setSpacing(GAP)
        self._below.addLayout(self._pictures, 1)
        whole = QWidget()
        self._rows = QVBoxLayout(whole)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._below, 1)
        self.setCentralWidget(whole)

    def _show_chrome(self) -> None:
        """Show what belongs around the pictures now; before it is there, keep its place free."""
        px = theme.current().px
        shown = self.column_shown
        if self.is_complete:
            self.bar.setVisible(not self.presenting)
            self.column.setVisible(shown)
            self._controls.show_position()
            self._deeds.show_state()
            self.show_caption()
        bar = 0 if self.is_complete else px(theme.BAR)
        column = px(theme.COLUMN) + GAP if shown and not self.is_complete else 0
        self._rows.setContentsMargins(0, bar, column, 0)
        self._below.setContentsMargins(GAP, GAP, 0 if shown else GAP, GAP)

    def _notice(self, key: str, words: Text | Words, kind: Kind) -> None:
        self.complete()
        from desktop.window.notice_bar import Notice

        self.notices.show_notice(Notice(key, _spoken(words), kind))
        self._place()

    def _place(self) -> None:
        """Notices lie over the top of the pictures."""
        if not self.is_complete:
            return
        px = theme.current().px
        area = self.wall.geometry()
        width = min(area.width() - 2 * px(GAP), px(760))
        self.notices.setFixedWidth(max(width, px(240)))
        self.notices.adjustSize()
        self.notices.move(area.center().x() - self.notices.width() // 2, area.top() + px(GAP))
        self.notices.raise_()


def _spoken(words: Text | Words) -> Words:
    return (lambda: say(words)) if isinstance(words, Text) else words
