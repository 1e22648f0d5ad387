"""What a person keeps: snapshots, the clipboard, scenes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from desktop.language import _, current, say
from desktop.window import ask, snapshot
from desktop.window.beside import Beside
from desktop.window.cascade.binding import OwnCascades, is_cascade
from desktop.window.networks.binding import Networks, is_network
from desktop.window.notice_bar import Offer
from desktop.window.session import Session
from models.errors import FusiformError
from pipelines.engine.outcome import Done
from pipelines.scene import write_scene

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

PATIENCE = 10.0
"""Seconds that quitting waits for a picture that is still being written."""
T = TypeVar("T")


class Keeping:
    """Asks where, writes, and says what came of it. Pictures are painted and written beside the window."""

    def __init__(self, window: MainWindow, session: Session, networks: Networks, own_scenes: Path) -> None:
        self._window = window
        self._session = session
        self._networks = networks
        self._cascades = OwnCascades(window, session)
        self._own_scenes = own_scenes
        self._beside = Beside("snapshot", window)
        window.closing.connect(self.close)

    def snapshot(self, *, marks: bool) -> None:
        """The selected lane's picture, into the person's own pictures."""
        where, language = snapshot.folder(), current()
        self._with_picture(
            lambda done, title: snapshot.save(done, title, where, language, marks=marks), self._tell_saved
        )

    def copy(self) -> None:
        """The same with its marks, to the clipboard."""
        language = current()
        self._with_picture(lambda done, _title: snapshot.image(done, language, marks=True), self._put_at_hand)

    def save_numbers(self) -> None:
        """What every layer answers to the picture of the selected lane."""
        from desktop.window.layers.keep import save_numbers

        where = snapshot.folder()
        self._with_picture(lambda done, title: save_numbers(done, title, where), self._tell_saved)

    def save_curves(self) -> None:
        from desktop.window.layers.keep import save_curves

        where, language = snapshot.folder(), current()
        self._with_picture(lambda done, title: save_curves(done, title, where, language), self._tell_saved)

    def keep(self, write: Callable[[], Path]) -> None:
        """Beside the window `write` a file that a person asked for, and say where it is."""
        self._do(write, self._tell_saved)

    def folder_of(self, path: Path) -> Offer:
        """To show the folder of a file that was kept."""
        return Offer(lambda: _("Show in folder"), lambda: self._show_folder(path.parent))

    def close(self) -> None:
        """Who saves and quits at once gets the file."""
        self._beside.close(PATIENCE)

    def save_scene(self) -> None:
        self._make_own()
        if path := ask.where_to_save_scene(self._window, self._own_scenes):
            self._attempt(lambda: self._write_scene(path))

    def open_scene(self) -> None:
        if path := ask.for_scene(self._window):
            self._window.chrome.lessons.play(path)

    def take_in(self, dropped: str) -> None:
        """Something was dropped on the window: a scene is played, a network or a cascade is tried,
        anything else is a source."""
        if is_network(dropped):
            self._networks.add(Path(dropped))
        elif is_cascade(dropped):
            self._cascades.add(Path(dropped))
        elif dropped.lower().endswith(".toml"):
            self._window.chrome.lessons.play(Path(dropped))
        else:
            self._session.open(dropped)

    def show_own_scenes(self) -> None:
        """Where the scenes are that stand in the menu beside the shipped ones."""
        self._make_own()
        self._show_folder(self._own_scenes)

    def _make_own(self) -> None:
        with suppress(OSError):  # who saves or looks there is told
            self._own_scenes.mkdir(parents=True, exist_ok=True)

    def _write_scene(self, path: Path) -> None:
        write_scene(path, replace(self._session.scene(), selected=self._window.wall.selected))
        self._tell_saved(path)

    def _with_picture(self, make: Callable[[Done, str], T], keep: Callable[[T], None]) -> None:
        """Beside the window `make` something of the picture and the lane's title, and `keep` it here."""
        view = self._window.selected_view()
        if view.done is None:
            self._window.inform("kept", lambda: _("There is no picture yet."))
            return
        done, title = view.done, say(self._window.selected_lane().pipeline.title)
        self._do(lambda: make(done, title), keep)

    def _do(self, make: Callable[[], T], keep: Callable[[T], None]) -> None:
        if not self._beside.do(make, lambda made: self._attempt(lambda: keep(made.result()))):
            self._window.inform(
                "crowded", lambda: _("The pictures before it are still being saved; this one was not kept.")
            )

    def _tell_saved(self, path: Path) -> None:
        self._window.inform("kept", lambda: _("Saved as {path}").format(path=path), self.folder_of(path))

    def _put_at_hand(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._window.inform("kept", lambda: _("The picture is on the clipboard."))

    def _show_folder(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._window.complain(
                "folder", lambda: _("The folder {folder} could not be opened.").format(folder=folder)
            )

    def _attempt(self, do: Callable[[], None]) -> None:
        try:
            do()
        except FusiformError as error:
            self._window.complain("keeping", error.text)
        else:
            self._window.withdraw("keeping")
