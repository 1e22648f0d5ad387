"""A home of one's own, a file that is published, and a server that has it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from models import catalogue
from models.catalogue import Entry
from models.text import plain
from tests.models.fetching.file_server import FileServer

CONTENT = np.random.default_rng(8).bytes(300_000)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the person's, and no proxy of this machine's."""
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer(CONTENT) as running:
        yield running


@pytest.fixture
def entry(server: FileServer) -> Entry:
    return published(server.address)


def published(address: str) -> Entry:
    """The catalogue's word about the file, wherever it is."""
    return Entry(
        plain("Test"),
        plain("For tests."),
        "test.onnx",
        len(CONTENT),
        hashlib.sha256(CONTENT).hexdigest(),
        "MIT",
        "https://example.org",
        address,
        "test",
    )


def left_over() -> list[Path]:
    """What unfinished fetches have left."""
    return sorted(catalogue.folder().glob(".*"))
