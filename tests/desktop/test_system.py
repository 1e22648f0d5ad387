"""The look at the system that comes before Qt: libraries, screen, Japanese font."""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop import system

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves its libraries to the user")
SCRIPT = Path(system.__file__)
LOAD = ctypes.CDLL


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Libraries put into this set cannot be loaded."""
    gone: set[str] = set()

    def load(name: str, *arguments: Any) -> ctypes.CDLL:
        if name in gone:
            raise OSError(name)
        return LOAD(name, *arguments)

    monkeypatch.setattr(ctypes, "CDLL", load)
    return gone


@pytest.fixture
def x_server() -> Iterator[str]:
    """A real X screen; its name for `DISPLAY`."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb (Debian package xvfb) is not installed")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-nolisten", "tcp"], pass_fds=[writer], stderr=subprocess.DEVNULL
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        assert select.select([answer], [], [], 20)[0], "Xvfb named no screen within 20 seconds"
        display = f":{answer.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait(10)


def test_a_missing_library_is_named_with_its_package(without: set[str]) -> None:
    without |= {"libEGL.so.1", "libxcb-cursor.so.0"}
    missing = system.missing_libraries()
    assert ("libEGL.so.1", "libegl1") in missing
    assert ("libxcb-cursor.so.0", "libxcb-cursor0") in missing


def test_libraries_of_an_x_screen_are_not_asked_for_offscreen(
    without: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    without |= {"libEGL.so.1", "libxcb-cursor.so.0"}
    missing = dict(system.missing_libraries())
    assert "libEGL.so.1" in missing
    assert "libxcb-cursor.so.0" not in missing


@pytest.mark.parametrize("name", [*system.QT, *system.X11])
def test_every_library_of_the_table_is_one_that_qt_loads(name: str) -> None:
    """A name too many would stop a program that could run."""
    qt = Path(next(iter(pytest.importorskip("PySide6").__path__)), "Qt")
    if not qt.is_dir():
        pytest.skip("this PySide6 does not bring its own Qt")
    loaded_by = [*qt.glob("lib/libQt6[CDGWX]*.so.6"), qt / "plugins/platforms/libqxcb.so"]
    assert any(name.encode() in path.read_bytes() for path in loaded_by)


def test_the_sentence_names_libraries_and_command_in_both_languages() -> None:
    text = system.complaint([("libEGL.so.1", "libegl1"), ("libGL.so.1", "libgl1"), ("libX.so", "libgl1")])
    for words in text:
        assert "libEGL.so.1" in words
        assert "apt-get install libegl1 libgl1" in words
    assert text.en != text.ja


def test_no_screen_at_all() -> None:
    assert not system.display_available()


def test_a_screen_that_is_only_named_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":65000")
    assert not system.display_available()


def test_a_real_x_screen_counts(x_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", x_server)
    assert system.display_available()


def test_an_explicit_platform_without_a_screen_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert system.display_available()
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc:port=5900")
    assert system.display_available()


def test_asking_for_x_does_not_make_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would end the process all the same."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not system.display_available()


def test_a_wayland_screen_counts_while_it_listens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not system.display_available()
    with socket.socket(socket.AF_UNIX) as screen:
        screen.bind(str(tmp_path / "wayland-7"))
        screen.listen()
        assert system.display_available()


def test_a_screen_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(system, "PATIENCE", 0.01)
    monkeypatch.setattr(system, "_x_answers", lambda: released.wait(10))
    monkeypatch.setenv("DISPLAY", "far-away:0")
    assert not system.display_available()
    released.set()


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="fc-list (package fontconfig) is not installed")
def test_the_japanese_font_is_missing_exactly_where_fc_list_finds_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> tuple[bool, bool]:
        """By a fresh process each: fontconfig reads its settings once."""
        packages = subprocess.run(
            [sys.executable, SCRIPT, "--missing"], capture_output=True, text=True, timeout=60, check=True
        )
        listed = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, timeout=60, check=True)
        return system.JAPANESE_FONT in packages.stdout, not listed.stdout.strip()

    ours, theirs = missing()
    assert ours == theirs
    no_fonts = tmp_path / "fonts.conf"
    no_fonts.write_text("<fontconfig/>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(no_fonts))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert missing() == (True, True)


def test_without_fontconfig_the_font_counts_as_missing(without: set[str]) -> None:
    without.add("libfontconfig.so.1")
    assert system.japanese_font_missing()
    assert {"libfontconfig1", "fonts-noto-cjk"} <= set(system.missing_packages())


def test_packages_for_tests_are_named_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    assert "xvfb" not in system.missing_packages()
    assert {"xvfb", "xdotool"} <= set(system.missing_packages(for_tests=True))


def test_packages_for_the_build_are_named_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    assert "binutils" not in system.missing_packages(for_tests=True)
    assert "binutils" in system.missing_packages(for_build=True)


def test_debian_has_the_library_of_python_in_a_package_of_its_own(
    without: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = f"libpython{sys.version_info.major}.{sys.version_info.minor}"
    monkeypatch.setattr(sysconfig, "get_config_var", {"Py_ENABLE_SHARED": 1, "INSTSONAME": "libpy.so"}.get)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    without.add("libpy.so")
    assert named in system.missing_packages(for_build=True)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libpy.so").touch()
    assert named not in system.missing_packages(for_build=True)


def test_it_runs_before_anything_is_installed(tmp_path: Path) -> None:
    """`-I -S` leaves Python its standard library alone, as on a fresh machine."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, "--missing"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.split() == system.missing_packages()
