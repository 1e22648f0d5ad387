"""What a person keeps: snapshots, the clipboard, scenes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.language import _, say
from desktop.window import ask, snapshot
from desktop.window.session import Session
from models.errors import FusiformError
from pipelines.engine.outcome import Done
from pipelines.scene import read_scene, write_scene

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


class Keeping:
    """Asks where, writes, and says what came of it."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self._window = window
        self._session = session

    def snapshot(self, *, marks: bool) -> None:
        """The selected lane's picture, into the person's own pictures."""

        def keep(done: Done, title: str) -> None:
            path = snapshot.save(done, title, snapshot.folder(), marks=marks)
            self._window.inform("kept", lambda: _("Saved as {path}").format(path=path))

        self._with_picture(keep)

    def copy(self) -> None:
        def keep(done: Done, _title: str) -> None:
            snapshot.copy(done, marks=True)
            self._window.inform("kept", lambda: _("The picture is on the clipboard."))

        self._with_picture(keep)

    def save_scene(self) -> None:
        if path := ask.where_to_save_scene(self._window):
            self._attempt(lambda: self._write_scene(path))

    def open_scene(self) -> None:
        if path := ask.for_scene(self._window):
            self.play_scene(path)

    def take_in(self, dropped: str) -> None:
        """Something was dropped on the window: a scene is played, anything else is a source."""
        if dropped.lower().endswith(".toml"):
            self.play_scene(Path(dropped))
        else:
            self._session.open(dropped)

    def play_scene(self, path: Path) -> None:
        """Bring everything to a scene file; a broken one changes nothing."""

        def play() -> None:
            scene = read_scene(path)
            self._session.play(scene)
            for number, warning in enumerate(scene.warnings):
                self._window.inform(f"scene-{number}", warning)

        self._attempt(play)

    def _write_scene(self, path: Path) -> None:
        write_scene(path, self._session.scene())
        self._window.inform("kept", lambda: _("Saved as {path}").format(path=path))

    def _with_picture(self, keep: Callable[[Done, str], None]) -> None:
        view = self._window.selected_view()
        if view.done is None:
            self._window.inform("kept", lambda: _("There is no picture yet."))
            return
        done, lane = view.done, self._window.selected_lane()
        self._attempt(lambda: keep(done, say(lane.pipeline.title)))

    def _attempt(self, do: Callable[[], None]) -> None:
        try:
            do()
        except FusiformError as error:
            self._window.complain("keeping", error.text)
        else:
            self._window.withdraw("keeping")
