"""`fusiform kiosk`: help, the check of a file, the PIN, and what comes before an exhibit runs."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from desktop.commands.kiosk import command
from desktop.kiosk import supervisor
from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.kiosk_file import SHIPPED
from desktop.kiosk.pin import PinLock, is_hash
from models.text import Text
from tests.desktop.commands.conftest import Run

STATION = '[[stations]]\ntitle = "A"\nsentence = "B"\nscene = "plain"\n'
BROKEN = STATION.replace("plain", "nope")
CHECKOUT = Path(supervisor.__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "展示 1.toml"
    file.write_text(STATION)
    return file


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Kiosk]:
    """The exhibits that were run; each ends at once."""
    kiosks: list[Kiosk] = []

    class Ended:
        def __init__(self, kiosk: Kiosk, *, tell: Callable[[Text], object]) -> None:
            kiosks.append(kiosk)

        def run(self) -> None:
            pass

    monkeypatch.setattr(supervisor, "Supervisor", Ended)
    monkeypatch.setattr("signal.signal", lambda _number, _handler: None)
    return kiosks


# --- help


@pytest.mark.parametrize("words", [("kiosk",), ("kiosk", "--lang", "en"), ("kiosk", "--help")])
def test_alone_it_shows_its_help(run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words)
    assert (ended.status, ended.err) == (0, "")
    assert "FILE | COMMAND" in ended.out
    assert all(name in ended.out for name in ("check", "pin", "run"))


def test_alone_in_japanese(run: Run) -> None:
    for words in (("kiosk", "--lang", "ja"), ("--lang", "ja", "kiosk")):
        ended = run(*words)
        assert (ended.status, ended.err) == (0, "")
        assert "見守る人がいなくても" in ended.out


@pytest.mark.parametrize("name", ["run", "check", "pin", "soak"])
def test_every_command_of_it_has_help_in_both_languages(run: Run, name: str) -> None:
    part = command.get_command(click.Context(command), name)
    assert part
    assert all(getattr(param, "help", None) for param in part.params)
    english, japanese = run("kiosk", name, "--help"), run("--lang", "ja", "kiosk", name, "--help")
    assert (english.status, japanese.status) == (0, 0)
    assert "。" in japanese.out
    assert "。" not in english.out
    assert not any(line in japanese.out for line in english.out.splitlines() if len(line.split()) > 4)


def test_the_help_names_the_kiosks_that_come_with_it(run: Run) -> None:
    for spoken in ("en", "ja"):
        told = run("--lang", spoken, "kiosk", "check", "--help").out
        assert all(path.stem in told for path in SHIPPED.glob("*.toml"))


# --- check


def test_a_file_in_order(run: Run, file: Path) -> None:
    assert run("kiosk", "check", file) == (0, f"{file.name} is in order. Stations: 1\n", "")
    assert (
        run("kiosk", "check", file, "--lang", "ja").out
        == f"{file.name} に問題はありません。ステーション数：1\n"
    )


def test_a_shipped_kiosk_is_checked_by_its_name(run: Run) -> None:
    assert run("kiosk", "check", "faces").out == "faces.toml is in order. Stations: 6\n"


def test_warnings_go_beside_what_is_printed(run: Run, file: Path) -> None:
    file.write_text(f'colour = "red"\n{STATION}')
    ended = run("kiosk", "check", file)
    assert ended.status == 0
    assert ended.err == f"{file.name}, line 1: 'colour' is not known here; it is kept.\n"
    assert ended.out.startswith(f"{file.name} is in order.")


def test_a_broken_file_is_one_sentence_with_its_line(run: Run, file: Path) -> None:
    file.write_text(BROKEN)
    ended = run("kiosk", "check", file)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"{file.name}, line 4: there is no scene “nope”")
    assert ended.err.count("\n") == 1
    assert run("kiosk", "check", file, "--lang", "ja").err.startswith(f"{file.name} の 4 行目：")


def test_a_broken_scene_is_told_with_its_own_name(run: Run, file: Path) -> None:
    (file.parent / "mine.toml").write_text("layout = 1\nlayout = 2\n")
    file.write_text(STATION.replace("plain", "mine"))
    ended = run("kiosk", "check", file)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "mine.toml, line 2: this is not valid TOML.\n"


def test_without_a_file_it_is_wrong_use(run: Run) -> None:
    assert run("kiosk", "check").status == 2


# --- pin


def test_the_pin_of_a_pipe_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("2468\nmore\n"))
    ended = run("kiosk", "pin")
    assert ended.status == 0
    name, _equals, written = ended.out.strip().partition(" = ")
    hash_ = written.strip('"')
    assert (name, is_hash(hash_)) == ("pin", True)
    assert PinLock(hash_, lambda: 0.0).opens("2468")
    assert "2468" not in ended.out + ended.err
    assert "top of the kiosk file" in ended.err


def test_what_it_prints_can_stand_in_a_kiosk_file(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("2468\n"))
    file.write_text(run("kiosk", "pin").out + STATION)
    assert run("kiosk", "check", file).status == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_who_types_is_asked_twice_in_their_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(["2468", "2469", "1357", "1357"])

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("click.termui.hidden_prompt_func", ask)
    ended = run("kiosk", "pin", "--lang", "ja")
    assert ended.status == 0
    assert len(ended.out.splitlines()) == 1
    assert PinLock(ended.out.split('"')[1], lambda: 0.0).opens("1357")
    assert "もう一度" in "".join(asked) + ended.err


@pytest.mark.parametrize("typed", ["", "123\n", "letters\n", "１２３４\n"])
def test_what_is_no_pin_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    ended = run("kiosk", "pin")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "A PIN has 4 to 12 digits from 0 to 9; choose such a one.\n"


# --- run


@pytest.mark.parametrize("words", [("kiosk",), ("kiosk", "run"), ("kiosk", "--lang", "ja")])
def test_a_file_alone_means_that_it_is_run(
    run: Run, ran: list[Kiosk], file: Path, words: tuple[str, ...]
) -> None:
    assert run(*words, file) == (0, "", "")
    assert [kiosk.path for kiosk in ran] == [file]


def test_a_shipped_kiosk_is_run_by_its_name(run: Run, ran: list[Kiosk]) -> None:
    assert run("kiosk", "faces").status == 0
    assert [kiosk.path for kiosk in ran] == [SHIPPED / "faces.toml"]


@pytest.mark.parametrize("words", [("kiosk", "check"), ("kiosk", "install"), ("run", "--kiosk")])
def test_a_name_that_is_none_is_one_sentence(run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words, "face")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("“face” is neither a file nor a kiosk that comes with the program; ")
    assert ended.err.endswith("those are: edges, faces, network.\n")


@pytest.mark.parametrize("text", [BROKEN, 'source = "camra:"\n' + STATION], ids=["scene", "source"])
def test_an_exhibit_that_cannot_be_played_is_not_run(
    run: Run, ran: list[Kiosk], file: Path, text: str
) -> None:
    file.write_text(text)
    assert run("kiosk", file).status == 1
    assert ran == []


def test_from_outside_a_broken_file_is_one_sentence(file: Path) -> None:
    file.write_text(BROKEN)
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", "--lang", "ja", "kiosk", str(file)],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    (sentence,) = ended.stderr.decode("utf-8").splitlines()
    assert sentence.startswith(f"{file.name} の 4 行目：")
    assert "nope" in sentence


def test_a_window_is_not_opened_on_a_broken_scene(run: Run, file: Path) -> None:
    (file.parent / "mine.toml").write_text('[[lanes]]\npipeline = "nope"\n')
    file.write_text(STATION.replace("plain", "mine"))
    ended = run("run", "--kiosk", file)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("mine.toml, line 2: ")
