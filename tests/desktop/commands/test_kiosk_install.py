"""`fusiform kiosk install`: shown first, written once, taken back, and nothing of anybody else's touched."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.kiosk.autostart.systems import SYSTEMS, this_system
from desktop.kiosk.kiosk_file import SHIPPED
from tests.desktop.commands.conftest import Run

KIOSK = """\
language = "en"

[[stations]]
title = "Faces"
sentence = "Tilt your head."
scene = "face-to-face"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("FUSIFORM_HOME", str(home / "fusiform"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    script = tmp_path / "scripts" / "fusiform"
    script.parent.mkdir()
    script.touch()
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(script.parent))
    return home


@pytest.fixture
def kiosk(tmp_path: Path) -> Path:
    path = tmp_path / "two words & 展示 100%.toml"
    path.write_text(KIOSK, encoding="utf-8")
    return path


PLACES = {
    "linux": (
        ".config/systemd/user/fusiform-kiosk.service",
        ".config/systemd/user/graphical-session.target.wants/fusiform-kiosk.service",
    ),
    "windows": ("fusiform/kiosk-task.xml",),
    "macos": ("Library/LaunchAgents/fusiform.kiosk.plist",),
}


def files(home: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_writes_once_and_takes_back_all_of_it(system: str, run: Run, home: Path, kiosk: Path) -> None:
    ended = run("kiosk", "install", kiosk, "--system", system, "--yes")
    assert ended.status == 0
    for place in PLACES[system]:
        assert os.fspath(home / place) in ended.out
    written = files(home)
    assert set(written) == set(PLACES[system])

    again = run("kiosk", "install", kiosk, "--system", system)
    assert again.status == 0
    assert "in its place already" in again.out
    assert files(home) == written

    taken = run("kiosk", "install", "--remove", "--system", system, "--yes")
    assert taken.status == 0
    assert files(home) == {}
    assert not list(home.rglob("*.wants"))
    nothing = run("kiosk", "install", kiosk, "--remove", "--system", system)
    assert nothing.status == 0
    assert "nothing to remove" in nothing.out


def test_the_unit_is_found_where_enabling_would_have_put_it(run: Run, home: Path, kiosk: Path) -> None:
    run("kiosk", "install", kiosk, "--system", "linux", "--yes")
    unit, link = (home / place for place in PLACES["linux"])
    assert link.is_symlink()
    assert link.resolve() == unit.resolve()
    assert str(kiosk).replace("%", "%%") in unit.read_text(encoding="utf-8")


def test_a_shipped_kiosk_is_installed_by_its_name(run: Run, home: Path) -> None:
    assert run("kiosk", "install", "faces", "--system", "linux", "--yes").status == 0
    unit = (home / PLACES["linux"][0]).read_text(encoding="utf-8")
    assert f'"{SHIPPED / "faces.toml"}"' in unit


@pytest.mark.parametrize("words", ["", "n\n", "\n"])
def test_without_a_yes_nothing_is_written(
    words: str, run: Run, home: Path, kiosk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, words)
    ended = run("kiosk", "install", kiosk, "--system", "linux")
    assert ended.status == 1
    assert "Nothing was changed" in ended.err
    assert "ExecStart=" in ended.out
    assert files(home) == {}


def test_a_yes_at_the_question_is_enough(
    run: Run, home: Path, kiosk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "y\n")
    assert run("kiosk", "install", kiosk).status == 0
    assert set(files(home)) == set(PLACES[this_system()])
    answer(monkeypatch, "n\n")
    assert run("kiosk", "install", "--remove").status == 1
    assert set(files(home)) == set(PLACES[this_system()])


@pytest.mark.parametrize("system", SYSTEMS)
def test_another_kiosk_takes_the_place_of_the_first(
    system: str, run: Run, home: Path, kiosk: Path, tmp_path: Path
) -> None:
    run("kiosk", "install", kiosk, "--system", system, "--yes")
    before = files(home)
    other = tmp_path / "other.toml"
    other.write_text(KIOSK)
    assert run("kiosk", "install", other, "--system", system, "--yes").status == 0
    assert set(files(home)) == set(before)
    assert files(home) != before
    assert run("kiosk", "install", "--remove", "--system", system, "--yes").status == 0
    assert files(home) == {}


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_a_person_has_changed_stays_and_is_named(system: str, run: Run, home: Path, kiosk: Path) -> None:
    run("kiosk", "install", kiosk, "--system", system, "--yes")
    path = home / PLACES[system][0]
    encoding = "utf-16" if system == "windows" else "utf-8"
    changed = (
        path.read_bytes().decode(encoding).replace("Fusiform as", "Our").replace("Interactive", "Standard")
    )
    path.write_bytes(changed.encode(encoding))

    ended = run("kiosk", "install", kiosk, "--system", system, "--yes")
    assert ended.status == 1
    assert str(path) in ended.err

    ended = run("kiosk", "install", "--remove", "--system", system, "--yes")
    assert ended.status == 1
    assert str(path) in ended.err
    assert set(files(home)) == {PLACES[system][0]}
    assert path.read_bytes().decode(encoding) == changed


def test_a_file_of_somebody_else_is_not_written_over(run: Run, home: Path, kiosk: Path) -> None:
    unit, link = (home / place for place in PLACES["linux"])
    link.parent.mkdir(parents=True)
    link.symlink_to("/dev/null")
    assert run("kiosk", "install", kiosk, "--system", "linux", "--yes").status == 1
    assert not unit.exists()
    assert os.readlink(link) == "/dev/null"


def test_a_kiosk_that_cannot_be_read_is_refused_with_its_line(run: Run, home: Path, kiosk: Path) -> None:
    kiosk.write_text(KIOSK.replace('"en"', '"fr"'), encoding="utf-8")
    ended = run("kiosk", "install", kiosk, "--yes")
    assert ended.status == 1
    assert "line 1" in ended.err
    assert "\n" not in ended.err.strip()
    assert ended.out == ""
    missing = run("kiosk", "install", kiosk.with_name("none.toml"), "--yes")
    assert missing.status == 1
    assert "none.toml" in missing.err
    assert files(home) == {}


def test_wrong_use(run: Run) -> None:
    assert run("kiosk", "install").status == 2
    assert run("kiosk", "install", "--system", "amiga", "x.toml").status == 2


def test_a_place_that_cannot_be_written_is_told(run: Run, home: Path, kiosk: Path) -> None:
    (home / ".config").write_text("no folder")
    ended = run("kiosk", "install", kiosk, "--system", "linux", "--yes")
    assert ended.status == 1
    assert "cannot be written" in ended.err
    assert set(files(home)) == {".config"}


def test_it_speaks_japanese(run: Run, kiosk: Path) -> None:
    ended = run("kiosk", "install", kiosk, "--system", "linux", "--yes", "--lang", "ja")
    assert "書き込みました" in ended.out
    assert "PIN" in ended.err
