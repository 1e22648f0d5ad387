"""Which pictures of a labelled folder are taken, and in what order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.errors import SourceError
from pipelines.frame import Truth
from pipelines.stress.pictures import LabelledPictures
from tests.desktop.commands.conftest import write_picture

BOX = [10.0, 6.0, 20.0, 12.0]


def write_folder(folder: Path, count: int = 6, *, ignore: bool = False) -> Path:
    """Pictures with a bright patch, all labelled, in `folder` itself."""
    lines = []
    for number in range(count):
        write_picture(folder / f"p{number}.png")
        lines.append(json.dumps({"file": f"p{number}.png", "boxes": [{"xywh": BOX, "ignore": ignore}]}))
    (folder / "labels.jsonl").write_text("\n".join(lines))
    return folder


def names(pictures: LabelledPictures) -> list[str]:
    return [frame.name for frame in pictures]


def test_all_are_read_with_their_truth(tmp_path: Path) -> None:
    pictures = LabelledPictures.of(write_folder(tmp_path))
    assert names(pictures) == [f"p{number}.png" for number in range(6)]
    frame = pictures[3]
    assert frame.number == 3
    assert frame.labelled
    assert frame.truth == (Truth("face", (10.0, 6.0, 20.0, 12.0)),)
    assert names(pictures[1:3]) == ["p1.png", "p2.png"]


def test_a_seed_draws_the_same_and_another_one_others(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, 12)
    drawn = [names(LabelledPictures.of(folder, 3, seed)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(drawn[0]) == 3


def test_the_one_that_was_looked_at_is_always_taken_and_stands_first(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, 12)
    for seed in range(4):
        assert names(LabelledPictures.of(folder, 3, seed, first="p7.png"))[0] == "p7.png"


def test_the_part_for_validation_is_found_beside_its_labels(tmp_path: Path) -> None:
    write_folder(tmp_path / "val")
    (tmp_path / "val" / "labels.jsonl").rename(tmp_path / "labels_val.jsonl")
    assert len(LabelledPictures.of(tmp_path)) == 6
    assert len(LabelledPictures.of(tmp_path / "val")) == 6


def test_what_has_no_label_or_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    write_picture(folder / "unknown.png")
    (folder / "p0.png").write_bytes(b"no picture")
    assert names(LabelledPictures.of(folder)) == [f"p{number}.png" for number in range(1, 6)]


def test_without_labels_and_without_faces_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no labelled picture in the folder"):
        LabelledPictures.of(tmp_path)
    write_picture(tmp_path / "one.png")
    with pytest.raises(SourceError, match="no labelled picture in the folder"):
        LabelledPictures.of(tmp_path)
    with pytest.raises(SourceError, match="no face to be found"):
        LabelledPictures.of(write_folder(tmp_path, ignore=True))


def test_labels_that_speak_of_another_folder_are_no_riddle(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "copy")
    labels = folder / "labels.jsonl"
    labels.write_text(labels.read_text().replace('"p', '"val/p'))
    with pytest.raises(SourceError, match="tells only of pictures in “val”"):
        LabelledPictures.of(folder)


def test_one_that_goes_while_it_runs_is_told(tmp_path: Path) -> None:
    pictures = LabelledPictures.of(write_folder(tmp_path))
    (tmp_path / "p2.png").unlink()
    with pytest.raises(SourceError, match=r"p2\.png"):
        pictures[2]
