"""What every test gets: an offscreen screen, a home of its own, no threads left behind, and the shared
pictures."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person's settings, networks and choices is read or written."""
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    extra = [thread for thread in threading.enumerate() if thread not in before]
    deadline = time.monotonic() + 2
    for thread in extra:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread.name for thread in extra if thread.is_alive()]
    assert not left, f"threads still running: {left}"


@pytest.fixture
def shared() -> Path:
    """The pictures, clips and labels that lie beside the checkout; never part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return SHARED
