"""Lessons: from the menu or by the page keys to a scene, and from there to the next one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize

from desktop.window.actions import ActionSet
from desktop.window.lessons.bar import LessonBar, Shown
from desktop.window.lessons.keys import PageKeys
from desktop.window.lessons.menu import LessonMenu
from desktop.window.lessons.place import onward, place_of
from desktop.window.lessons.sources import Sources
from desktop.window.session import Session
from models.errors import SceneError
from models.text import Text, plain
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.lessons import SHIPPED, Lesson, lessons_in
from pipelines.scene import Scene, read_scene

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

LAST = Text("This was the last scene.", "最後のシーンです。")
FIRST = Text("This is the first scene.", "最初のシーンです。")
PASSED_OVER = Text("This scene was passed over.", "このシーンは飛ばしました。")


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
        self._sources, self._keys = Sources(session), PageKeys(actions, self)
        self.bar, self.menu = LessonBar(), LessonMenu(actions, self.listed, window)
        self.bar.step_wanted.connect(self.step)
        self.bar.leave_wanted.connect(self.leave)
        self.bar.menu_wanted.connect(self.show_menu)
        self.menu.chosen.connect(self.play)
        session.lanes_changed.connect(self._look_whether_it_holds)
        session.outcome.connect(self._show_outcome)
        self._show(None)

    # --- what a person asks for

    def listed(self) -> tuple[Lesson, ...]:
        """All lessons, the shipped ones first. Folders are looked into each time: people write scenes by
        hand."""
        return (*lessons_in(SHIPPED), *lessons_in(self._own))

    def show_menu(self) -> None:
        """Under its button, or over the bar of the lesson where the other bar is away."""
        for button in (self._window.chrome.bar.lessons, self.bar.place):
            if button.isVisible():
                self.menu.popup(button.mapToGlobal(QPoint(0, button.height())))
                return
        self.menu.popup(self._window.mapToGlobal(QPoint(0, 0)))

    def step(self, way: int) -> None:
        """The next scene (1) or the one before (-1); one that cannot be played says why and is passed
        over."""
        for place in onward(self.listed(), self._path, way):
            try:
                scene = read_scene(place.path)
            except SceneError as error:
                why = error.text
                passed = Text(f"{why.en} {PASSED_OVER.en}", f"{why.ja}{PASSED_OVER.ja}")
                self._window.complain(f"scene-{place.path}", passed)
                continue
            self._bring(place.path, scene)
            return
        self._window.inform("lesson-end", LAST if way > 0 else FIRST)

    def play(self, path: Path) -> None:
        """The scene in this file; a broken one says why, and changes nothing."""
        try:
            scene = read_scene(path)
        except SceneError as error:
            self._window.complain("scene-file", error.text)
            return
        self._window.withdraw("scene-file")
        self._bring(path, scene)

    def show_started(self, path: Path, scene: Scene) -> None:
        """The scene that the program was started with, which plays already."""
        self._sources.begin(scene)
        self._settle(path, scene, self._shown(path, scene))

    def leave(self) -> None:
        """What was on screen before the lesson; where nothing was, only the caption goes."""
        before, self._before = self._before, None
        if self._scene:
            self._path = self._scene = None
            if before:
                self._sources.restore(before)
            self._show(None)

    # --- what is on

    @property
    def explains(self) -> bool:
        """Whether a caption of a scene says what is on screen."""
        return self._scene is not None and self._scene.caption is not None and self._holds()

    def show_where(self) -> None:
        """Large before an audience."""
        presenting = self._window.presenting
        self.bar.show_large(self._window.size() if presenting else QSize())
        if not presenting:
            self.bar.aside.forget()

    def _bring(self, path: Path, scene: Scene) -> None:
        shown, before = self._shown(path, scene), self._session.scene()
        in_lesson = shown is not None and shown.number > 0
        if not self._sources.play(scene, patient=in_lesson):
            return
        self._before = self._before or before
        for number, warning in enumerate(scene.warnings):
            self._window.inform(f"scene-{number}", warning)
        self._settle(path, scene, shown)

    def _settle(self, path: Path, scene: Scene, shown: Shown | None) -> None:
        self._path, self._scene = (path, scene) if shown else (None, None)
        self._select(scene.selected)
        self._show(shown)

    def _select(self, place: int) -> None:
        """Keys go where one looks, unless a person is at something else."""
        wall = self._window.wall
        wall.select(min(place, len(wall.views) - 1))
        if self._window.focusWidget() in (None, *wall.views):
            self._window.selected_view().setFocus()

    def _show(self, shown: Shown | None) -> None:
        self.menu.show_path(self._path)
        self.bar.aside.forget()
        self.bar.show_scene(shown)
        self._look_whether_it_holds()
        self._actions["leave-lesson"].setEnabled(shown is not None)
        self._keys.take(shown is not None)
        if self._window.presenting:
            self._window.show_caption()

    def _shown(self, path: Path, scene: Scene) -> Shown | None:
        """What is said of a scene; nothing of one that is in no lesson and says nothing of itself."""
        place = place_of(self.listed(), path)
        if place is None and scene.title is None and scene.caption is None:
            return None
        title, caption = scene.title or plain(path.stem), scene.caption or plain("")
        if place is None:
            return Shown(title, caption, plain(""))
        for number, warning in enumerate(place.lesson.warnings):
            self._window.complain(f"lesson-{number}", warning)
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
