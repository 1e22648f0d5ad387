"""Lessons: from the menu or by the page keys to a scene, and from there to the next one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence

from desktop.language import _
from desktop.window.actions import ActionSet
from desktop.window.lessons.bar import LessonBar, Shown
from desktop.window.lessons.menu import LessonMenu
from desktop.window.lessons.place import Place, onward, places
from desktop.window.lessons.sources import Sources
from desktop.window.session import Session
from models.errors import FusiformError, SceneError
from models.text import Text, plain
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.lessons import SHIPPED, Lesson, lessons_in
from pipelines.scene import Scene, read_scene

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

PAGE_KEYS = {"next-scene": "PgDown", "previous-scene": "PgUp"}
"""What a presenter's remote control sends: the lesson's own while one is on, whatever has the focus."""
LAST = Text("This was the last scene.", "最後のシーンです。")
FIRST = Text("This is the first scene.", "最初のシーンです。")
PASSED_OVER = Text("{why} The scene was passed over.", "{why}このシーンは飛ばしました。")


class Lessons(QObject):
    """Which scene is on, and what is around it: the bar with its caption, the menu, the keys."""

    def __init__(self, window: MainWindow, session: Session, actions: ActionSet, own: Path) -> None:
        """`own` is the folder of the person's own scenes; it need not be there."""
        super().__init__(window)
        self._window = window
        self._session = session
        self._actions = actions
        self._own = own
        self._path: Path | None = None
        self._scene: Scene | None = None
        self._before: Scene | None = None
        self._sources = Sources(session)
        self.bar = LessonBar()
        self.menu = LessonMenu(actions, self.listed, window)
        self.bar.step_wanted.connect(self.step)
        self.bar.leave_wanted.connect(self.leave)
        self.bar.menu_wanted.connect(self.show_menu)
        self.menu.chosen.connect(self.play)
        session.lanes_changed.connect(self._look_whether_it_holds)
        session.outcome.connect(self._show_outcome)
        self._show()

    # --- what a person asks for

    def listed(self) -> tuple[Lesson, ...]:
        """All lessons, the shipped ones first."""
        return (*lessons_in(SHIPPED), *lessons_in(self._own))

    def show_menu(self) -> None:
        """Under its button in the bar above, or from the bar of the lesson where that is away."""
        under = self._window.chrome.bar.lessons
        if not under.isVisible():
            under = self.bar.place if self.bar.place.isVisible() else self._window
        self.menu.popup(under.mapToGlobal(QPoint(0, under.height() if under is not self._window else 0)))

    def step(self, way: int) -> None:
        """The next scene (1) or the one before (-1); one that cannot be played is passed over, and says
        why."""
        for place in onward(self.listed(), self._path, way):
            try:
                self._bring(place.path, read_scene(place.path))
                return
            except SceneError as error:
                why = Text(
                    *(PASSED_OVER.pick(lang).format(why=error.text.pick(lang)) for lang in ("en", "ja"))
                )
                self._window.complain(f"scene-{place.path}", why)
        self._window.inform("lesson-end", LAST if way > 0 else FIRST)

    def play(self, path: Path) -> None:
        """The scene in this file; a broken one says why, and changes nothing."""
        try:
            self._bring(path, read_scene(path))
        except FusiformError as error:
            self._window.complain("scene-file", error.text)

    def leave(self) -> None:
        """What was on screen before the lesson."""
        before, self._before = self._before, None
        if self._scene is None:
            return
        self._path = self._scene = None
        self._show()
        if before:
            self._sources.restore(before)

    def show_own_folder(self) -> None:
        """Where one's own scenes are kept, in the system's own window."""
        with contextlib.suppress(OSError):  # then it cannot be opened either, which is said
            self._own.mkdir(parents=True, exist_ok=True)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._own))):
            self._window.complain(
                "folder", lambda: _("The folder {folder} could not be opened.").format(folder=self._own)
            )

    # --- what is on

    @property
    def explains(self) -> bool:
        """Whether a caption of a scene says what is on screen."""
        return self._scene is not None and self._holds()

    def show_where(self) -> None:
        """Large before an audience."""
        presenting = self._window.presenting
        self.bar.show_large(self._window.size() if presenting else QSize())
        if not presenting:
            self.bar.aside.forget()

    def _bring(self, path: Path, scene: Scene) -> None:
        if self._scene is None:
            self._before = self._session.scene()
        self._path, self._scene = path, scene
        self.bar.aside.forget()
        self._sources.play(scene)
        self._select(scene.selected)
        for number, warning in enumerate(scene.warnings):
            self._window.inform(f"scene-{number}", warning)
        self._show()
        self._window.show_caption()

    def _select(self, place: int) -> None:
        """Keys go where one looks, unless a person is at something else."""
        wall = self._window.wall
        wall.select(min(place, len(wall.views) - 1))
        if self._window.focusWidget() in (None, *wall.views):
            self._window.selected_view().setFocus()

    def _show(self) -> None:
        self.menu.show_path(self._path)
        self.bar.show_scene(self._shown())
        self._look_whether_it_holds()
        self._actions["leave-lesson"].setEnabled(self._scene is not None)
        for name, key in PAGE_KEYS.items():
            usual = [QKeySequence(f"Ctrl+{key}")]
            self._actions[name].setShortcuts([*usual, QKeySequence(key)] if self._scene else usual)

    def _shown(self) -> Shown | None:
        if self._scene is None or self._path is None:
            return None
        title, caption = self._scene.title or plain(self._path.stem), self._scene.caption or plain("")
        place = _found(places(self.listed()), self._path)
        if place is None:
            return Shown(title, caption, plain(""))
        return Shown(title, caption, place.lesson.title, place.number, place.count)

    def _holds(self) -> bool:
        """Not where a person has put something else into the lanes."""
        if self._scene is None:
            return False
        now = [lane.pipeline for lane in self._session.studio.lanes]
        wanted = [lane.pipeline for lane in self._scene.lanes]
        return now[: len(wanted)] == wanted

    def _look_whether_it_holds(self) -> None:
        self.bar.show_explaining(self._holds())

    def _show_outcome(self, lane: Lane, outcome: Outcome) -> None:
        """Before an audience the column is away: what it says of colours, and curves where they matter, are
        here."""
        if not (self._scene and self._window.presenting and isinstance(outcome, Done)):
            return
        if lane is self._window.selected_lane():
            self.bar.aside.show_result(outcome.result, curves=self._scene.curves)


def _found(every: Iterable[Place], path: Path) -> Place | None:
    return next((place for place in every if place.path == path), None)
