"""The exported file: its names, its shapes, its parity; and weights that are kept and read again."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")

from models.errors import ModelError  # noqa: E402
from models.networks.export import PARITY, as_onnx, parity, read_detector  # noqa: E402
from models.networks.face_detector import FaceDetector  # noqa: E402
from models.networks.in_pixels import INPUT, OUTPUTS  # noqa: E402
from models.networks.weights import as_safetensors  # noqa: E402
from models.shipped import SHIPPED  # noqa: E402


@pytest.fixture(scope="module")
def onnx(detector: FaceDetector) -> bytes:
    return as_onnx(detector)


def test_the_file_has_the_promised_names_and_shapes(onnx: bytes) -> None:
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    assert [given.name for given in session.get_inputs()] == [INPUT] == ["picture"]
    found = [output.name for output in session.get_outputs()]
    assert found == list(OUTPUTS) == ["face_8", "face_16", "face_32", "box_8", "box_16", "box_32"]
    pictures = torch.rand(3, 3, 64, 160).numpy() * 255
    for name, values in zip(found, session.run(found, {INPUT: pictures}), strict=True):
        kind, stride = name.split("_")
        assert values.shape == (3, 1 if kind == "face" else 4, 64 // int(stride), 160 // int(stride))


def test_the_file_agrees_with_torch_and_normalises_no_more(detector: FaceDetector, onnx: bytes) -> None:
    assert max(parity(detector, onnx)) <= PARITY
    assert b"BatchNormalization" not in onnx


def test_the_file_does_not_tell_of_the_machine_that_made_it(onnx: bytes) -> None:
    assert str(Path(torch.__file__).parent).encode() not in onnx
    assert str(Path(__file__).parents[3]).encode() not in onnx


def test_a_file_of_other_weights_is_told_from_it(onnx: bytes) -> None:
    torch.manual_seed(4)
    other = FaceDetector().eval()
    assert max(parity(other, onnx)) > PARITY


def test_what_is_shipped_agrees(tmp_path: Path) -> None:
    shipped = read_detector(SHIPPED / "face-detector.safetensors")
    onnx = (SHIPPED / "face-detector.onnx").read_bytes()
    assert max(parity(shipped, onnx)) <= PARITY


def test_weights_come_back_as_they_were(detector: FaceDetector, tmp_path: Path) -> None:
    (tmp_path / "a.safetensors").write_bytes(as_safetensors(detector))
    torch.save({"average": detector.state_dict()}, tmp_path / "b.checkpoint")
    for name in ("a.safetensors", "b.checkpoint"):
        found = read_detector(tmp_path / name)
        assert as_safetensors(found) == as_safetensors(detector)


@pytest.mark.parametrize("name", ["a.safetensors", "b.checkpoint"])
@pytest.mark.parametrize("data", [b"", b"no weights at all", bytes(200)], ids=["empty", "words", "zeros"])
def test_a_broken_file_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError, match=r"holds no weights of our face detector"):
        read_detector(tmp_path / name)


def test_the_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    torch.save({"average": {"a": torch.zeros(2)}}, tmp_path / "c.checkpoint")
    with pytest.raises(ModelError):
        read_detector(tmp_path / "c.checkpoint")
