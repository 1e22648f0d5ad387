"""Joins a source that is set while it plays to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from desktop.window.adjust_page import AdjustPage
from desktop.window.session import Session
from pipelines.parameters import Parameters

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

FOLLOW_MS = 100
"""How often what goes on by itself is shown anew: an orientation that turns."""


class AdjustBinding(QObject):
    """The page comes by itself where the column has room, and goes with the source.

    What is drawn has a toolbar, and leaves the room to the column.
    """

    def __init__(self, window: MainWindow, session: Session, action: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._action = action
        self._shown: Parameters | None = None
        self.page = AdjustPage()
        self.page.edited.connect(self._edit)
        self.page.closed.connect(lambda: window.show_page("source", False))
        session.source_changed.connect(self.meet_source)
        session.source_adjusted.connect(self._show)
        self._follow = QTimer(self, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._show)

    def meet_source(self) -> None:
        """Another source plays."""
        source, adjustable = self._session.source, self._session.adjustable
        self._action.setEnabled(adjustable is not None)
        if source and adjustable:
            self.page.show_source(source.title, adjustable.explanation, adjustable.citation)
            self._show()
        comes = self._window.column_shown and self._session.drawable is None
        self._window.show_page("source", adjustable is not None and (comes or self.page.isVisible()))

    def show_where(self) -> None:
        """On the page where that is open."""
        shown = self._window.shows_page("source")
        self.page.setVisible(shown)
        if shown != self._follow.isActive():
            self._follow.start() if shown else self._follow.stop()

    def _show(self) -> None:
        source, adjustable = self._session.source, self._session.adjustable
        if source and adjustable:
            parameters = adjustable.parameters
            if parameters != self._shown:
                self._shown = parameters
                self.page.show_parameters(parameters, source.address)

    def _edit(self, edited: Parameters) -> None:
        """Only what a person has changed: the rest may have gone on since it was shown."""
        before = self._shown
        names = [spec.name for spec in edited.specs()]
        self._session.adjust(
            **{
                name: getattr(edited, name)
                for name in names
                if getattr(edited, name) != getattr(before, name)
            }
        )
