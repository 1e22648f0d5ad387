"""Takes in a person's own cascade that was dropped on the window."""

from __future__ import annotations

import functools
import logging
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.language import _
from desktop.window.beside import Beside
from desktop.window.notice_bar import Offer
from desktop.window.session import Session
from models.errors import FusiformError
from models.text import Text
from pipelines.classic.haar_faces import HaarFaces
from pipelines.haar.own import ENDING, add

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)
PATIENCE = 0.6
"""Seconds that closing the window waits for the file."""


class OwnCascades(QObject):
    """Reads and keeps beside the window, which tells what came of it."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._adding = Beside("cascade-add", self)
        window.closing.connect(lambda: self._adding.close(PATIENCE))

    def add(self, path: Path) -> None:
        self._adding.do(functools.partial(add, path), self._added)

    def _added(self, outcome: Future[str]) -> None:
        match outcome.exception():
            case None:
                self._offer(outcome.result())
            case FusiformError() as error:
                self._window.complain("cascade-own", error.text)
            case error:
                log.error("adding a cascade failed", exc_info=error)
                detail = f"{type(error).__name__}: {error}"
                self._window.complain(
                    "cascade-own", Text(f"That failed ({detail}).", f"失敗しました（{detail}）。")
                )

    def _offer(self, name: str) -> None:
        done = Text(f"The cascade {name} was added.", f"カスケード「{name}」を追加しました。")
        self._window.inform(
            "cascade-own", done, Offer(lambda: _("Use in this lane"), lambda: self._use(name))
        )

    def _use(self, name: str) -> None:
        """In the selected lane, which keeps what is set there where a cascade is at work in it already."""
        self._session.choose(self._window.selected_lane(), HaarFaces.name)
        parameters = self._window.selected_lane().parameters
        self._window.edit_parameters(parameters.changed(cascade=name))


def is_cascade(path: str) -> bool:
    """Whether something that was dropped is meant as one."""
    return path.lower().endswith(ENDING)
