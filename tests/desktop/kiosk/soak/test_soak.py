"""A short soak of the real window, from outside; and what the command says of any."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.kiosk.soak import soak
from desktop.kiosk.soak.life import Sample
from desktop.kiosk.soak.outcome import Outcome, Restarted, Trial, outcome
from desktop.kiosk.soak.schedule import Injection, Schedule
from tests.desktop.commands.conftest import Run, run

__all__ = ["run"]

ROOT = Path(__file__).parents[4]
SEED = 12
"""It begins with a kill, and a camera that is busy."""
FIRST = ["kill", "camera (busy)"]
LIMIT = 90.0
SCENE = '[[lanes]]\npipeline = "original"\n\n[[lanes]]\npipeline = "canny"\n'
KIOSK = """
source = "camera:"

[[stations]]
title = "Lines"
sentence = "Look"
scene = "lines.toml"

[hours]
closed = ["2026-01-01"]
opens = "03:00"
closes = "03:01"
"""


@pytest.mark.skipif(os.name == "nt", reason="reads how the window was ended")
def test_a_short_soak_of_the_real_window(tmp_path: Path) -> None:
    schedule = Schedule(14.4, SEED, fills_disks=True)
    assert [schedule.next(0.0).name for _ in FIRST] == FIRST
    (tmp_path / "lines.toml").write_text(SCENE)
    (tmp_path / "kiosk.toml").write_text(KIOSK)
    words = ["kiosk", "soak", "kiosk.toml", "--hours", "0.003", "--speed-up", "60", "--seed", str(SEED)]
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", "--lang", "en", *words, "--json", "--out", "kept"],
        cwd=tmp_path,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "FUSIFORM_HOME": str(tmp_path / "home"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
        },
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()
    told = json.loads(ended.stdout)
    assert set(told) == {"seed", "speed_up", *Outcome.__struct_fields__}
    assert (told["seed"], told["speed_up"], told["hours"]) == (SEED, 60.0, 0.003)
    assert told["survived"] == told["brought"] >= 2
    assert told["faults"]["kill"]["survived"] == told["restarts"]["meant"] == 1
    assert told["faults"]["camera"]["survived"] == 1
    assert told["restarts"]["others"] == []
    assert 0.5 < told["faults"]["kill"]["without_picture"] <= 10
    assert told["longest_without_picture"] >= told["faults"]["kill"]["without_picture"]
    assert (told["megabytes_an_hour"], told["plain_seconds"]) == (None, 0.0)
    assert told["handles"]["most"] >= told["handles"]["fewest"] > 3
    assert told["goals"]["survived"] is told["goals"]["picture"] is told["holds"] is True
    assert ended.stderr.decode().count("survived") == told["brought"]
    assert (tmp_path / "kept" / "counts.csv").exists()
    assert "ended by SIGKILL" in (tmp_path / "kept" / "kiosk.log").read_text("utf-8")
    assert not list(tmp_path.rglob("home/counts.csv")), "the exhibit's own counts are none of the soak's"
    assert not list((tmp_path / "state").rglob("*.log"))
    assert not any(str(tmp_path) in " ".join(_words(one)) for one in psutil.process_iter())


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


@pytest.fixture
def ends_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Trial], list[Sample]], None]:
    """Every soak ends at once with these trials."""

    def ends_with(trials: list[Trial], life: list[Sample]) -> None:
        class Ended:
            def __init__(self, *_: object, tell: Callable[[Injection, Trial], object], **__: object) -> None:
                self._tell = tell

            def run(self) -> Outcome:
                for trial in trials:
                    self._tell(Injection(trial.fault), trial)
                return outcome(
                    2.0,
                    trials,
                    left_out=("disk",),
                    longest_without_picture=4.8,
                    plain_seconds=0.0,
                    restarts=Restarted(1, ()),
                    life=life,
                )

        monkeypatch.setattr(soak, "Soak", Ended)

    return ends_with


LIFE = [Sample(float(at), 0, 300 + at / 7200, 9, 12) for at in range(0, 7201, 5)]


def test_a_soak_that_holds_is_told_in_sentences(
    run: Run, ends_with: Callable[[list[Trial], list[Sample]], None]
) -> None:
    ends_with([Trial("kill", True, 4.8, 4.5)], LIFE)
    ended = run("kiosk", "soak")
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "Faults survived: 1 of 1",
        "Cannot be brought on this system: disk",
        "Longest time without a live picture: 4.8 s",
        "Longest time from the end of a fault to the camera's own picture: 4.5 s",
        "Restarts: 1 by faults that end the window, 0 others",
        "Memory: +0.50 MB an hour",
        "Handles: 9 to 9 (risen by 0)",
        "Threads: 12 to 12 (risen by 0)",
    ]
    assert ended.err == "kill: survived; 4.8 s without a picture, back after 4.5 s\n"
    japanese = run("kiosk", "soak", "--lang", "ja")
    assert len(japanese.out.splitlines()) == len(ended.out.splitlines())
    assert not any(line in japanese.out for line in ended.out.splitlines())
    assert japanese.err.startswith("kill：耐えた。")


def test_one_that_does_not_hold_says_what_was_missed_and_how_to_have_it_again(
    run: Run, ends_with: Callable[[list[Trial], list[Sample]], None]
) -> None:
    ends_with([Trial("camera", False, 12.0, 60.0)], [])
    ended = run("kiosk", "soak", "--seed", "7")
    assert ended.status == 1
    assert "NOT survived" in ended.err
    assert "(survived, picture; seed 7)" in ended.err
    told = json.loads(run("kiosk", "soak", "--seed", "7", "--json").out)
    assert (told["holds"], told["seed"]) == (False, 7)


@pytest.mark.parametrize("words", [("--hours", "0"), ("--speed-up", "0.5"), ("--seed", "x")])
def test_what_makes_no_sense_is_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    assert run("kiosk", "soak", *words).status == 2
