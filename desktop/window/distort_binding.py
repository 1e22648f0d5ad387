"""Joins the session's distortions to their page and to the chip over the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.window.distort_chip import DistortChip
from desktop.window.distort_page import DistortPage
from desktop.window.notice_bar import NoticeBar
from desktop.window.session import Session
from models.text import Text

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

MOVING = (
    QEvent.Type.Resize,
    QEvent.Type.Move,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LanguageChange,
    QEvent.Type.StyleChange,
)


class DistortBinding(QObject):
    """The chip keeps off the notices and off the lanes' names."""

    def __init__(self, window: MainWindow, session: Session, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._notices = notices
        self._session = session
        self._kept_off = 0
        self.page, self.chip = DistortPage(), DistortChip(window.arrangement)
        self.page.edited.connect(session.distort)
        self.page.closed.connect(lambda: window.show_page("distortions", False))
        self.chip.opened.connect(lambda: window.show_page("distortions", True))
        self.chip.reset.connect(session.undistort)
        session.distortions_changed.connect(self._show)
        session.lanes_changed.connect(self._place)
        session.trouble_changed.connect(self._tell)
        for widget in (window.wall, notices):
            widget.installEventFilter(self)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The chip moves with what it lies on and beside, whatever moves that."""
        if event.type() in MOVING:
            QTimer.singleShot(0, self, self._place)  # when the lanes have their new places and names
        return super().eventFilter(watched, event)

    def show_where(self) -> None:
        """On the page where that is open, otherwise on the chip."""
        shown = self._window.shows_page("distortions")
        self.page.setVisible(shown)
        self.chip.setVisible(not self._session.distortions.neutral and not shown)
        self._place()

    def keep_off(self, width: int) -> None:
        """Let something else have this many pixels of the corner."""
        if width != self._kept_off:
            self._kept_off = width
            self._place()

    def _show(self) -> None:
        self.page.show_distortions(self._session.distortions)
        self.chip.show_distortions(self._session.distortions)
        self.show_where()

    def _place(self) -> None:
        """Beside the name of the lane in the corner, which gives way at last; under the notices."""
        wall = self._window.wall
        if not wall.views:
            return
        area = wall.geometry()
        if self._notices.isVisible():
            area.setTop(self._notices.geometry().bottom())
        corner = max(wall.views, key=lambda view: (view.x(), -view.y()))
        area.setRight(area.right() - self._kept_off)
        self.chip.lie_on(area, corner.width() - corner.name_reach - self._kept_off)
        taken = self._kept_off + (0 if self.chip.isHidden() else self.chip.needs())
        for view in wall.views:
            view.keep_clear(taken if view is corner else 0)

    def _tell(self, trouble: Text | None) -> None:
        if trouble:
            self._window.complain("distortions", trouble)
        else:
            self._window.withdraw("distortions")
