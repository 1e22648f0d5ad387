"""`fusiform evaluate`: figures for a script and for a person, and why there are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.commands.conftest import Run
from tests.models.training.classified import write_digits, write_photographs
from tests.models.training.labelled import write_labelled

torch = pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from models.classifiers import classifiers  # noqa: E402
from models.networks.classifier_export import as_onnx, read_classifier  # noqa: E402
from models.networks.lenet5 import LeNet5  # noqa: E402
from models.networks.objects import ObjectNetwork  # noqa: E402

NAMES = ("objects", "lenet-5")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_digits(write_photographs(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Untrained networks that always say their fourth class."""
    folder = tmp_path_factory.mktemp("onnx")
    for name in NAMES:
        network = ObjectNetwork() if name == "objects" else LeNet5()
        last = network.evidence if name == "objects" else network.scores
        with torch.no_grad():
            last.bias[3] += 1e4
        torch.save({"average": network.state_dict()}, folder / f"{name}.checkpoint")
        plain = read_classifier(name, folder / f"{name}.checkpoint")
        (folder / f"{name}.onnx").write_bytes(as_onnx(name, plain))
    return {name: folder / f"{name}.onnx" for name in NAMES}


def measured(run: Run, *words: object) -> Any:
    ended = run("evaluate", *words, "--json")
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


@pytest.mark.parametrize("name", NAMES)
def test_a_script_gets_accuracy_classes_and_what_was_taken_for_what(
    run: Run, data: Path, onnx: dict[str, Path], name: str
) -> None:
    found = measured(run, name, "--data", data, "--weights", onnx[name])
    looks = ["plain", "blurred", "dim", "noisy", "poor"] + (["drawn"] if name == "lenet-5" else [])
    assert found["pictures"] == 20
    assert list(found["figures"]) == looks
    keys = list(classifiers()[name].classes)
    assert [kind["name"] for kind in found["classes"]] == keys
    assert all(kind["en"] and kind["ja"] for kind in found["classes"])
    for figures in found["figures"].values():
        assert figures["accuracy"] == 0.1
        assert figures["by_class"] == {key: 1.0 if key == keys[3] else 0.0 for key in keys}
        assert figures["confusion"] == [[2 if column == 3 else 0 for column in range(10)]] * 10
    [goal] = found["goals"]
    assert (goal["goal"], goal["value"], goal["holds"]) == ("accuracy", 0.1, False)


def test_a_person_gets_a_table_in_either_language(run: Run, data: Path, onnx: dict[str, Path]) -> None:
    ended = run("evaluate", "objects", "--data", data, "--weights", onnx["objects"])
    assert ended.status == 0
    assert "20 pictures" in ended.out
    assert "golf ball" in ended.out
    assert "10.00%" in ended.out
    ended = run("evaluate", "objects", "--lang", "ja", "--data", data, "--weights", onnx["objects"])
    assert "ゴルフボール" in ended.out


def test_another_split_may_be_measured(run: Run, data: Path, onnx: dict[str, Path]) -> None:
    found = measured(run, "lenet-5", "--data", data, "--weights", onnx["lenet-5"], "--split", "train")
    assert (found["split"], found["pictures"]) == ("train", 60)
    ended = run("evaluate", "lenet-5", "--data", data, "--weights", onnx["lenet-5"], "--split", "night")
    assert ended.status == 2
    assert "train, val and test" in ended.err


def test_another_network_is_refused(run: Run, data: Path, onnx: dict[str, Path], tmp_path: Path) -> None:
    ended = run("evaluate", "objects", "--data", data, "--weights", onnx["lenet-5"])
    assert ended.status == 1
    assert "lenet-5.onnx is another network" in ended.err
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    ended = run("evaluate", "objects", "--data", data, "--weights", broken)
    assert ended.status == 1
    assert "broken.onnx" in ended.err
    assert "Traceback" not in ended.err


def test_a_folder_without_pictures_is_refused(run: Run, tmp_path: Path, onnx: dict[str, Path]) -> None:
    for name, words in (("objects", "no pictures in"), ("lenet-5", "no file mnist.npz")):
        ended = run("evaluate", name, "--data", tmp_path, "--weights", onnx[name])
        assert ended.status == 1
        assert words in ended.err
    ended = run("evaluate", "face-detector", "--data", tmp_path)
    assert ended.status == 1
    assert "labels_val.jsonl" in ended.err


def test_the_face_detector_is_measured_beside_a_cascade(run: Run, tmp_path: Path) -> None:
    found = measured(run, "face-detector", "--data", write_labelled(tmp_path / "faces", train=1, val=2))
    assert (found["pictures"], found["faces"]) == (2, 2)
    [ours] = found["detectors"]
    assert [figures["long_side"] for figures in ours["figures"]] == [640, 320]
    assert {goal["goal"] for goal in found["goals"]} >= {"ap50@640", "ap30@320"}
    ended = run("evaluate", "face-detector", "--data", tmp_path / "faces")
    assert ended.status == 0
    assert "AP50" in ended.out
