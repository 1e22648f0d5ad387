"""What every test of the window gets: the program's own look, and English unless it says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop import language, theme
from desktop.theme import Theme


@pytest.fixture(autouse=True)
def _language_as_before() -> Iterator[None]:
    before, named = language.current(), os.environ.get("LANGUAGE")
    yield
    language.speak(before)
    if named is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = named


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the dark palette at 100 %, as it is when the program starts."""
    theme.apply(qapp, Theme())
    language.speak("en")
    yield qapp
    theme.apply(qapp, Theme())
    language.speak("en")
