"""The whole program's window, for the cases that look at it as a person does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop import language
from desktop.bench import screen
from desktop.settings import Memory, Settings
from desktop.window.main_window import MainWindow
from desktop.window.preferences import Preferences
from desktop.window.session import Session

SIZE = (1280, 800)


@contextmanager
def opened_window() -> Iterator[MainWindow]:
    """With settings of its own; it and its threads end with the block.

    Raises:
        CaseError: libraries that Qt needs are missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        app, session = screen.application(), Session()
        preferences = Preferences(app, Memory(Path(folder)), Settings(), language.current())
        window = MainWindow(session, preferences)
        try:
            window.resize(*SIZE)
            window.show()
            yield window
        finally:
            window.close()
            window.deleteLater()
            preferences.deleteLater()
