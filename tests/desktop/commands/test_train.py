"""`fusiform train`: it trains, goes on, and says in a sentence why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.commands.conftest import Run
from tests.models.training.classified import write_digits, write_photographs
from tests.models.training.labelled import write_labelled

pytest.importorskip("torch")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_labelled(tmp_path / "データ", train=16, val=2)


def test_it_trains_and_goes_on_where_it_was(run: Run, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    line = ("train", "face-detector", "--data", data, "--out", out, "--epochs", 1)
    ended = run(*line)
    assert ended.status == 0
    assert "AP50" in ended.err
    assert (out / "face-detector.checkpoint").exists()
    again = run(*line)
    assert again.status == 2
    assert "--resume" in again.err
    assert run(*line, "--resume").status == 0
    other = run(*line, "--seed", 9, "--resume")
    assert other.status == 2
    assert "seed 1" in other.err


def test_pictures_without_labels_are_refused(run: Run, tmp_path: Path) -> None:
    ended = run("train", "face-detector", "--data", tmp_path, "--out", tmp_path / "out")
    assert ended.status == 1
    assert "labels_val.jsonl" in ended.err
    assert "Traceback" not in ended.err


def test_a_device_that_is_not_there_is_refused(run: Run, data: Path, tmp_path: Path) -> None:
    ended = run("train", "face-detector", "--data", data, "--out", tmp_path / "out", "--device", "cuda:99")
    assert ended.status == 2
    assert "cuda:99" in ended.err


def test_a_teacher_of_another_layout_is_refused(run: Run, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(b"not a network")
    ended = run("train", "face-detector", "--data", data, "--out", tmp_path / "out", "--teacher", other)
    assert ended.status == 2
    assert "other.onnx is not a detector of YuNet's layout." in ended.err


def test_weights_that_are_none_are_refused(run: Run, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    other.write_bytes(b"no weights")
    ended = run("train", "face-detector", "--data", data, "--out", tmp_path / "out", "--weights", other)
    assert ended.status == 1
    assert "other.safetensors holds no weights of our face detector" in ended.err
    assert "Traceback" not in ended.err


@pytest.fixture
def classified(tmp_path: Path) -> Path:
    return write_digits(write_photographs(tmp_path / "画像"), train=160)


@pytest.mark.parametrize("name", ["objects", "lenet-5"])
def test_a_classifier_trains_and_goes_on_where_it_was(
    run: Run, classified: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    line = ("train", name, "--data", classified, "--out", out, "--epochs", 1)
    ended = run(*line)
    assert ended.status == 0
    assert "%" in ended.err
    assert {file.name for file in out.iterdir()} == {
        f"{name}.{ending}" for ending in ("checkpoint", "safetensors", "csv")
    }
    assert "--resume" in run(*line).err
    assert run(*line, "--resume").status == 0
    other = run(*line, "--seed", 9, "--resume")
    assert other.status == 2
    assert "seed 1" in other.err


@pytest.mark.parametrize(("name", "words"), [("objects", "no pictures in"), ("lenet-5", "no file mnist.npz")])
def test_a_folder_without_the_pictures_is_refused(run: Run, tmp_path: Path, name: str, words: str) -> None:
    ended = run("train", name, "--data", tmp_path, "--out", tmp_path / "out")
    assert ended.status == 1
    assert words in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_digits_that_are_damaged_are_refused(run: Run, classified: Path, tmp_path: Path) -> None:
    (classified / "digits" / "mnist.npz").write_bytes(b"PK\3\4")
    ended = run("train", "lenet-5", "--data", classified, "--out", tmp_path / "out")
    assert ended.status == 1
    assert "is damaged" in ended.err
    assert "Traceback" not in ended.err


def test_a_checkpoint_that_is_damaged_is_refused(run: Run, classified: Path, tmp_path: Path) -> None:
    (tmp_path / "lenet-5.checkpoint").write_bytes(b"half")
    ended = run("train", "lenet-5", "--data", classified, "--out", tmp_path, "--resume")
    assert ended.status == 1
    assert "lenet-5.checkpoint is damaged" in ended.err


@pytest.mark.parametrize("option", ["--teacher", "--weights"])
def test_what_is_for_faces_only_is_refused(run: Run, classified: Path, option: str) -> None:
    file = classified / "digits" / "mnist.npz"
    ended = run("train", "objects", "--data", classified, option, file)
    assert ended.status == 2
    assert option in ended.err
    assert "This is for face-detector only." in ended.err
