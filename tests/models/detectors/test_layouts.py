"""Each layout is recognised and decoded: by OpenCV's own decoder, or by hand."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from models.detectors.finder import FaceFinder
from models.detectors.ours import SIGNATURE, Ours
from models.detectors.recognise import layout_of
from models.detectors.ultra_light import UltraLight
from models.detectors.yunet import YuNet
from models.errors import ModelError
from models.runtimes.network import Picture, Signature, Tensor
from tests.models.detectors import made


def noise(height: int, width: int) -> Picture:
    picture: Picture = np.random.default_rng(5).integers(0, 256, (height, width, 3)).astype(np.uint8)
    return picture


@pytest.mark.parametrize("size", [(128, 192), (100, 150)], ids=["whole", "padded"])
def test_yunet_is_decoded_as_opencv_does(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(YuNet, "overlap", 1.0)  # nothing is suppressed here, and nothing there
    path = made.write(tmp_path / "yunet.onnx", made.yunet())
    image = noise(*size)
    padded = cv2.copyMakeBorder(image, 0, -size[0] % 32, 0, -size[1] % 32, cv2.BORDER_CONSTANT, value=0)
    judge = cv2.FaceDetectorYN.create(str(path), "", padded.shape[1::-1], 0.6, 1.0, 5000)
    _, expected = judge.detect(padded)
    x, y, width, height, score = expected[:, [0, 1, 2, 3, 14]].T
    left, top = x.clip(0), y.clip(0)
    right, bottom = (x + width).clip(max=size[1]), (y + height).clip(max=size[0])
    seen = (right - left >= 1) & (bottom - top >= 1)
    expected = np.stack([left, top, right - left, bottom - top, score], 1)[seen]
    finder = FaceFinder(path, "cpu")
    found = finder.find(image, 0.6, 640)
    finder.close()

    assert 20 < len(expected) < 300
    assert found.cells >= len(found.boxes) == len(expected)
    order = np.lexsort(expected[:, :2].T)
    mine = np.concatenate([found.boxes, found.scores[:, None]], 1)
    np.testing.assert_allclose(mine[np.lexsort(mine[:, :2].T)], expected[order], atol=2e-3)


def test_yunets_heat_is_its_score(tmp_path: Path) -> None:
    finder = FaceFinder(made.write(tmp_path / "yunet.onnx", made.yunet()), "cpu")
    found = finder.find(noise(128, 192), 0.6, 640, heat=True)
    finder.close()
    assert [heat.map.shape for heat in found.heat] == [(16, 24), (8, 12), (4, 6)]
    assert found.cells == sum(int((heat.map >= 0.6).sum()) for heat in found.heat)
    assert max(heat.map.max() for heat in found.heat) == pytest.approx(found.scores[0])


def test_ultra_light_is_stretched_and_its_boxes_are_relative(tmp_path: Path) -> None:
    scores, boxes = np.zeros((4420, 2)), np.zeros((4420, 4))
    first_of_16 = 40 * 30 * 3
    cell = first_of_16 + (7 * 20 + 12) * 2 + 1  # row 7, column 12, the second anchor
    scores[cell], boxes[cell] = (0.1, 0.9), (0.25, 0.5, 0.5, 1.0)
    finder = FaceFinder(made.write(tmp_path / "u.onnx", made.ultra_light(scores, boxes)), "cpu")
    found = finder.find(noise(600, 400), 0.5, 640, heat=True)
    finder.close()
    np.testing.assert_allclose(found.boxes, [[100, 300, 100, 300]], atol=1e-3)
    np.testing.assert_allclose(found.scores, [0.9])
    assert [heat.map.shape for heat in found.heat] == [(30, 40), (15, 20), (8, 10), (4, 5)]
    assert np.argwhere(found.heat[1].map > 0.5).tolist() == [[7, 12]]
    assert (found.heat[2].across, found.heat[2].down) == (10, 7.5)


def test_ultra_lights_picture_goes_in_as_its_authors_say(tmp_path: Path) -> None:
    path = made.write(tmp_path / "u.onnx", made.ultra_light(np.zeros((4420, 2)), np.zeros((4420, 4))))
    finder = FaceFinder(path, "cpu")
    image = np.zeros((240, 320, 3), np.uint8)
    image[..., 2] = 255
    values = finder._network.through(lambda network: network.values(image).copy())
    finder.close()
    np.testing.assert_allclose(values[0, :, 0, 0], [1.0, -127 / 128, -127 / 128])


# --- recognition


def test_ours_is_what_is_exported() -> None:
    assert isinstance(layout_of(SIGNATURE, "x"), Ours)


@pytest.mark.parametrize(
    "change",
    [
        lambda inputs, outputs: (inputs, outputs[:-1]),
        lambda inputs, outputs: (inputs, (*outputs[:-1], Tensor("box_32", (None, 5, None, None)))),
        lambda inputs, outputs: ((*inputs, inputs[0]), outputs),
        lambda inputs, outputs: ((Tensor("picture", (None, 1, None, None)),), outputs),
    ],
    ids=["an output less", "five sides", "two inputs", "grey"],
)
def test_what_is_nearly_ours_is_not(change: object) -> None:
    inputs, outputs = change(*SIGNATURE)  # type: ignore[operator]
    with pytest.raises(ModelError):
        layout_of(Signature(inputs, outputs), "x")


def test_a_stranger_is_refused_with_what_was_expected_and_found() -> None:
    stranger = Signature((Tensor("images", (1, 3, 640, 640)),), (Tensor("output0", (1, 84, None)),))
    with pytest.raises(ModelError) as refused:
        layout_of(stranger, "yolo.onnx")
    for words in refused.value.text:
        assert "yolo.onnx" in words
        assert "images (1 × 3 × 640 × 640) → output0 (1 × 84 × ?)" in words
        for expected in ("face_8", "cls_8", "scores (1 × n × 2)"):
            assert expected in words


def test_ultra_light_with_other_anchors_is_not_read_wrongly() -> None:
    outputs = (Tensor("scores", (1, 1000, 2)), Tensor("boxes", (1, 1000, 4)))
    assert not UltraLight().fits(Signature((Tensor("input", (1, 3, 240, 320)),), outputs))
