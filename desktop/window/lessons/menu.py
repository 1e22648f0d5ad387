"""The menu of lessons, and of the scenes of the one that is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.language import _, say
from desktop.window.actions import ActionSet
from desktop.window.icons import icon
from models.errors import SceneError
from models.text import Text, plain
from pipelines.lessons import Lesson
from pipelines.scene import read_scene

ACTIONS = (
    ("next-scene", "previous-scene", "leave-lesson"),
    ("open-scene", "save-scene", "own-scenes"),
)


class LessonMenu(QMenu):
    """A lesson begins with its first scene; the scenes of the lesson that is on stand under its name.

    Files are looked into each time it opens: people write scenes by hand.
    """

    chosen = Signal(object)
    """The path of a scene."""

    def __init__(
        self, actions: ActionSet, listed: Callable[[], Sequence[Lesson]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "touch")
        self._actions = actions
        self._listed = listed
        self._path: Path | None = None
        self.aboutToShow.connect(self._fill)

    def show_path(self, path: Path | None) -> None:
        """Which scene is on."""
        self._path = path

    def _fill(self) -> None:
        self.clear()
        for lesson in self._listed():
            on = self._path in lesson.scenes
            if lesson.scenes:
                count = _("{n} scenes").format(n=len(lesson.scenes))
                words = f"{say(lesson.title)}   {count}"
                self._offer(words, lesson.scenes[0], "lesson")
            for warning in lesson.warnings:
                self.addAction(icon("warning", "second"), say(warning)).setEnabled(False)
            if on:
                self._list(lesson)
        for names in ACTIONS:
            self.addSeparator()
            self.addActions([self._actions[name] for name in names])

    def _list(self, lesson: Lesson) -> None:
        for number, path in enumerate(lesson.scenes, 1):
            title, sound = _title(path)
            action = self._offer(f"{number}   {say(title)}", path, "" if sound else "warning")
            action.setCheckable(True)
            action.setChecked(path == self._path)
        self.addSeparator()

    def _offer(self, words: str, path: Path, icon_name: str) -> QAction:
        action = QAction(words.replace("&", "&&"), self)
        if icon_name:
            action.setIcon(icon(icon_name, "second" if icon_name == "warning" else "text"))
        action.triggered.connect(lambda: self.chosen.emit(path))
        self.addAction(action)
        return action


def _title(path: Path) -> tuple[Text, bool]:
    """What a scene is called, and whether it can be played."""
    try:
        return read_scene(path).title or plain(path.stem), True
    except SceneError:
        return plain(path.stem), False
