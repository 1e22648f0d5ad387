"""`fusiform stress`: curves on disk, a summary for scripts, and one sentence for each mistake."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
import pytest

from desktop.commands import choice
from pipelines import registry
from pipelines.registry import discover, find
from pipelines.stress import contender
from pipelines.stress.sweeps import SWEEPS
from tests.desktop.commands.conftest import Run, write_picture
from tests.pipelines.stress.patches import BOX, Broken, Patch, patch_frame

PATCHES = ("--first", "patch:threshold=100", "--second", "patch:threshold=150")


@pytest.fixture(autouse=True)
def _patches(monkeypatch: pytest.MonkeyPatch, look: object) -> None:
    """The made-up detectors beside the real pipelines."""
    known = MappingProxyType({**discover(), "patch": Patch, "broken": Broken, "versus": find("versus")})
    for module in (registry, choice, contender):
        monkeypatch.setattr(module, "discover", lambda: known)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Five labelled pictures of one patch each."""
    folder = tmp_path / "data"
    lines = []
    for number in range(5):
        write_picture(folder / f"{number}.png", patch_frame().image)
        lines.append(json.dumps({"file": f"{number}.png", "boxes": [{"xywh": BOX, "ignore": False}]}))
    (folder / "labels.jsonl").write_text("\n".join(lines))
    return folder


def test_each_sweep_gives_a_table_and_a_picture(run: Run, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "新しい out"
    ended = run("stress", "--data", data, "--out", out, *PATCHES, "--sweep", "blur", "--sweep", "brightness")
    assert ended.status == 0, ended.err
    assert {path.name for path in out.iterdir()} == {
        "blur.csv", "blur.png", "brightness.csv", "brightness.png", "stress.json",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO((out / "brightness.csv").read_text("utf-8"))))
    dim = next(row for row in rows if row["strength"] == "-60" and row["side"] == "second")
    assert (dim["faces"], dim["found"]) == ("5", "0")  # 200 - 60 is below 150
    assert cv2.imdecode(np.fromfile(out / "blur.png", np.uint8), cv2.IMREAD_COLOR) is not None
    assert "Brightness" in ended.out
    assert "holds from −100 to 60" in ended.out
    assert "holds from −40 to 100" in ended.out


def test_the_summary_is_the_same_on_disk_and_for_scripts(run: Run, data: Path, tmp_path: Path) -> None:
    ended = run(
        "stress", "--data", data, "--out", tmp_path / "out", *PATCHES, "--sweep", "brightness", "--limit", 2,
        "--seed", 3, "--json",
    )  # fmt: skip
    told: dict[str, Any] = json.loads(ended.out)
    assert told == json.loads((tmp_path / "out" / "stress.json").read_text("utf-8"))
    assert (told["pictures"], told["seed"]) == (2, 3)
    assert told["first"] == {
        "name": "patch",
        "title": {"en": "Patch", "ja": "明るい領域"},
        "parameters": {},
    }
    assert told["second"]["parameters"] == {"threshold": 150}
    [sweep] = told["sweeps"]
    assert sweep["holds"] == {"first": [-100, 60], "second": [-40, 100]}
    assert [point["strength"] for point in sweep["points"]] == list(SWEEPS["brightness"].strengths)
    start = next(point for point in sweep["points"] if point["strength"] == 0)
    assert start["first"] == {
        "faces": 2, "found": 2, "share_found": 1.0, "score": pytest.approx(200 / 255, abs=1e-5),
        "score_kept": 1.0, "false_alarms": 0,
    }  # fmt: skip


def test_without_names_it_is_the_network_against_the_cascade(run: Run, data: Path, tmp_path: Path) -> None:
    ended = run("stress", "--data", data, "--out", tmp_path, "--sweep", "eyes", "--limit", 1, "--json")
    told = json.loads(ended.out)
    assert (told["first"]["name"], told["second"]["name"]) == ("cnn-faces", "haar-faces")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--first", "haar-facs"), "did you mean 'haar-faces'"),
        (("--first", "dog"), "'dog' detects nothing"),
        (("--second", "versus"), "compares two detectors"),
        (("--second", "patch:threshold=0"), "threshold takes a whole number"),
        (("--second", "patch:threshold"), "NAME:key=value"),
        (("--sweep", "rotatoin"), "did you mean 'rotation'"),
        (("--limit", "-1"), "-1"),
    ],
)
def test_a_wrong_word_is_wrong_use_and_nothing_is_written(
    run: Run, data: Path, tmp_path: Path, words: tuple[str, str], sentence: str
) -> None:
    ended = run("stress", "--data", data, "--out", tmp_path / "out", *words)
    assert ended.status == 2
    assert sentence in ended.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    ended = run("stress", "--data", tmp_path / "none", "--out", tmp_path / "out")
    assert ended.status == 2
    assert "none" in ended.err


def test_a_folder_without_labels_cannot_be_tested(run: Run, tmp_path: Path) -> None:
    write_picture(tmp_path / "one.png")
    ended = run("stress", "--data", tmp_path, "--out", tmp_path / "out")
    assert (ended.status, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert "no labelled picture" in ended.err


def test_a_place_that_cannot_be_written_is_told(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = run("stress", "--data", data, "--out", tmp_path / "file" / "out", *PATCHES)
    assert ended.status == 1
    assert "cannot be written" in ended.err


def test_a_detector_that_fails_ends_it_with_a_sentence(run: Run, data: Path, tmp_path: Path) -> None:
    ended = run("stress", "--data", data, "--out", tmp_path / "out", "--first", "broken", "--sweep", "eyes")
    assert ended.status == 1
    assert "Patch failed, so the test was stopped" in ended.err


def test_it_speaks_japanese(run: Run, data: Path, tmp_path: Path) -> None:
    ended = run(
        "stress", "--lang", "ja", "--data", data, "--out", tmp_path / "out", *PATCHES, "--sweep", "eyes"
    )
    assert ended.status == 0
    assert "目を隠す" in ended.out
    assert "画像：5 枚" in ended.out


def test_it_needs_no_display(data: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "stress", "--data", str(data), "--out", str(tmp_path / "out"),
         "--sweep", "eyes", "--limit", "1", "--lang", "en"],
        env=environment, capture_output=True, text=True, timeout=110, check=False,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "eyes.png").stat().st_size > 10_000
