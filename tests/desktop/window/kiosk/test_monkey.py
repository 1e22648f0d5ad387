"""A monkey before the real exhibit on a real screen: whatever it does, it stays in a station."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.kiosk.beat import Beat
from desktop.kiosk.pin import hashed
from tests.desktop.window.kiosk.running import PATIENCE, RunningWindow
from tests.desktop.x_screen import SIZE, Screen

MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.timeout(240),
]
DEEDS, AT_ONCE = 10_000, 250
KEYS = (
    *("Escape", "Tab", "Return", "space", "F1", "F5", "F11", "Delete", "Menu", "Print", "Super_L", "h", "s"),
    *("alt+F4", "ctrl+q", "ctrl+w", "ctrl+r", "ctrl+s", "ctrl+shift+s", "ctrl+o", "alt+Tab", "shift+F10"),
)
KIOSK = f"""
source = "demo:"
pin = "{hashed("8642")}"

[presence]
on = false

[[stations]]
title = {{ en = "Edges", ja = "輪郭" }}
sentence = {{ en = "Where do they run?", ja = "どちらへ走る？" }}
scene = "edges.toml"

[[stations]]
title = {{ en = "Grey", ja = "灰色" }}
sentence = {{ en = "What is missing?", ja = "何がない？" }}
scene = "grey.toml"
"""


class Exhibit(RunningWindow):
    def __init__(self, folder: Path, screen: Screen) -> None:
        for name, pipeline in (("edges", "canny"), ("grey", "grey")):
            (folder / f"{name}.toml").write_text(f'[[lanes]]\npipeline = "{pipeline}"\n')
        super().__init__(folder, KIOSK, DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")

    def do(self, deeds: list[str]) -> None:
        subprocess.run(["xdotool", *deeds], env=self.environment, timeout=PATIENCE, check=True)

    def windows(self) -> str:
        """All that are to be seen on the screen."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", ""],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return found.stdout

    def live_again(self) -> Beat:
        """A beat with a new picture, from now on."""
        while True:
            beat = self.beat_to_come()
            if beat.age is not None and beat.age < 2:
                return beat


@pytest.fixture
def exhibit(tmp_path: Path) -> Iterator[Exhibit]:
    screen = Screen(tmp_path)
    made = Exhibit(tmp_path, screen)
    yield made
    made.close()
    screen.close()


def deeds(chance: random.Random) -> Iterator[list[str]]:
    """Touches, drags, other buttons, wheels and keys, each as words of xdotool."""
    while True:
        place = [str(chance.randrange(side)) for side in SIZE]
        match chance.randrange(8):
            case 0 | 1 | 2:
                yield ["mousemove", *place, "mousedown", "1", "mouseup", "1"]
            case 3:
                away = ["mousemove_relative", "--", "-60", "40"]
                yield ["mousemove", *place, "mousedown", "1", *away, "mouseup", "1"]
            case 4:
                yield ["mousemove", *place, "click", "--delay", "1", chance.choice("234567")]
            case 5:
                yield ["mousemove", *place, "click", "--repeat", "3", "--delay", "1", "1"]
            case _:
                yield ["key", "--delay", "1", chance.choice(KEYS)]


def test_ten_thousand_deeds_leave_it_in_a_station(exhibit: Exhibit, tmp_path: Path) -> None:
    exhibit.live_again()
    windows = exhibit.windows()
    made = deeds(random.Random(11))
    for _round in range(DEEDS // AT_ONCE):
        exhibit.do([word for _deed in range(AT_ONCE) for word in next(made)])
        assert exhibit.process.poll() is None
    beat = exhibit.live_again()
    assert beat.mode == "used"
    assert beat.station in (0, 1)
    assert [lane.pipeline for lane in beat.lanes] == [("canny", "grey")[beat.station]]
    assert exhibit.windows() == windows, "no dialog, no menu"
    kept = {path.suffix for path in (tmp_path / "home").rglob("*") if path.is_file()}
    assert kept <= {".csv", ".log"}, "no picture"
