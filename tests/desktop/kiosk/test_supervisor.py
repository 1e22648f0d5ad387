"""The exhibit runs on: whatever its window does, it is ended with all it has started, and started anew."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from desktop.kiosk import supervisor as module
from desktop.kiosk.kiosk import Keep
from desktop.kiosk.restarts import FAILURES, SILENCE
from desktop.kiosk.supervisor import Supervisor
from desktop.kiosk.window_process import WindowProcess
from tests.desktop.kiosk.exhibit import LIMIT, Exhibit, is_alive, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the windows of these tests are ended by signals")


@pytest.fixture
def exhibit(tmp_path: Path) -> Exhibit:
    return Exhibit(tmp_path)


def reasons(supervisor: Supervisor) -> list[str]:
    return [one.reason for one in supervisor.condition.report().newest_restarts]


def lives(supervisor: Supervisor) -> bool:
    return supervisor.condition.report().healthy


def _has_restarted(supervisor: Supervisor, times: int) -> bool:
    return supervisor.condition.report().restarts == times


def only_window(exhibit: Exhibit) -> int:
    [window] = exhibit.windows()
    return int(window.pid)


def test_a_window_that_is_well_is_left_alone_and_ends_with_the_supervisor(exhibit: Exhibit) -> None:
    with exhibit.run("live") as supervisor:
        until(lambda: lives(supervisor))
        window = only_window(exhibit)
    assert not is_alive(window)
    assert supervisor.condition.report().restarts == 0
    assert exhibit.plain == [False]


def test_after_sigkill_it_is_there_again(exhibit: Exhibit) -> None:
    with exhibit.run("talk") as supervisor:
        until(lambda: lives(supervisor))
        os.kill(only_window(exhibit), signal.SIGKILL)
        until(lambda: supervisor.condition.report().restarts == 1)
        assert reasons(supervisor) == ["ended by SIGKILL"]
        until(lambda: lives(supervisor))


def test_a_crash_is_told_with_its_last_words(exhibit: Exhibit) -> None:
    with exhibit.run("crash", "live") as supervisor:
        until(lambda: lives(supervisor) and supervisor.condition.report().restarts)
        assert reasons(supervisor) == ["ended with status 1: There is no screen."]


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("hang", f"no sign of life for {SILENCE:.0f} s"),
        ("mute", "no sign of life for 30 s"),
        ("stuck lane", "canny hangs"),
    ],
)
def test_what_hangs_is_ended_and_started_anew(exhibit: Exhibit, what: str, reason: str) -> None:
    with exhibit.run(what, "live") as supervisor:
        until(lambda: lives(supervisor) and supervisor.condition.report().restarts)
        assert reasons(supervisor) == [reason]


def test_a_window_that_takes_too_much_memory_is_started_anew(exhibit: Exhibit) -> None:
    with exhibit.run("grow", "live", keep=Keep(restart=None, memory=100)) as supervisor:
        until(lambda: lives(supervisor) and supervisor.condition.report().restarts)
        [reason] = reasons(supervisor)
        assert reason.startswith("memory: ")
        until(lambda: 0 < supervisor.condition.report().megabytes < 100)


def test_one_that_does_not_hear_the_end_is_killed(exhibit: Exhibit) -> None:
    with exhibit.run("deaf") as supervisor:
        until(lambda: lives(supervisor))
        window = only_window(exhibit)
    assert not is_alive(window)


def test_a_leak_in_one_that_does_not_hear_is_killed_too(exhibit: Exhibit) -> None:
    with exhibit.run("deaf", "live", keep=Keep(restart=None, memory=1)) as supervisor:
        until(lambda: supervisor.condition.report().restarts)
        assert reasons(supervisor)[0].startswith("memory: ")


def test_garbage_is_no_beat_and_no_harm(exhibit: Exhibit) -> None:
    with exhibit.run("garbage") as supervisor:
        until(lambda: supervisor.condition.report().station == 3)
        assert supervisor.condition.report().restarts == 0


def test_a_flood_of_beats_costs_no_memory(exhibit: Exhibit) -> None:
    process = psutil.Process()
    with exhibit.run("flood") as supervisor:
        until(lambda: supervisor.condition.report().mode == "used")
        before = process.memory_info().rss
        heard = time.monotonic() + 1
        until(lambda: time.monotonic() > heard)
        assert process.memory_info().rss - before < 5_000_000


@pytest.mark.parametrize("what", ["parent", "orphans"])
def test_the_whole_family_ends(exhibit: Exhibit, what: str) -> None:
    with exhibit.run(what, "live") as supervisor:
        if what == "parent":
            until(lambda: len(exhibit.children()) == 2 and supervisor.condition.report().station == 2)
            weighed = supervisor.condition.report().megabytes
            until(lambda: supervisor.condition.report().megabytes not in (0, weighed))
            os.kill(only_window(exhibit), signal.SIGKILL)
        until(lambda: supervisor.condition.report().restarts and lives(supervisor))
        until(lambda: not any(map(is_alive, exhibit.children())))
    assert exhibit.children()


def test_after_many_restarts_there_are_as_many_threads_and_handles_as_before(exhibit: Exhibit) -> None:
    process = psutil.Process()
    before = process.num_fds(), threading.active_count()
    with exhibit.run("live") as supervisor:
        until(lambda: lives(supervisor))
        running = process.num_fds(), threading.active_count()
        for number in range(1, 4):
            os.kill(only_window(exhibit), signal.SIGKILL)
            until(partial(_has_restarted, supervisor, number))
            until(lambda: lives(supervisor))
        assert (process.num_fds(), threading.active_count()) == running
    assert (process.num_fds(), threading.active_count()) == before


def test_too_many_failures_show_the_plain_station(exhibit: Exhibit) -> None:
    with exhibit.run(*["crash"] * FAILURES, "live") as supervisor:
        until(lambda: len(exhibit.plain) == FAILURES + 1)
        until(lambda: supervisor.condition.report().plain)
    assert exhibit.plain == [False] * FAILURES + [True]


def test_when_the_staff_leaves_the_supervisor_ends_too(exhibit: Exhibit) -> None:
    with exhibit.run("leave") as supervisor:
        until(lambda: not any(thread.name == "supervisor" for thread in threading.enumerate()))
        assert supervisor.condition.report().restarts == 0


def test_a_window_that_cannot_be_started_is_a_failure_like_another(
    exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = []

    def refuse(command: list[str]) -> WindowProcess:
        starts.append(command)
        if len(starts) == 1:
            raise OSError(12, "Cannot allocate memory")
        return WindowProcess(command)

    monkeypatch.setattr(module, "WindowProcess", refuse)
    with exhibit.run("live") as supervisor:
        until(lambda: lives(supervisor))
        assert reasons(supervisor) == ["not started: Cannot allocate memory"]


def test_a_command_that_does_not_exist_leaves_no_handle(tmp_path: Path) -> None:
    before = psutil.Process().num_fds()
    with pytest.raises(FileNotFoundError):
        WindowProcess([str(tmp_path / "nothing")])
    assert psutil.Process().num_fds() == before


def test_a_look_that_fails_costs_nothing_but_itself(
    exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("a sensor")

    with monkeypatch.context() as broken, exhibit.run("live") as supervisor:
        broken.setattr(module, "temperature", fail)
        until(lambda: "a sensor" in caplog.text)
        until(lambda: lives(supervisor))


def test_a_health_port_that_is_taken_is_told_once_and_opened_when_it_is_free(exhibit: Exhibit) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with exhibit.run("live", port=port) as supervisor:
            until(lambda: exhibit.told and lives(supervisor))
            other.close()
            until(lambda: _opens(port))
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=LIMIT) as answer:
                assert answer.status == 200
    assert len(exhibit.told) == 1
    assert not _opens(port)


def _opens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=LIMIT).close()
    except ConnectionRefusedError:
        return False
    return True


COMMAND = """
import sys
from desktop.kiosk import supervisor
from desktop.commands.group import fusiform
supervisor.command_of = lambda *_, **__: {command!r}
sys.exit(fusiform.main(["kiosk", {file!r}], standalone_mode=False))
"""
FILE = """
[[stations]]
title = "One"
sentence = "Look"
scene = "plain.toml"

[health]
port = 0
"""


@pytest.mark.parametrize(
    ("what", "number"), [("live", signal.SIGTERM), ("live", signal.SIGINT), ("deaf", signal.SIGTERM)]
)
def test_a_signal_ends_both_in_time_and_systemd_hears_of_it(
    exhibit: Exhibit, tmp_path: Path, what: str, number: signal.Signals
) -> None:
    (tmp_path / "kiosk.toml").write_text(FILE, "utf-8")
    code = COMMAND.format(command=exhibit.command(what), file=str(tmp_path / "kiosk.toml"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(LIMIT)
        environment = {
            **os.environ,
            "HOME": str(tmp_path),
            "XDG_STATE_HOME": str(tmp_path),
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
        }
        with subprocess.Popen([sys.executable, "-c", code], env=environment) as process:
            assert systemd.recv(100) == b"READY=1"
            assert systemd.recv(100) == b"WATCHDOG=1"
            until(lambda: psutil.Process(process.pid).children())
            [window] = psutil.Process(process.pid).children()
            assert "NOTIFY_SOCKET" not in window.environ()
            process.send_signal(number)
            assert systemd.recv(100) == b"STOPPING=1"
            assert process.wait(15) == 128 + number
    until(lambda: not is_alive(window.pid))


def test_nothing_that_is_large_is_imported_to_supervise() -> None:
    code = (
        "import sys, desktop.kiosk.supervisor; print(*{'PySide6', 'cv2', 'numpy', 'av'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60).stdout
        == b"\n"
    )
