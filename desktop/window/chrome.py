"""Everything around the pictures: bar, column, transport, notices, menus. It comes after the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect

from desktop import theme
from desktop.window.action_binding import ActionBinding
from desktop.window.actions import ActionSet
from desktop.window.adjust_binding import AdjustBinding
from desktop.window.bar import Bar
from desktop.window.canvas.binding import CanvasBinding
from desktop.window.column import Column
from desktop.window.controls_binding import ControlsBinding
from desktop.window.distort_binding import DistortBinding
from desktop.window.empty_state import EmptyState
from desktop.window.keeping import Keeping
from desktop.window.keys_overlay import KeysOverlay
from desktop.window.keys_table import groups_of_keys
from desktop.window.layers.binding import LayersBinding
from desktop.window.layers.map_keys import MapKeys
from desktop.window.lessons.binding import Lessons
from desktop.window.networks.binding import Networks
from desktop.window.notice_bar import Notice, NoticeBar
from desktop.window.preferences import Preferences
from desktop.window.probe.probe import Probe
from desktop.window.probe.profile import LineProfile
from desktop.window.recording.binding import ScreenRecording
from desktop.window.session import DEMO, Session
from desktop.window.source_menu import SourceMenu
from desktop.window.stress.binding import StressTest
from desktop.window.transport import Transport
from models.text import Text

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

EDGE = 8
NOTICE_WIDTHS = (240, 760)
"""Least and most, in pixels at 100 %."""
SEARCH_PATIENCE = 0.4


class Chrome(QObject):
    """Makes the parts, joins them to the session and to each other, and knows what belongs on screen."""

    def __init__(self, window: MainWindow, session: Session, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self.actions = ActionSet(window)
        self.bar, self.column, self.transport = Bar(self.actions), Column(), Transport()
        self.empty, self.keys = EmptyState(), KeysOverlay(window)
        self.notices = NoticeBar(window.centralWidget())
        self.sources = SourceMenu(self.actions, window)
        self.distortions = DistortBinding(window, session, self.notices)
        self.adjustments = AdjustBinding(window, session, self.actions["adjust"])
        self.canvas = CanvasBinding(window, session, self.adjustments, self.actions)
        self.layers, self.maps = LayersBinding(window, session), MapKeys(window)
        self.probe = Probe(window, session, self.actions["probe"])
        self.profile = LineProfile(window, session, self.actions["profile"])
        self.stress = StressTest(window, self, session)
        self.networks = Networks(window, session)
        self.lessons = Lessons(window, session, self.actions, preferences.own_scenes)
        self.keeping = Keeping(window, session, self.networks, preferences.own_scenes)
        self.recording = ScreenRecording(window, self, session)
        window.arrangement.surround(
            above=self.bar,
            instead=self.empty,
            under=(
                self.lessons.bar,
                self.profile.panel,
                self.layers.bar,
                self.transport,
                self.canvas.toolbar,
            ),
            beside=(self.column, self.distortions.page, self.adjustments.page),
        )
        self.bar.source_asked.connect(self.show_sources)
        self.sources.chosen.connect(session.open)
        self.empty.open_wanted.connect(self.show_sources)
        self.empty.demo_wanted.connect(lambda: session.open(DEMO))
        self.keys.closed.connect(lambda: self.actions["keys"].setChecked(False))
        window.wall.installEventFilter(self)
        self._actions_binding = ActionBinding(window, self, session, preferences)
        self.controls = ControlsBinding(window, self, session)

    def meet_source(self) -> None:
        """What plays already when all this is made."""
        self.adjustments.meet_source()
        self.canvas.meet_source()

    def show_chrome(self) -> None:
        """Show what belongs around the pictures now."""
        self.bar.setVisible(not self._window.presenting)
        self.column.setVisible(self._window.column_shown)
        self.distortions.show_where()
        self.adjustments.show_where()
        self.controls.show_position()
        self.lessons.show_where()
        self._actions_binding.show_state()

    def show_sources(self) -> None:
        self.sources.popup(self.bar.source.mapToGlobal(QPoint(0, self.bar.source.height())))

    def show_keys(self, on: bool) -> None:
        self.keys.show_groups(groups_of_keys())
        self.keys.setVisible(on)

    def say_instead(self, reason: Text) -> None:
        """Where the pictures would be: why there are none, and what can be done."""
        self.empty.say(reason)
        self._window.arrangement.show_on_stage(self.empty)

    def show_notice(self, notice: Notice) -> None:
        self.notices.show_notice(notice)
        self._place_notices()

    def retranslate(self) -> None:
        self.actions.retranslate()
        if self.actions["keys"].isChecked():
            self.show_keys(True)

    def close(self) -> None:
        """Wait, not for long, for a search of cameras that may be under way."""
        self.sources.close_search(SEARCH_PATIENCE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices follow the wall, whatever moves it: the window, the column or the size of text."""
        if watched is self._window.wall and event.type() == QEvent.Type.Resize:
            self._place_notices()
        return super().eventFilter(watched, event)

    def _place_notices(self) -> None:
        """Over the top of the pictures."""
        px = theme.current().px
        area: QRect = self._window.wall.geometry()
        least, most = map(px, NOTICE_WIDTHS)
        self.notices.setFixedWidth(max(min(area.width() - 2 * px(EDGE), most), least))
        self.notices.adjustSize()
        self.notices.move(area.center().x() - self.notices.width() // 2, area.top() + px(EDGE))
        self.notices.raise_()
