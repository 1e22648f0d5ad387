"""The moment of the first live picture, for `fusiform bench start/first-picture`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

LATER = ("torch", "torchvision", "pyqtgraph")
"""Modules that are too slow to import before something is to be seen."""


def report_to(path: str | None, window: MainWindow) -> None:
    """Write the moment to the file `path` and close the window; nothing without a path."""
    if path:
        window.first_picture.connect(lambda: _report(Path(path), window))


def _report(path: Path, window: MainWindow) -> None:
    import json  # not before that moment

    loaded = [name for name in LATER if name in sys.modules]
    path.write_text(json.dumps({"seconds_since_epoch": time.time(), "modules": loaded}))
    QTimer.singleShot(0, window, window.close)  # not while it paints
