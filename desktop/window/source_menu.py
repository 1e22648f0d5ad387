"""The menu of everything that can be looked at now."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.language import _, say
from desktop.window.actions import ActionSet
from desktop.window.icons import icon
from pipelines.sources.address import scheme
from pipelines.sources.camera_list import CameraInfo, list_cameras
from pipelines.sources.canvas import Canvas
from pipelines.stimuli import discover

ICONS = {"camera": "camera", "video": "video", "pictures": "pictures", "demo": "demo", "canvas": "canvas"}


def icon_name(address: str) -> str:
    """The icon for the kind of source that an address opens."""
    if scheme(address) == "stimulus":
        return address.partition(":")[2].partition("?")[0]
    return ICONS.get(scheme(address), "network" if "://" in address else "video")


class SourceMenu(QMenu):
    """Cameras are asked for in the background, each time it opens: some systems take seconds."""

    chosen = Signal(str)
    """An address."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._address = ""
        self._search: _Search | None = None
        self._cameras: Sequence[CameraInfo] | None = None
        self._look = QTimer(self, interval=100)
        self._look.timeout.connect(self._look_again)
        self.aboutToShow.connect(self._search_cameras)
        self.aboutToHide.connect(self._look.stop)

    def show_address(self, address: str) -> None:
        """Which source is ticked."""
        self._address = address

    def close_search(self, timeout: float) -> None:
        """Wait for a search that may be under way."""
        self._look.stop()
        if self._search:
            self._search.join(timeout)

    def _search_cameras(self) -> None:
        self._fill()
        if self._search is None or not self._search.is_alive():
            self._search = _Search()
            self._search.start()
        self._look.start()

    def _look_again(self) -> None:
        """A menu that is open is the only one who wants to know; so it asks, and nobody calls it."""
        if self._search and not self._search.is_alive():
            self._look.stop()
            self._cameras = self._search.cameras
            self._fill()

    def _fill(self) -> None:
        self.clear()
        if self._cameras is None:
            self._note(_("Looking for cameras…"))
        elif not self._cameras:
            self._note(_("No camera is connected"))
        for camera in self._cameras or ():
            self._offer("camera", camera.name, camera.address)
        self.addSeparator()
        self._offer("demo", _("Demo (no camera needed)"), "demo:")
        self._offer("canvas", say(Canvas.title), "canvas:")
        for _family, stimuli in itertools.groupby(discover().values(), lambda stimulus: stimulus.family):
            self.addSeparator()
            for stimulus in stimuli:
                self._offer(stimulus.name, say(stimulus.title), f"stimulus:{stimulus.name}")
        self.addSeparator()
        for name in ("open-file", "open-folder", "open-address"):
            self.addAction(self._actions[name])

    def _note(self, words: str) -> None:
        self.addAction(icon("camera", "soft"), words).setEnabled(False)

    def _offer(self, icon_name: str, words: str, address: str) -> None:
        action = QAction(icon(icon_name, "text"), words, self)
        action.setCheckable(True)
        action.setChecked(address in (self._address, self._address.partition("?")[0]))
        action.triggered.connect(lambda: self.chosen.emit(address))
        self.addAction(action)


class _Search(threading.Thread):
    def __init__(self) -> None:
        super().__init__(name="camera-search", daemon=True)
        self.cameras: Sequence[CameraInfo] = ()

    def run(self) -> None:
        self.cameras = list_cameras()
