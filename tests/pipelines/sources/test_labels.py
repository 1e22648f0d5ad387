"""Labels of a folder in the two formats; what is broken is named and left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.frame import Truth
from pipelines.sources.labels import Labels

SIZE = (640, 480)
FACE = {"xywh": [10, 20, 30, 40]}


def line(file: str, *boxes: dict[str, Any], width: int | None = 640, height: int | None = 480) -> str:
    size = {} if width is None else {"width": width, "height": height}
    return json.dumps({"file": file, **size, "boxes": list(boxes), "kind": "unknown to us"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "顔 の 写真"
    made.mkdir()
    return made


def labels(folder: Path, *lines: str) -> Labels:
    (folder / "labels.jsonl").write_text("\n".join(lines), "utf-8")
    return Labels(folder)


def test_a_line_a_picture(folder: Path) -> None:
    known = labels(
        folder,
        line("a.webp", FACE, {"xywh": [1.5, 2, 3, 4], "ignore": True, "cls": "mask"}),
        line("b.webp"),
    )
    assert known.of(folder / "a.webp", SIZE) == (
        Truth("face", (10, 20, 30, 40)),
        Truth("mask", (1.5, 2, 3, 4), ignore=True),
    )
    assert known.of(folder / "b.webp", SIZE) == (), "labelled, and nobody is there"
    assert known.of(folder / "c.webp", SIZE) is None, "nobody has looked"
    assert known.complaint is None


def test_the_file_may_lie_beside_the_folder_and_speak_of_others(folder: Path) -> None:
    name = folder.name
    (folder.parent / f"labels_{name}.jsonl").write_text(
        "\n".join([line(f"{name}/a.webp", FACE), line("elsewhere/b.webp", FACE), line("c.webp", FACE)]),
        "utf-8",
    )
    known = Labels(folder)
    assert known.of(folder / "a.webp", SIZE) == (Truth("face", (10, 20, 30, 40)),)
    assert known.of(folder / "b.webp", SIZE) is None
    assert known.of(folder / "c.webp", SIZE) is not None


def test_a_file_that_speaks_only_of_others_is_complained_about(folder: Path) -> None:
    known = labels(folder, line("val/a.webp", FACE), line("train/b.webp", FACE))
    assert known.of(folder / "a.webp", SIZE) is None
    assert known.complaint is not None
    assert f"only of pictures in “train”, “val” and of none in “{folder.name}”" in known.complaint.en
    assert "「train」「val」の画像だけ" in known.complaint.ja


def test_the_one_in_the_folder_is_preferred(folder: Path) -> None:
    (folder.parent / f"labels_{folder.name}.jsonl").write_text(line("a.webp", FACE), "utf-8")
    assert labels(folder, line("a.webp")).of(folder / "a.webp", SIZE) == ()


def test_boxes_follow_a_picture_that_was_shrunk(folder: Path) -> None:
    known = labels(folder, line("a.webp", FACE))
    assert known.of(folder / "a.webp", (320, 240)) == (Truth("face", (5, 10, 15, 20)),)


def test_without_a_size_they_are_in_pixels_of_the_picture(folder: Path) -> None:
    known = labels(folder, line("a.webp", FACE, width=None))
    assert known.of(folder / "a.webp", (320, 240)) == (Truth("face", (10, 20, 30, 40)),)


def test_labels_of_a_picture_of_another_form_are_left_out_and_named(folder: Path) -> None:
    known = labels(folder, line("a.webp", FACE), line("b.webp", FACE))
    assert known.of(folder / "a.webp", (480, 640)) is None
    assert known.complaint is not None
    assert "“a.webp” are for a picture of 640 × 480" in known.complaint.en
    assert "480 × 640" in known.complaint.ja
    assert known.of(folder / "b.webp", SIZE) is not None
    assert known.complaint is None, "it concerned the picture before"


@pytest.mark.parametrize(
    "broken",
    [
        "no label",
        "[1, 2]",
        '{"boxes": []}',
        '{"file": "a.webp"}',
        '{"file": "a.webp", "boxes": [{"xywh": [1, 2, 3]}]}',
        '{"file": "a.webp", "boxes": [{"xywh": [1, 2, 0, 4]}]}',
        '{"file": "a.webp", "boxes": [{"xywh": [1, 2, -3, 4]}]}',
        '{"file": "a.webp", "boxes": [{"xywh": [1e999, 2, 3, 4]}]}',
        '{"file": "a.webp", "boxes": [{"xywh": ["1", 2, 3, 4]}]}',
        '{"file": 5, "boxes": []}',
        '{"file": "a.webp", "width": 0, "height": 0, "boxes": []}',
        '{"file": "a.webp", "width": -640, "height": 480, "boxes": []}',
        '{"file": "a.webp", "width": 640, "boxes": []}',
    ],
)
def test_a_broken_line_is_named_and_left_out(folder: Path, broken: str) -> None:
    known = labels(folder, line("b.webp", FACE), broken, "", line("c.webp", FACE))
    assert known.of(folder / "a.webp", SIZE) is None
    assert known.of(folder / "b.webp", SIZE) is not None
    assert known.of(folder / "c.webp", SIZE) is not None
    assert known.complaint is not None
    assert (
        known.complaint.en == "One line of “labels.jsonl” cannot be read as labels and is left out (line 2)."
    )
    assert "1 行" in known.complaint.ja


def test_many_broken_lines_are_one_sentence(folder: Path) -> None:
    known = labels(folder, *["?"] * 5)
    assert known.complaint is not None
    assert known.complaint.en == (
        "5 lines of “labels.jsonl” cannot be read as labels and are left out (line 1, 2, 3 …)."
    )


def test_letters_of_another_encoding_and_a_byte_order_mark(folder: Path) -> None:
    (folder / "labels.jsonl").write_bytes(
        b"\xef\xbb\xbf" + line("a.webp", FACE).encode() + b"\r\n" + "顔".encode("shift-jis")
    )
    known = Labels(folder)
    assert known.of(folder / "a.webp", SIZE) is not None
    assert known.complaint is not None
    assert "line 2" in known.complaint.en


def test_a_changed_file_is_read_again(folder: Path) -> None:
    known = labels(folder, line("a.webp"))
    assert known.of(folder / "a.webp", SIZE) == ()
    labels(folder, line("a.webp", FACE))
    assert known.of(folder / "a.webp", SIZE) == (Truth("face", (10, 20, 30, 40)),)
    (folder / "labels.jsonl").unlink()
    assert known.of(folder / "a.webp", SIZE) is None


def test_a_text_beside_each_picture(folder: Path) -> None:
    (folder / "a.txt").write_text("0 0.5 0.5 0.25 0.5\n\n1 0.1 0.1 0.1 0.1\n")
    (folder / "b.txt").write_text("")
    known = Labels(folder)
    first, second = known.of(folder / "a.png", SIZE) or ()
    assert (first.label, first.box) == ("0", (240, 120, 160, 240))
    assert second.label == "1"
    assert known.of(folder / "b.png", SIZE) == ()
    assert known.of(folder / "c.png", SIZE) is None


def test_classes_have_the_names_of_their_file(folder: Path) -> None:
    (folder / "classes.txt").write_text("顔\ncat\n", "utf-8")
    (folder / "a.txt").write_text("1 0.5 0.5 0.2 0.2\n0 0.5 0.5 0.2 0.2\n2 0.5 0.5 0.2 0.2")
    found = Labels(folder).of(folder / "a.png", SIZE)
    assert [known.label for known in found or ()] == ["cat", "顔", "2"]


@pytest.mark.parametrize(
    "broken",
    ["0 0.5 0.5 0.2", "0 0.5 0.5 0.2 0.2 0.9", "face 0.5 0.5 0.2 0.2", "0 320 240 50 50", "0 0.5 0.5 0 0.2",
     "0.5 0.5 0.5 0.2 0.2", "-1 0.5 0.5 0.2 0.2", "0 nan 0.5 0.2 0.2", "a photo of a face"],
)  # fmt: skip
def test_a_broken_line_of_a_text_is_left_out(folder: Path, broken: str) -> None:
    (folder / "a.txt").write_text(f"{broken}\n0 0.5 0.5 0.2 0.2")
    known = Labels(folder)
    assert len(known.of(folder / "a.png", SIZE) or ()) == 1
    assert known.complaint is not None
    assert "“a.txt”" in known.complaint.en


def test_a_text_of_which_nothing_is_a_label_says_nothing_of_the_picture(folder: Path) -> None:
    (folder / "a.txt").write_text("A photograph from Kyoto.")
    assert Labels(folder).of(folder / "a.png", SIZE) is None


def test_lines_go_before_texts(folder: Path) -> None:
    (folder / "a.txt").write_text("0 0.5 0.5 0.2 0.2")
    assert labels(folder, line("a.png")).of(folder / "a.png", SIZE) == ()


def test_a_folder_in_the_place_of_the_file_is_none(folder: Path) -> None:
    (folder / "labels.jsonl").mkdir()
    assert Labels(folder).of(folder / "a.webp", SIZE) is None
