"""The main window: the wall of lanes, and what is asked of it as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from desktop import theme
from desktop.language import say
from desktop.window.arrangement import Arrangement
from desktop.window.bare_wall import BareWall
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from models.text import Text
from pipelines.engine.capture import Live, News
from pipelines.engine.lane import Lane
from pipelines.parameters import Parameters

if TYPE_CHECKING:
    from desktop.window.binding import Binding
    from desktop.window.chrome import Chrome
    from desktop.window.lane_view import LaneView
    from desktop.window.notice_bar import Kind, Offer, Words
    from desktop.window.wall import Wall

Page = Literal["distortions", "source"]
"""What may stand beside the pictures in place of the column."""
SMALLEST = (640, 400)
"""Pixels; on less a projector shows nothing of use."""
USUAL = (1280, 800)
COLUMN_SHARE = 0.4
"""Of the window's width: a wider column is shown only where a person asks for it."""
LATEST_MS = 600
"""Milliseconds after which the controls come even without a picture."""


class MainWindow(QMainWindow):
    """A wall of lanes, and around it the chrome. It decides nothing: the bindings do.

    The pictures come first: wall and chrome are made by `complete`, right after the first picture or
    when they are needed.
    """

    closing = Signal()
    first_picture = Signal()
    completed = Signal()
    """Wall and chrome are there."""

    wall: Wall
    chrome: Chrome
    _binding: Binding

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session = session
        self.presenting = False
        self._page: Page | None = None
        self.is_complete = False
        self._closed = False
        self._has_shown_picture = False
        self._bare = BareWall(session)
        self.arrangement = Arrangement(self._bare)
        self._preferences = preferences
        self._column_wish: bool | None = None
        self.setCentralWidget(self.arrangement)
        self.setWindowTitle("Fusiform")
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        preferences.changed.connect(self._show_chrome)
        session.source_changed.connect(self._show_chrome)
        session.news.connect(self._hear_first)
        self._bare.painted.connect(self.tell_first_picture)
        QTimer.singleShot(LATEST_MS, self, self._complete_if_open)

    def complete(self) -> None:
        """Make the wall and everything around it; once."""
        if self.is_complete:
            return
        from desktop.window.binding import Binding
        from desktop.window.chrome import Chrome
        from desktop.window.wall import Wall

        self.is_complete = True
        self._preferences.dress()
        self.session.news.disconnect(self._hear_first)
        self.wall = Wall()
        self._binding = Binding(self, self.session, self._bare.hand_over())
        self.arrangement.replace_pictures(self.wall)
        self.chrome = Chrome(self, self.session, self._preferences)
        self.chrome.meet_source()
        self._binding.show_source()
        self._show_chrome()
        self.completed.emit()

    # --- what is around the pictures

    def want_column(self, on: bool) -> None:
        """Beside the pictures, or not. Without a wish it is there where they keep most of the room."""
        self._column_wish = on
        self._page = None if on else self._page
        self._show_chrome()

    def show_page(self, page: Page, on: bool) -> None:
        """In presentation, too: there it is what a class watches."""
        self.complete()
        if on or self._page == page:
            self._page = page if on else None
            self._show_chrome()

    def shows_page(self, page: Page) -> bool:
        """Whether it stands beside the pictures, in place of the column."""
        return self._page == page

    def present(self, on: bool) -> None:
        """Pictures only: bar and column away, the whole screen, a large caption."""
        self.presenting = on
        self._page = None if on else self._page
        if on:
            self.showFullScreen()
        elif self.isFullScreen():
            self.showNormal()
        self._show_chrome()

    @property
    def column_shown(self) -> bool:
        """False in presentation, while a page is in its place, and where the column would take too much from
        the pictures."""
        has_room = theme.current().px(theme.COLUMN) <= self.width() * COLUMN_SHARE
        return (has_room if self._column_wish is None else self._column_wish) and not (
            self.presenting or self._page
        )

    # --- lanes

    def tell_first_picture(self) -> None:
        """A picture is on the screen; only the first one matters."""
        if not self._has_shown_picture:
            self._has_shown_picture = True
            self.first_picture.emit()
            QTimer.singleShot(0, self, self._complete_if_open)  # not while it paints

    def selected_lane(self) -> Lane:
        return self.session.studio.lanes[self.wall.selected]

    def selected_view(self) -> LaneView:
        return self.wall.views[self.wall.selected]

    def select_next_lane(self) -> None:
        self.wall.select((self.wall.selected + 1) % len(self.wall.views))

    def edit_parameters(self, parameters: Parameters) -> None:
        """Parameters for the selected lane."""
        self.complete()
        self.chrome.controls.edit_parameters(parameters)

    def show_caption(self) -> None:
        """In presentation mode the selected lane says large what it shows, but not over a drawing, nor where
        a scene says it."""
        if self.presenting and self.session.drawable is None and not self.chrome.lessons.explains:
            pipeline = self.selected_lane().pipeline
            self.wall.show_caption(pipeline.title, pipeline.explanation)
        else:
            self.wall.hide_caption()
            self.wall.show_score(None)

    # --- what is said

    def inform(self, key: str, words: Text | Words, offer: Offer | None = None) -> None:
        """Say for a few seconds what was done."""
        self._notice(key, words, "info", offer)

    def complain(self, key: str, words: Text | Words, offer: Offer | None = None) -> None:
        """Say what is wrong until it is over or somebody closes it."""
        self._notice(key, words, "problem", offer)

    def withdraw(self, key: str) -> None:
        """It is over."""
        if self.is_complete:
            self.chrome.notices.withdraw(key)

    def show_nothing(self, reason: Text) -> None:
        """No source gives pictures, and none will by itself: say why, and what can be done."""
        self.complete()
        self.chrome.say_instead(reason)

    def show_wall(self) -> None:
        self.complete()
        self.arrangement.show_on_stage(self.wall)

    # --- Qt's own calls

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.is_complete:
            self.chrome.retranslate()
            self._binding.show_source()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what the focused control had no use for comes here."""
        self.complete()
        if self.presenting and event.matches(QKeySequence.StandardKey.Cancel):
            self.present(False)
        elif action := self.chrome.actions.soft(QKeySequence(event.keyCombination())):
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
            self.chrome.keeping.take_in(url.toLocalFile() or url.toString())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chrome()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()  # a value that is still being typed is taken
        self._closed = True
        try:
            self.closing.emit()
            if self.is_complete:
                self.chrome.close()
        finally:
            self.session.close()
        super().closeEvent(event)

    # --- inside

    def _complete_if_open(self) -> None:
        if not self._closed:
            self.complete()

    def _hear_first(self, news: News) -> None:
        """A source in trouble, before there is anything that can say so."""
        if not isinstance(news, Live):
            self.complete()
            self._binding.show_news(news)

    def _show_chrome(self) -> None:
        """Show what belongs around the pictures now; before it is there, keep its room free."""
        shown = self.column_shown
        self.arrangement.close_to(beside=shown or self._page is not None)
        if self.is_complete:
            self.arrangement.keep_room()
            self.chrome.show_chrome()
            self.show_caption()
        else:
            playable = self.session.playable
            under = bool(playable and playable.length > 1) or self.session.drawable is not None
            self.arrangement.keep_room(above=True, under=under, beside=shown)

    def _notice(self, key: str, words: Text | Words, kind: Kind, offer: Offer | None) -> None:
        self.complete()
        from desktop.window.notice_bar import Notice

        self.chrome.show_notice(Notice(key, _spoken(words), kind, offer))


def _spoken(words: Text | Words) -> Words:
    return (lambda: say(words)) if isinstance(words, Text) else words
