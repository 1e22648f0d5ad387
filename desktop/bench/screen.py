"""Qt for the cases that paint: on the real screen where there is one, otherwise offscreen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from desktop.bench.case import CaseError
from desktop.language import say
from desktop.system import complaint, display_available, missing_libraries

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def application() -> QApplication:
    """The one application of this process.

    Raises:
        CaseError: libraries that Qt needs are missing.
    """
    os.environ.update(platform())
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def platform() -> dict[str, str]:
    """What Qt has to find in the environment so that it can open a window here.

    Raises:
        CaseError: libraries that Qt needs are missing.
    """
    wanted = {} if display_available() else OFFSCREEN
    if missing := missing_libraries():
        raise CaseError(say(complaint(missing)))
    return wanted
