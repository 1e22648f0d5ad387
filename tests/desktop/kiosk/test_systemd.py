"""systemd hears what it asked for, at whatever address, and nobody waits for it."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from desktop.kiosk.systemd import ADDRESS, ALIVE, READY, notify

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there is no systemd here")


def test_it_comes_as_a_datagram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, str(tmp_path / "notify"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(10)
        notify(READY)
        notify(ALIVE)
        assert (systemd.recv(100), systemd.recv(100)) == (b"READY=1", b"WATCHDOG=1")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names without a file")
def test_an_abstract_name_begins_with_an_at_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("")  # Linux chooses an abstract name
        systemd.settimeout(10)
        monkeypatch.setenv(ADDRESS, f"@{systemd.getsockname()[1:].decode()}")
        notify(READY)
        assert systemd.recv(100) == b"READY=1"


def test_one_that_does_not_listen_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, str(tmp_path / "notify"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        for _ in range(2000):
            notify(ALIVE)
    notify(ALIVE)


@pytest.mark.parametrize("address", ["", "vsock:2:1234", "/nowhere/at/all", "/" + "long" * 100])
def test_without_one_nothing_happens(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(ADDRESS, address)
    notify(READY)
    monkeypatch.delenv(ADDRESS)
    notify(READY)
