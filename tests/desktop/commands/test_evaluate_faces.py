"""`fusiform evaluate`: figures and goals of our detector, for people and for scripts, and one sentence for
each mistake in the labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pipelines.sources import demo_reel
from tests.desktop.commands.conftest import Run, write_picture

SIZE = (480, 270)
FACE, CUP = 75, 430
"""Frames of the demo: a face seen from the front, and none."""


def write_data(folder: Path, *numbers: int) -> Path:
    """Labelled as `docs/labelled-folders.md` describes, without anything that may be left out."""
    lines = []
    for number in numbers:
        image, truth = demo_reel.frame(number)
        share = SIZE[0] / image.shape[1]
        small = np.asarray(cv2.resize(image, SIZE, interpolation=cv2.INTER_AREA), np.uint8)
        write_picture(folder / "val" / f"{number}.png", small)
        boxes = [{"xywh": [share * side for side in known.box]} for known in truth]
        lines.append(json.dumps({"file": f"val/{number}.png", "boxes": boxes}))
    (folder / "labels_val.jsonl").write_text("\n".join(lines))
    return folder


def sound(out: str) -> Any:
    """JSON knows no NaN."""
    return json.loads(out, parse_constant=pytest.fail)


def test_the_figures_of_a_face_and_of_a_picture_without_one(run: Run, tmp_path: Path) -> None:
    ended = run("evaluate", "face-detector", "--data", write_data(tmp_path, FACE, CUP), "--json")
    assert ended.status == 0, ended.err
    measured = sound(ended.out)
    assert (measured["pictures"], measured["faces"]) == (2, 1)
    [ours] = measured["detectors"]
    assert ours["name"] == "face-detector"
    assert [made["long_side"] for made in ours["figures"]] == [640, 320]
    for made in ours["figures"]:
        assert (made["ap30"], made["recall"], made["empty_pictures"]) == (1.0, 1.0, 1)
    upright = next(tilt for tilt in measured["tilt"] if tilt["degrees"] == 0)
    assert (upright["faces"], upright["haar-faces"]) == (1, 1.0)


def test_every_goal_is_held_to_its_limit(run: Run, tmp_path: Path) -> None:
    measured = sound(
        run("evaluate", "face-detector", "--data", write_data(tmp_path, FACE, CUP), "--json").out
    )
    limits = {goal["goal"]: goal["limit"] for goal in measured["goals"]}
    assert limits == {
        "ap50@640": ">= 0.880", "ap50@320": ">= 0.800", "ap30@640": ">= 0.975", "ap30@320": ">= 0.925",
        "false-alarms@640": "<= 0.050", "false-alarms@320": "<= 0.050", "tilted": ">= 0.900",
    }  # fmt: skip
    for goal in measured["goals"]:
        sense, limit = goal["limit"].split()
        above = goal["value"] >= float(limit)
        assert goal["holds"] == (above if sense == ">=" else goal["value"] <= float(limit))


def test_where_there_is_no_face_nothing_is_claimed(run: Run, tmp_path: Path) -> None:
    data = write_data(tmp_path, CUP)
    measured = sound(run("evaluate", "face-detector", "--data", data, "--json").out)
    values = {goal["goal"]: goal["value"] for goal in measured["goals"]}
    assert values["ap50@640"] is None
    assert values["tilted"] is None
    shown = run("evaluate", "face-detector", "--data", data)
    assert shown.status == 0
    assert "–" in shown.out


def test_a_damaged_picture_is_named(run: Run, tmp_path: Path) -> None:
    data = write_data(tmp_path, CUP)
    file = data / "val" / f"{CUP}.png"
    file.write_bytes(file.read_bytes()[:100])
    ended = run("evaluate", "face-detector", "--data", data, "--json")
    assert (ended.status, ended.out) == (1, "")
    assert (
        ended.err
        == f"val/{CUP}.png is not a picture that can be read, or it is damaged; take it out of the labels.\n"
    )
    file.write_bytes(b"")
    assert "is not a picture" in run("evaluate", "face-detector", "--data", data).err


def test_a_broken_line_is_named(run: Run, tmp_path: Path) -> None:
    data = write_data(tmp_path, CUP)
    with (data / "labels_val.jsonl").open("a") as labels:
        labels.write('\n{"file": "val/2.png"}')
    ended = run("evaluate", "face-detector", "--data", data, "--lang", "ja")
    assert ended.status == 1
    assert "labels_val.jsonl の 2 行目" in ended.err


def test_labels_and_pictures_that_are_not_there_are_named(run: Run, tmp_path: Path) -> None:
    data = write_data(tmp_path, CUP)
    assert (
        "labels_train.jsonl: there is no such file"
        in run("evaluate", "face-detector", "--data", data, "--split", "train").err
    )
    (data / "val" / f"{CUP}.png").unlink()
    ended = run("evaluate", "face-detector", "--data", data)
    assert ended.status == 1
    assert f"{CUP}.png: there is no such file" in ended.err
