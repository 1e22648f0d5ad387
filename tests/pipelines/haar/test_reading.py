"""A cascade's file is read as it is, and whatever is wrong with it is one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from cv2.data import haarcascades

from models.errors import PipelineError
from pipelines.haar.cascades import NAMES, SHIPPED, CascadeName
from pipelines.haar.model import Node
from pipelines.haar.reading import OldCascadeError, read_model

FOLDER = Path(haarcascades)
SMALL = FOLDER / SHIPPED["plate"].file
OLD = "plate-16-stages"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def refusal(path: Path) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        read_model(path)
    assert path.name in caught.value.text.en
    assert path.name in caught.value.text.ja
    assert JAPANESE.search(caught.value.text.ja)
    return caught.value


@pytest.mark.parametrize("name", [name for name in NAMES if name != OLD and "tree" not in name])
def test_every_cascade_of_the_new_format_is_read_whole(name: CascadeName) -> None:
    path = FOLDER / SHIPPED[name].file
    text = path.read_text()
    model = read_model(path)
    (stages,) = re.findall(r"<stageNum>(\d+)<", text)
    assert len(model.stages) == int(stages)
    assert len(model.features) == text.count("<rects>")
    assert sum(len(stage.trees) for stage in model.stages) == text.count("<leafValues>")
    assert model.tilted == ("<tilted>1" in text)


def test_numbers_are_as_exact_as_opencv_keeps_them() -> None:
    model = read_model(FOLDER / SHIPPED["frontal-face"].file)
    assert model.size == (24, 24)
    assert model.tests == 2913
    first = model.stages[0]
    assert first.bar == np.float32(-5.0425500869750977)
    assert first.trees[0].nodes == (Node(0, float(np.float32(-0.031511999666690826)), 0, -1),)
    assert first.trees[0].leaves == tuple(
        map(float, np.array([2.0875380039215088, -2.217210054397583], np.float32))
    )
    assert model.features[0].rectangles == ((6, 4, 12, 9, -1), (6, 7, 12, 3, 3))


def test_a_file_of_the_old_format_is_told_apart() -> None:
    error = refusal(FOLDER / SHIPPED["plate-16-stages"].file)
    assert isinstance(error, OldCascadeError)
    assert "OpenCV 1" in error.text.en


def test_a_file_that_is_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = SMALL.read_bytes()
    path = tmp_path / "cut.xml"
    for length in range(0, len(whole) - 20, len(whole) // 40):
        path.write_bytes(whole[:length])
        refusal(path)
    path.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in refusal(path).text.en


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<stageNum>20<", "<stageNum>21<"),
        ("<width>60<", "<width>20<"),
        ("<width>60<", "<width>sixty<"),
        ("<height>20<", "<height>99999<"),
        ("<stageThreshold>-", "<stageThreshold>nan -"),
        ("<stageThreshold>-", "<stageThreshold>1e999<x/>-"),
        ("0 -1 0 ", "0 -1 999999 "),
        ("0 -1 0 ", "0 -7 0 "),
        ("0 -1 0 ", "0 1 0 "),
        (" -1.</_>", " -1.5</_>"),
        (" -1.</_>", " 1e30</_>"),
        ("<leafValues>", "<leafValues>0.5 "),
    ],
)
def test_a_number_that_cannot_be_is_refused(good: str, bad: str, tmp_path: Path) -> None:
    text = SMALL.read_text()
    assert good in text
    path = tmp_path / "wrong.xml"
    path.write_text(text.replace(good, bad, 1))
    assert "damaged" in refusal(path).text.en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no cascade",
        "<html></html>",
        "<opencv_storage></opencv_storage>",
        "<opencv_storage><svm type_id='opencv-ml-svm'/></opencv_storage>",
        "<opencv_storage><cascade><featureType>LBP</featureType></cascade></opencv_storage>",
        "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'>]><opencv_storage>&b;</opencv_storage>",
        '<?xml version="1.0" encoding="no-such"?><a/>',
    ],
)
def test_what_is_no_haar_cascade_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "haarcascade_eye.xml"
    path.write_text(text)
    assert "no Haar cascade" in refusal(path).text.en


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    assert "could not be read" in refusal(tmp_path / "none.xml").text.en
