"""The packed program as an exhibit: its supervisor starts it once more as the window."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.desktop.kiosk.exhibit import until
from tests.packed.conftest import PATIENCE, Program

pytestmark = pytest.mark.timeout(PATIENCE * 5)
KIOSK = """\
source = "demo:"
health = {{ port = {port} }}
counts = "."
[[stations]]
title = "Tilt"
sentence = "Tilt your head."
scene = "face-to-face"
picture = "tilt.svg"
"""


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def exhibit(program: Program, port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    file = tmp_path / "展示.toml"
    file.write_text(KIOSK.format(port=port), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([str(program.path), "kiosk", str(file)], env=environment) as started:
        yield started
        started.terminate()
        started.wait(PATIENCE)


def health(port: int) -> Any:
    """Nothing before it is told."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return json.load(answer)
    except HTTPError as ill:
        return json.load(ill)
    except OSError:
        return {"healthy": False}


@pytest.mark.parametrize("name", ["edges", "faces", "network"])
def test_the_shipped_kiosks_are_in_order(program: Program, name: str) -> None:
    ended = program.run("--lang", "en", "kiosk", "check", name)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"{name}.toml is in order.")


def test_an_exhibit_is_well(exhibit: subprocess.Popen[bytes], port: int) -> None:
    until(lambda: health(port)["healthy"])
    told = health(port)
    assert (told["mode"], told["source"], told["live"]) == ("wandering", "demo:", True)
    assert [lane["pipeline"] for lane in told["lanes"]] == ["haar-faces", "cnn-faces"]
    assert exhibit.poll() is None
