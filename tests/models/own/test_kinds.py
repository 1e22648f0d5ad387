"""What a file is, is told from real ones of its kind."""

from __future__ import annotations

import io
import json
import pickle
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.own.kinds import HEAD, other_than_onnx

onnx_files = pytest.importorskip("tests.models.own.onnx_files", reason="onnx is not installed")
PICTURE = np.zeros((20, 20, 3), np.uint8)


def encoded(ending: str) -> bytes:
    return cv2.imencode(ending, PICTURE)[1].tobytes()


def zipped() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("readme", "words")
    return memory.getvalue()


def safetensors() -> bytes:
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    return len(header).to_bytes(8, "little") + header + bytes(4)


def saved_by_torch(*, zipped: bool) -> bytes:
    torch = pytest.importorskip("torch")
    memory = io.BytesIO()
    torch.save({"w": torch.zeros(3)}, memory, _use_new_zipfile_serialization=zipped)
    return memory.getvalue()


def array() -> bytes:
    memory = io.BytesIO()
    np.save(memory, PICTURE)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        ("Das ist ein Text.\n顔\n".encode(), "a text"),
        ("顔".encode() * 2000, "a text"),
        (b"<html><body>404</body></html>", "a text"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:8f23\nsize 232589\n", "Git LFS"),
        (encoded(".png"), "a picture"),
        (encoded(".jpg"), "a picture"),
        (encoded(".webp"), "a picture"),
        (encoded(".tiff"), "a picture"),
        (pickle.dumps({"a": 1}, protocol=2), "pickle"),
        (pickle.dumps([1, 2, 3]), "pickle"),
        (zipped(), "archive"),
        (safetensors(), "safetensors"),
        (array(), "NumPy"),
        (Path(sys.executable).resolve().read_bytes()[:HEAD], "program"),
        (bytes(5000), "unknown"),
        (b"\x0a\x0f\x0a\x05input\x12\x00", "unknown"),
        (np.random.default_rng(0).bytes(5000), "unknown"),
    ],
)
def test_it_is_told_what_it_is(data: bytes, said: str) -> None:
    found = other_than_onnx(data[:HEAD])
    assert found
    assert said in found.en
    assert not found.ja.isascii()


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_of_torch_is_told_how_to_become_one(zipped: bool) -> None:
    found = other_than_onnx(saved_by_torch(zipped=zipped)[:HEAD])
    assert found
    assert "torch.onnx.export" in found.en


def test_onnx_may_be_onnx() -> None:
    for model in (onnx_files.identity(), onnx_files.weighted(), onnx_files.foreign()):
        assert other_than_onnx(onnx_files.written(model)[:HEAD]) is None


def test_the_reference_detectors_may_be_onnx(shared: Path) -> None:
    files = list((shared / "data" / "faces" / "reference").glob("*.onnx"))
    assert files
    for file in files:
        assert other_than_onnx(file.read_bytes()[:HEAD]) is None
