"""The real program in a process of its own: exit statuses, clean streams, endings without a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.commands.conftest import write_picture, write_video

PATIENCE = 60
BUG = "import desktop.commands.choice as c; c.find = lambda name: 1 / 0"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An ASCII locale, and folders of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path)}


def program(
    environment: dict[str, str], *words: object, before: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The program, in the same way as the console script starts it, after some lines of Python."""
    start = (
        f"import sys; {before}\nfrom desktop.main import main\nif __name__ == '__main__': sys.exit(main())"
    )
    line = [sys.executable, "-c", start, *map(str, words)]
    return subprocess.run(line, env=environment, capture_output=True, timeout=PATIENCE, check=False)


def test_pipelines_in_utf8_without_qt_torch_or_onnxruntime(environment: dict[str, str]) -> None:
    tell = (
        "import atexit; heavy = {'PySide6', 'torch', 'onnxruntime', 'av'}; "
        "atexit.register(lambda: sys.stderr.write(' '.join(heavy & set(sys.modules))))"
    )
    ended = program(environment, "pipelines", "--json", before=tell)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert any("ー" in each["title"]["ja"] for each in json.loads(ended.stdout.decode("utf-8")))


def test_python_m_desktop_is_the_program(environment: dict[str, str]) -> None:
    line = [sys.executable, "-m", "desktop", "--version"]
    ended = subprocess.run(line, env=environment, capture_output=True, timeout=PATIENCE, check=True)
    assert ended.stdout.startswith(b"fusiform ")


def test_devices_prints_json_and_nothing_else(environment: dict[str, str]) -> None:
    ended = program(environment, "devices", "--json")
    assert (ended.returncode, ended.stderr) == (0, b"")
    devices = json.loads(ended.stdout)
    assert list(devices) == ["cameras", "compute"]
    assert {"torch", "onnxruntime"} == {device["runtime"] for device in devices["compute"]}
    assert all(device["usable"] is (device["reason"] is None) for device in devices["compute"])


@pytest.mark.parametrize(
    ("words", "status"), [(["detect", "haar-faces", "nowhere.png"], 1), (["detect", "nothing", "a.png"], 2)]
)
def test_status_and_sentence(environment: dict[str, str], words: list[str], status: int) -> None:
    ended = program(environment, *words, "--lang", "ja", "--json")
    assert ended.returncode == status
    assert "ません" in ended.stderr.decode("utf-8")
    assert b"Traceback" not in ended.stderr


def test_a_name_that_is_no_unicode_comes_back_whole(environment: dict[str, str], tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.png")
    try:
        write_picture(Path(name))
    except (OSError, UnicodeError):
        pytest.skip("this file system takes Unicode names only")
    ended = program(environment, "detect", "haar-faces", name, "--json")
    assert json.loads(ended.stdout.decode("utf-8"))["file"] == name


def test_a_bug_is_a_sentence_and_its_traceback_is_in_the_log(
    environment: dict[str, str], tmp_path: Path
) -> None:
    ended = program(environment, "pipelines", "dog", before=BUG)
    assert (ended.returncode, ended.stdout) == (1, b"")
    (sentence,) = ended.stderr.decode().splitlines()
    (log,) = tmp_path.rglob("fusiform.log")
    assert "ZeroDivisionError" in sentence
    assert str(log) in sentence
    assert "Traceback" in log.read_text("utf-8")


def test_the_traceback_is_shown_to_who_debugs(environment: dict[str, str]) -> None:
    ended = program(environment | {"FUSIFORM_DEBUG": "1"}, "pipelines", "dog", before=BUG)
    assert ended.returncode == 1
    assert b"Traceback" in ended.stderr


def heed_ctrl_c() -> None:
    """A program started in the background of a shell is told to ignore Ctrl-C, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("ending", ["ctrl-c", "closed pipe"])
def test_ends_quietly(environment: dict[str, str], tmp_path: Path, ending: str) -> None:
    film = write_video(tmp_path / "film.mp4", [i / 25 for i in range(3000)])
    line = [
        sys.executable,
        "-m",
        "desktop",
        "detect",
        "haar-faces",
        str(film),
        "--json",
        "--out",
        str(tmp_path / "o"),
    ]
    with subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_ctrl_c
    ) as running:
        assert running.stdout
        assert running.stdout.readline().startswith(b"{")
        if ending == "ctrl-c":
            running.send_signal(signal.SIGINT)
        else:
            running.stdout.close()
            running.stdout = None  # `communicate` is not to read it
        try:
            _nothing, error = running.communicate(timeout=PATIENCE)
        finally:
            running.kill()
        status = running.returncode
    assert status == (130 if ending == "ctrl-c" else 1)
    assert error.strip() == b""
    assert not list((tmp_path / "o").iterdir()), "nothing half written is left"
