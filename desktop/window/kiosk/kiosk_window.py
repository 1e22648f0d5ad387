"""The exhibit's window: the pictures, what to try, the stations. It fills the screen and has no way out."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

from desktop import theme
from desktop.kiosk.hours import is_open
from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.pin import PinLock
from desktop.kiosk.report import CLOSED
from desktop.kiosk.visit import Mode, Moment, Visit
from desktop.window.kiosk.camera import KioskCamera
from desktop.window.kiosk.card import Card
from desktop.window.kiosk.curtain import Call, Countdown, Dark
from desktop.window.kiosk.measures import fitting
from desktop.window.kiosk.notice import Notice, Resting
from desktop.window.kiosk.pictures import Pictures
from desktop.window.kiosk.pin_pad import PinPad
from desktop.window.kiosk.stations import StationBar
from desktop.window.part import Part
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.scene import Scene
from pipelines.sources.address import open_source
from pipelines.sources.source import Source

TICK_MS = 100
CORNER = 90
"""Pixels at 100 %: the corner in the upper left where a long press asks for the PIN."""
PRESS_MS = 3000
POINTER_MS = 3000
EDGE, GAP = 16, 9
"""Pixels at 100 %: beside everything, and between everything."""
SIDE, SHARE = 720, 0.5
"""The shorter side of a window in which 100 % is at home; the share of its height that the pictures have."""


class KioskWindow(Part):
    """Shows what `visit` says; decides nothing but what is on the screen."""

    left = Signal()
    """The staff has typed its PIN."""

    def __init__(
        self,
        kiosk: Kiosk,
        scenes: Sequence[Scene],
        session: Session,
        preferences: Preferences,
        visit: Visit,
        *,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = datetime.now,
        opens: Callable[[str], Source] = open_source,
    ) -> None:
        """`scenes` are those of the stations. `now` is the clock of `visit`, `wall` the one on the wall;
        `opens` opens what a station plays.
        """
        super().__init__()
        self._now, self._wall = now, wall
        self.kiosk, self.session, self.visit = kiosk, session, visit
        self._scenes = scenes
        self._preferences = preferences
        self._moment: Moment | None = None
        self._open: bool | None = None
        self._scored = False
        self._may_close = False
        self._fingers = 0
        self.pictures = Pictures(session, self)
        self.camera = KioskCamera(session, kiosk.fallback, opens, now)
        self.pictures.wall.setParent(self)
        self.stations, self.card = StationBar(kiosk.stations, self), Card(kiosk.stations, self)
        self.notice, self.rest = Notice(self), Resting(self)
        self.call = Call(self)
        self.countdown = Countdown(self, kiosk.idle.countdown)
        self.dark = Dark(self)
        self.pad = PinPad(self, PinLock(kiosk.pin, now)) if kiosk.pin else None
        self._press = QTimer(self, singleShot=True, interval=PRESS_MS)
        self._tick = QTimer(self, interval=TICK_MS)
        self._pointer = QTimer(self, singleShot=True, interval=POINTER_MS)
        session.remember_mirror(cameras=True, others=False)  # a visitor looks into a mirror
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._join()
        self.tick()
        self._tick.start()

    # --- what happens

    def touch(self) -> None:
        """Somebody touched the screen, anywhere."""
        if self._open:
            self.visit.touch(self._now())
            self.tick()

    def count_fingers(self, fingers: int) -> None:
        """So many are on the screen: the staff asks for the PIN with one, a palm lies there with more."""
        self._fingers = fingers
        if fingers != 1:
            self._press.stop()

    def show_pointer(self) -> None:
        """For a while: there is a mouse."""
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._pointer.start()

    def choose(self, station: int) -> None:
        """A finger may have lain on its button while the exhibit closed."""
        if self._open:
            self.visit.choose(station, self._now())
            self.tick()

    def tick(self) -> None:
        """Bring the screen to what is to be shown now."""
        self._show_hours(is_open(self.kiosk.hours, self._wall()))
        if self._open:
            self._show(self.visit.at(self._now()))

    def show_again(self) -> None:
        """The station as its scene says, whatever became of it."""
        if self._moment:
            self._show_station(self._moment.station)

    def end(self) -> None:
        """Close it, and let the camera go; whoever is there has been there so long."""
        self._tick.stop()
        self.visit.end()
        self.camera.leave()
        self._may_close = True
        self.close()

    @property
    def mode(self) -> str:
        """As a heartbeat tells it."""
        if not self._open:
            return CLOSED
        return self._moment.mode.value if self._moment else Mode.WANDERING.value

    @property
    def station(self) -> int:
        return self._moment.station if self._moment else 0

    # --- what is shown

    def _show(self, moment: Moment) -> None:
        before, self._moment = self._moment, moment
        if before is None or before.visit != moment.visit or _was_put_back(before, moment):
            self._preferences.speak(self.kiosk.language)
        if before is None or before.station != moment.station or _was_put_back(before, moment):
            self._show_station(moment.station)
        self.call.setVisible(moment.mode in (Mode.WANDERING, Mode.RESTING))
        self.countdown.show_left(moment.left)

    def _show_station(self, number: int) -> None:
        station = self.kiosk.stations[number]
        self.card.show_station(station)
        self.stations.show_station(number)
        self.pictures.call(station.lanes)
        scene = self._scenes[number]
        self._scored = scene.curves
        self.session.play(scene.without_source())
        self.camera.play(scene.source or self.kiosk.source)
        gc.collect()  # the former station lies in circles, with all of its pictures

    def _show_hours(self, open_: bool) -> None:
        if open_ == self._open:
            return
        self._open = open_
        self.dark.setVisible(not open_)
        if not open_:
            self.visit.end()
            self._moment = None
            self.camera.leave()
            self.session.rest()
            self.pictures.forget()
            self.countdown.hide()
            if self.pad:
                self.pad.hide()

    def _show_scores(self, _lane: Lane, outcome: Outcome) -> None:
        """Where a scene shows its curves to an audience."""
        if self._scored and isinstance(outcome, Done) and outcome.result.scores:
            self.card.show_scores(outcome.result.scores)

    def _show_camera(self) -> None:
        self.rest.setVisible(self.camera.is_away)
        self._arrange_curtains()

    # --- inside

    def _join(self) -> None:
        self.stations.chosen.connect(self.choose)
        self.stations.language_wanted.connect(self._preferences.switch_language)
        self.countdown.stay_wanted.connect(self.touch)
        self.camera.changed.connect(self._show_camera)
        self.session.outcome.connect(self._show_scores)
        self._tick.timeout.connect(self.tick)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        if self.pad:
            self._press.timeout.connect(self.pad.ask)
            self.pad.opened.connect(self.left)

    def retranslate(self) -> None:
        self._arrange_curtains()  # everything else has room for both languages

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.restyle()

    def restyle(self) -> None:
        """The pictures are the exhibit: they have their share, and what the words and the buttons leave."""
        size = self.size()
        look = fitting(min(size.toTuple()), SIDE)
        edge, gap = look.px(EDGE), look.px(GAP)
        width = size.width() - 2 * edge
        notice = self.notice.fit(width, size)
        bar = self.stations.fit(width, size)
        left = size.height() - bar - notice - 5 * gap
        card = self.card.fit(width, left - round(size.height() * SHARE))
        top = gap
        for part, height in (
            (self.card, card),
            (self.pictures.wall, left - card),
            (self.stations, bar),
            (self.notice, notice),
        ):
            part.setGeometry(edge, top, width, height)
            top += height + gap
        self._arrange_curtains()

    def _arrange_curtains(self) -> None:
        for curtain in (self.countdown, self.dark, *([self.pad] if self.pad else [])):
            curtain.setGeometry(self.rect())
        wall = self.pictures.wall.geometry()
        bottom = wall.bottom() - EDGE
        for part in (self.rest, self.call):
            wanted = part.fit(wall.size())
            part.setGeometry(_over(bottom, wall, wanted))
            bottom -= wanted.height() + EDGE if self.camera.is_away else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.current().colour("ground"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.pad and self._fingers <= 1 and self._corner.contains(event.position().toPoint()):
            self._press.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._corner.contains(event.position().toPoint()):
            self._press.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press.stop()

    @property
    def _corner(self) -> QRect:
        side = theme.current().px(CORNER)
        return QRect(0, 0, side, side)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._may_close)


def _was_put_back(before: Moment, now: Moment) -> bool:
    """Whether a visitor's settings are to go: a visit ended in between."""
    return before.mode.is_visit and not now.mode.is_visit


def _over(bottom: int, wall: QRect, size: QSize) -> QRect:
    return QRect(QPoint(wall.center().x() - size.width() // 2, bottom - size.height()), size)
