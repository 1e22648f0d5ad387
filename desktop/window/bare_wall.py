"""What is seen first: the lanes' pictures and nothing else, until the wall is there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.window.grid import GAP, PICTURE, areas
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.engine.view import View, Viewport

BEHIND = QColor(10, 11, 13)
"""Around a picture, in both looks: the words on it are white."""


class BareWall(QWidget):
    """Needs none of the modules that the wall is made of: they come while a picture is looked at.

    Each picture stands where its lane's view will stand, so that nothing jumps.
    """

    painted = Signal()
    """There is a picture on the screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._outcomes: dict[Lane, Outcome] = {}
        self._picture = PICTURE
        session.outcome.connect(self._show)
        session.lanes_changed.connect(self._aim)
        session.changed.connect(self._aim)

    def hand_over(self) -> dict[Lane, Outcome]:
        """The newest of each lane; nothing more is shown here."""
        for signal, slot in (
            (self._session.outcome, self._show),
            (self._session.lanes_changed, self._aim),
            (self._session.changed, self._aim),
        ):
            signal.disconnect(slot)
        return self._outcomes

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._aim()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for area, lane in zip(self._areas(), self._session.studio.lanes, strict=True):
                painter.fillRect(area, BEHIND)
                if isinstance(done := self._outcomes.get(lane), Done):
                    self._paint(painter, area, done.view)
        if any(isinstance(outcome, Done) for outcome in self._outcomes.values()):
            self.painted.emit()

    def _paint(self, painter: QPainter, area: QRect, view: View) -> None:
        height, width = view.pixels.shape[:2]
        image = QImage(view.pixels.data, width, height, view.pixels.strides[0], QImage.Format.Format_RGB32)
        place = QRect(QPoint(), image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(area.center())
        painter.drawImage(place, image)  # the very first may have been prepared for another size

    def _show(self, lane: Lane, outcome: Outcome) -> None:
        if not self._outcomes and outcome.frame.size != self._picture:
            self._picture = outcome.frame.size
            self._aim()
        self._outcomes[lane] = outcome
        self.update()

    def _aim(self) -> None:
        """Tell each lane how large its picture will be."""
        ratio = self.devicePixelRatioF()
        for area, lane in zip(self._areas(), self._session.studio.lanes, strict=True):
            room = Viewport(
                max(1, round(area.width() * ratio)),
                max(1, round(area.height() * ratio)),
                mirror=self._session.mirror,
            )
            self._session.set_viewport(lane, room)

    def _areas(self) -> list[QRect]:
        lanes = len(self._session.studio.lanes)
        return areas(self.size(), lanes, theme.current().px(GAP), self._picture)
