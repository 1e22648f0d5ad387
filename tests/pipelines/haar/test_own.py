"""A person's own cascade is read whole before it is kept, and then it is one of the choices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skimage.data

from models.errors import PipelineError
from pipelines.classic.haar_faces import HaarFaces
from pipelines.frame import Frame
from pipelines.haar import own
from pipelines.haar.values import HaarParameters
from pipelines.result import Box

FRONTAL = own.file_of("frontal-face")
PROFILE = own.file_of("profile-face")
OLD = """<?xml version="1.0"?>
<opencv_storage><old type_id="opencv-haar-classifier"><size>20 20</size><stages><_><trees><_><_><feature>
<rects><_>2 2 6 6 -1.</_><_>2 4 6 2 3.</_></rects><tilted>0</tilted></feature><threshold>0.1</threshold>
<left_val>1.</left_val><right_val>-1.</right_val></_></_></trees><stage_threshold>0.5</stage_threshold>
<parent>-1</parent><next>-1</next></_></stages></old></opencv_storage>
"""


def seen(cascade: str, **values: object) -> tuple[list[tuple[float, ...]], set[str]]:
    """Boxes and labels in a picture of a face."""
    pipeline = HaarFaces()
    picture = np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])
    result = pipeline.process(Frame.of(picture, 0, 0.0), HaarParameters().changed(cascade=cascade, **values))
    boxes = [mark for mark in result.marks if isinstance(mark, Box) and mark.label]
    return [box.box for box in boxes], {box.label for box in boxes}


def test_it_finds_what_the_same_file_finds_under_opencvs_name(tmp_path: Path) -> None:
    mine = tmp_path / "My Faces.xml"
    mine.write_bytes(FRONTAL.read_bytes())
    name = own.add(mine)
    assert name == "my-faces"
    assert list(own.titles())[-1] == name
    assert seen(name) == (seen("frontal-face")[0], {"my-faces"})
    assert seen(name, view="stages")[0] == seen("frontal-face", view="stages")[0]


def test_the_same_file_is_not_kept_twice_and_another_gets_another_name(tmp_path: Path) -> None:
    mine = tmp_path / "faces.xml"
    mine.write_bytes(FRONTAL.read_bytes())
    assert own.add(mine) == own.add(mine) == "faces"
    mine.write_bytes(PROFILE.read_bytes())
    assert own.add(mine) == "faces-2"
    taken = tmp_path / "smile.xml"
    taken.write_bytes(own.file_of("cat-face").read_bytes())
    assert own.add(taken) == "smile-2"


def test_one_of_the_old_format_finds_things_and_says_that_one_cannot_look_inside(tmp_path: Path) -> None:
    old = tmp_path / "old.xml"
    old.write_text(OLD, encoding="utf-8")
    name = own.add(old)
    pipeline = HaarFaces()
    frame = Frame.of(np.full((60, 80, 3), 90, np.uint8), 0, 0.0)
    pipeline.process(frame, HaarParameters().changed(cascade=name, view="stages"))
    status = pipeline.status()
    assert status is not None
    assert status.notice is not None
    assert "OpenCV 1" in status.notice.en


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (FRONTAL.read_bytes()[:5000], "cut off or damaged"),
        (b"<opencv_storage></opencv_storage>", "is no Haar cascade"),
        (b"<svg/>", "is no Haar cascade"),
        (b"\x89PNG\r\n", "is no Haar cascade"),
        (b"", "is no Haar cascade"),
        (OLD[:300].encode(), "cut off or damaged"),
    ],
)
def test_what_is_none_is_refused_in_a_sentence_and_not_kept(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "odd.xml"
    file.write_bytes(data)
    before = dict(own.titles())
    with pytest.raises(PipelineError, match=rf"odd\.xml .*{told}|{told}") as caught:
        own.add(file)
    assert not caught.value.text.ja.isascii()
    assert own.titles() == before
    assert list(own.folder().iterdir()) == []


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"none\.xml could not be added"):
        own.add(tmp_path / "none.xml")


def test_a_cascade_of_another_machine_is_missed_in_a_sentence() -> None:
    with pytest.raises(PipelineError, match="There is no cascade “hands” here"):
        seen("hands")
