"""What starts the exhibit with the machine, read back as the three systems read it, with hostile paths."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop.kiosk.autostart import linux, macos, windows
from desktop.kiosk.autostart.program import Program, this_program
from models.errors import FusiformError

HOSTILE = [
    "plain",
    "two  words",
    "100%",
    "%h and %% and %n",
    "$HOME ${HOME} $$",
    "a&b<c>d",
    'it\'s "quoted" \\ back',
    "顔と顔　展示",
    "{command} {seal} {user}",
    "; | * ? # ~ = :@-+!",
    "sha256:" + 64 * "0",
]
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def command(name: str) -> list[str]:
    return [f"/opt/{name}/fusiform", "kiosk", f"/srv/{name}/face to face.toml"]


def words_of(line: str) -> list[str]:
    """A line of `ExecStart` taken apart after systemd.syntax(7) and systemd.unit(5)."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"(?: |$)', line)
    assert " ".join(f'"{word}"' for word in words) == line
    plain = [re.sub(r"\\(.)", r"\1", word) for word in words]
    assert not any(re.search(r"(?<!%)(?:%%)*%(?!%)", word) for word in plain)
    first, *others = [word.replace("%%", "%") for word in plain]
    assert first.startswith(":"), "without it systemd would replace $"
    return [first[1:], *others]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_unit_starts_exactly_this_command(name: str) -> None:
    words = words_of(linux.line(command(name)))
    if words[0] == "/bin/sh":
        words = _run_by_a_shell(words)
    assert words == command(name)


def _run_by_a_shell(words: list[str]) -> list[str]:
    """What a program is started with by these words."""
    told = "import sys; print(*sys.argv[1:], sep='\\n')"
    first, dash_c, script, program, *others = words
    ended = subprocess.run(
        [first, dash_c, script, sys.executable, "-c", told, program, *others],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return ended.stdout.split("\n")[:-1]


@pytest.mark.parametrize("name", HOSTILE)
def test_systemd_itself_finds_nothing_wrong_with_a_unit(name: str, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    program = tmp_path / name.replace("/", "-") / "fusiform"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "fusiform-kiosk.service"
    unit.write_text(linux.TEXT.format(seal="", command=linux.line([str(program), "kiosk", command(name)[2]])))
    run = tmp_path / "run"
    run.mkdir(0o700)
    ended = subprocess.run(
        [analyze, "--user", "verify", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "XDG_RUNTIME_DIR": str(run)},
    )
    if "Failed to initialize manager" in ended.stderr:
        pytest.skip("systemd-analyze does not run here")
    assert ended.stderr == ""
    assert ended.returncode == 0


def test_a_unit_waits_for_the_screen_and_never_gives_up() -> None:
    unit = linux.TEXT
    for line in (
        "After=graphical-session.target",
        "PartOf=graphical-session.target",
        "StartLimitIntervalSec=0",
        "Type=notify",
        "Restart=always",
        "RestartPreventExitStatus=0",
        "WatchdogSec=30",
    ):
        assert f"\n{line}\n" in unit


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("%h and %% and %n",)])
def test_a_task_starts_exactly_this_command(name: str) -> None:
    task = read_task(windows.task(command(name), "MUSEUM\\<guide>"))
    assert task.findtext(f".//{TASK}Command") == command(name)[0]
    arguments = task.findtext(f".//{TASK}Arguments")
    assert arguments is not None
    assert split_as_windows_does(arguments) == command(name)[1:]
    assert task.findtext(f".//{TASK}LogonTrigger/{TASK}UserId") == "MUSEUM\\<guide>"


def test_a_task_runs_without_end_for_whoever_logs_on() -> None:
    task = read_task(windows.task(command("plain"), "guide"))
    for path, value in (
        ("Settings/ExecutionTimeLimit", "PT0S"),
        ("Settings/MultipleInstancesPolicy", "IgnoreNew"),
        ("Settings/StopIfGoingOnBatteries", "false"),
        ("Settings/RestartOnFailure/Interval", "PT1M"),
        ("Triggers/LogonTrigger/Repetition/Interval", "PT1M"),
        ("Principals/Principal/LogonType", "InteractiveToken"),
        ("Principals/Principal/RunLevel", "LeastPrivilege"),
    ):
        assert task.findtext("/".join(TASK + part for part in path.split("/"))) == value


@pytest.mark.parametrize("name", ["%TEMP%", "$(Arg0)"])
def test_a_path_that_windows_would_replace_is_refused(name: str) -> None:
    with pytest.raises(FusiformError, match=re.escape(name)):
        windows.task(command(name), "guide")


@pytest.mark.parametrize("name", HOSTILE)
def test_an_agent_starts_exactly_this_command(name: str) -> None:
    agent = plistlib.loads(macos.agent(command(name), f"/tmp/{name}.log").encode())
    assert agent["ProgramArguments"] == command(name)
    assert agent["StandardErrorPath"] == agent["StandardOutPath"] == f"/tmp/{name}.log"
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["ProcessType"] == "Interactive"


@pytest.mark.parametrize("name", ["two\nlines", "tab\t", "\udcff", "\x7f"])
def test_a_name_that_no_file_can_hold_is_refused(name: str) -> None:
    with pytest.raises(FusiformError, match="unprintable") as refused:
        Program("/opt/fusiform").command(Path("/srv", name))
    refused.value.text.ja.encode()


def test_a_command_is_absolute_wherever_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = Program("/opt/python", ("-m", "desktop")).command(Path("x.toml"))
    assert words == ["/opt/python", "-m", "desktop", "kiosk", str(tmp_path / "x.toml")]


def test_the_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/fusiform/fusiform")
    assert this_program() == Program("/opt/fusiform/fusiform")


def test_an_environment_without_the_script_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path))
    with pytest.raises(FusiformError, match="missing"):
        this_program()
    (tmp_path / "fusiform").touch()
    assert this_program() == Program(str(tmp_path / "fusiform"))


def read_task(text: str) -> ElementTree.Element:
    """From the bytes, so that the declared encoding counts."""
    return ElementTree.fromstring(text.encode("utf-16"))


def split_as_windows_does(line: str) -> list[str]:
    """After Microsoft's page "Parsing C command-line arguments"."""
    words, word, quoted, at = [], "", False, 0
    begun = False
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        sign = line[at : at + 1]
        if sign == '"':
            word += "\\" * (slashes // 2)
            begun = True
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
        else:
            word += "\\" * slashes
            begun = begun or bool(slashes)
            if sign in (" ", "\t") and not quoted:
                words += [word] if begun else []
                word, begun = "", False
            elif sign:
                word, begun = word + sign, True
        at += 1
    return [*words, word] if begun else words
