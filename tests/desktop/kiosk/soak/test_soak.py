"""A short soak of the real window, from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from desktop.kiosk.soak.outcome import Outcome
from desktop.kiosk.soak.schedule import Schedule

ROOT = Path(__file__).parents[4]
SEED = 12
"""It begins with a kill, and a camera that is busy."""
HOURS = 0.005
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
    schedule = Schedule(3600 * HOURS, SEED, fills_disks=True)
    assert [schedule.next(0.0).name for _ in FIRST] == FIRST
    (tmp_path / "lines.toml").write_text(SCENE)
    (tmp_path / "kiosk.toml").write_text(KIOSK)
    words = ["kiosk", "soak", "kiosk.toml", "--hours", str(HOURS), "--speed-up", "60", "--seed", str(SEED)]
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
    told = json.loads(ended.stdout)
    assert ended.returncode == (0 if told["holds"] else 1), ended.stderr.decode()
    assert set(told) == {"seed", "speed_up", *Outcome.__struct_fields__}
    assert (told["seed"], told["speed_up"], told["hours"]) == (SEED, 60.0, HOURS)
    assert told["survived"] == told["brought"] >= 2
    assert told["faults"]["kill"]["survived"] == told["restarts"]["meant"] == 1
    assert told["faults"]["camera"]["survived"] == 1
    assert told["restarts"]["others"] == []
    assert told["faults"]["kill"]["without_picture"] > 0.5
    assert told["longest_without_picture"] >= told["faults"]["kill"]["without_picture"]
    assert (told["megabytes_an_hour"], told["plain_seconds"]) == (None, 0.0)
    assert told["handles"]["most"] >= told["handles"]["fewest"] > 3
    assert told["goals"]["survived"] is told["goals"]["restarts"] is True
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
