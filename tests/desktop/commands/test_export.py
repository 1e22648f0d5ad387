"""`fusiform export`: the file, what is said of its parity, and why nothing was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.commands.conftest import Run

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")

from models.networks import classifier_export, export  # noqa: E402
from models.networks.face_detector import FaceDetector  # noqa: E402
from models.networks.lenet5 import LeNet5  # noqa: E402
from models.networks.objects import ObjectNetwork  # noqa: E402
from models.networks.weights import as_safetensors  # noqa: E402


def test_it_writes_an_onnx_file_and_states_its_parity(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "重み" / "ours.onnx"
    ended = run("export", "face-detector", "--out", out)
    assert (ended.status, ended.err) == (0, "")
    assert "1e-04 is allowed" in ended.out
    session = onnxruntime.InferenceSession(out, providers=["CPUExecutionProvider"])
    assert session.get_inputs()[0].name == "picture"


def test_weights_go_through_safetensors(run: Run, tmp_path: Path) -> None:
    checkpoint, out = tmp_path / "face-detector.checkpoint", tmp_path / "ours.safetensors"
    detector = FaceDetector()
    torch.save({"average": detector.state_dict()}, checkpoint)
    ended = run("export", "face-detector", "--weights", checkpoint, "--out", out)
    assert (ended.status, ended.err) == (0, "")
    assert as_safetensors(export.read_detector(out)) == as_safetensors(detector)


def test_what_differs_too_much_is_not_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "as_onnx", lambda _detector: b"")
    for wrong in (2e-4, float("nan")):
        monkeypatch.setattr(export, "parity", lambda *_given, wrong=wrong: export.Parity(0.0, wrong))
        ended = run("export", "face-detector", "--out", tmp_path / "wrong.onnx")
        assert ended.status == 1
        assert len(ended.err.splitlines()) == 1
        assert f"differ by {wrong:.1e}, and 1e-04 is allowed" in ended.err
    assert not list(tmp_path.iterdir())


def test_broken_weights_and_a_place_that_cannot_be_written_are_told(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"broken")
    ended = run("export", "face-detector", "--weights", broken, "--out", tmp_path / "x.onnx")
    assert (ended.status, ended.out) == (1, "")
    assert "broken.safetensors holds no weights" in ended.err
    ended = run("export", "face-detector", "--out", broken / "x.safetensors")
    assert ended.status == 1
    assert "could not be written" in ended.err


def test_without_torch_it_says_what_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lack(*_given: object, **_more: object) -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr("desktop.commands.export.exported", lack)
    ended = run("export", "face-detector", "--out", tmp_path / "x.onnx")
    assert ended.status == 1
    assert "torch, which is not installed" in ended.err


@pytest.fixture(params=["objects", "lenet-5"])
def checkpoint(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / f"{request.param}.checkpoint"
    network = ObjectNetwork() if request.param == "objects" else LeNet5()
    torch.save({"average": network.state_dict()}, file)
    return file


def test_a_classifier_becomes_onnx_and_its_parity_is_stated(
    run: Run, tmp_path: Path, checkpoint: Path
) -> None:
    out = tmp_path / "out.onnx"
    ended = run("export", checkpoint.stem, "--weights", checkpoint, "--out", out)
    assert (ended.status, ended.err) == (0, "")
    assert "Largest difference of a score" in ended.out
    assert "1e-04 is allowed" in ended.out
    session = onnxruntime.InferenceSession(out, providers=["CPUExecutionProvider"])
    assert session.get_outputs()[0].name == "scores"


def test_a_classifiers_weights_become_plain(run: Run, tmp_path: Path, checkpoint: Path) -> None:
    out = tmp_path / "out.safetensors"
    ended = run("export", checkpoint.stem, "--weights", checkpoint, "--out", out)
    assert (ended.status, ended.err) == (0, "")
    found, expected = (
        as_safetensors(classifier_export.read_classifier(checkpoint.stem, file)) for file in (out, checkpoint)
    )
    assert found == out.read_bytes() == expected
    assert b"norm" not in found


def test_a_classifier_that_differs_is_not_written(
    run: Run, tmp_path: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier_export, "as_onnx", lambda *_given: b"")
    monkeypatch.setattr(classifier_export, "parity", lambda *_given: 2e-4)
    out = tmp_path / "wrong.onnx"
    ended = run("export", checkpoint.stem, "--weights", checkpoint, "--out", out)
    assert ended.status == 1
    assert "differ by 2.0e-04, and 1e-04 is allowed" in ended.err
    assert not out.exists()
