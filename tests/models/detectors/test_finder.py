"""FaceFinder: pictures of any size in, boxes in their pixels out; files that are no detectors are refused."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("onnxruntime")
onnx = pytest.importorskip("onnx")

from models.detectors import finder as module  # noqa: E402
from models.detectors.finder import FaceFinder  # noqa: E402
from models.errors import ModelError  # noqa: E402
from models.runtimes.network import Picture  # noqa: E402
from models.shipped import SHIPPED  # noqa: E402
from tests.models.detectors import made  # noqa: E402

ASTRONAUT = (180, 65, 88, 108)
"""x, y, width, height of the face."""


@pytest.fixture
def light(tmp_path: Path) -> Path:
    return made.write(tmp_path / "light.onnx", made.ours())


def lit(height: int, width: int, x: int, y: int, side: int) -> Picture:
    picture = np.zeros((height, width, 3), np.uint8)
    picture[y : y + side, x : x + side] = 255
    return picture


def test_a_cell_that_is_sure_gives_its_box_and_its_score(light: Path) -> None:
    finder = FaceFinder(light, "cpu")
    found = finder.find(lit(96, 96, 32, 64, 8), 0.9, 640, heat=True)
    assert found.cells == 1
    np.testing.assert_allclose(found.boxes, [[28, 60, 16, 16]])
    np.testing.assert_allclose(found.scores, [1.0], rtol=1e-6)
    assert [heat.stride for heat in found.heat] == [8, 16, 32]
    assert np.argwhere(found.heat[0].map > 0.9).tolist() == [[8, 4]]
    assert found.heat[1].map[4, 2] == pytest.approx(1 / 4)
    assert found.heat[2].map[2, 1] == pytest.approx(1 / 16)
    assert finder.find(lit(96, 96, 32, 64, 8), 0.9, 640).heat == ()
    finder.close()


def test_a_large_picture_is_shrunk_and_boxes_are_in_its_own_pixels(light: Path) -> None:
    finder = FaceFinder(light, "cpu")
    found = finder.find(lit(192, 288, 96, 96, 24), 0.9, 96, heat=True)  # a third of it: 64 × 96
    finder.close()
    np.testing.assert_allclose(found.boxes, [[84, 84, 48, 48]], atol=1e-4)
    assert (found.heat[0].across, found.heat[0].down) == (12, 8)


def test_boxes_end_at_the_edge_of_the_picture(light: Path) -> None:
    finder = FaceFinder(light, "cpu")
    found = finder.find(lit(40, 50, 0, 0, 8), 0.9, 640)
    finder.close()
    np.testing.assert_allclose(found.boxes, [[0, 0, 12, 12]])


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (33, 31)])
def test_the_shipped_network_takes_any_size(size: tuple[int, int]) -> None:
    finder = FaceFinder(SHIPPED / "face-detector.onnx", "cpu")
    found = finder.find(np.full((*size, 3), 128, np.uint8), 0.0, 320)
    finder.close()
    assert found.boxes.shape == (len(found.scores), 4)
    assert (found.boxes[:, 2:] > 0).all()


@pytest.mark.parametrize("size", [(512, 512), (300, 480)])
def test_the_shipped_network_finds_an_obvious_face(size: tuple[int, int]) -> None:
    image = np.asarray(cv2.resize(made.astronaut(), size), np.uint8)
    finder = FaceFinder(SHIPPED / "face-detector.onnx", "cpu")
    found = finder.find(image, 0.1, 640)
    finder.close()
    x, y, width, height = np.array(ASTRONAUT) * np.tile(np.array(size) / 512, 2)
    middles = found.boxes[:, :2] + found.boxes[:, 2:] / 2
    inside = (np.abs(middles - [x + width / 2, y + height / 2]) < [width / 3, height / 3]).all(1)
    assert inside.any()
    near = found.boxes[inside][0]
    assert width / 2 < near[2] < 1.8 * width


def test_it_may_be_closed_twice(light: Path) -> None:
    finder = FaceFinder(light, "cpu")
    finder.close()
    finder.close()


# --- files that are no detectors


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_a_file_that_is_cut_is_refused(tmp_path: Path, share: float) -> None:
    data = (SHIPPED / "face-detector.onnx").read_bytes()
    cut = tmp_path / "切れた.onnx"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ModelError, match=r"切れた\.onnx is not an ONNX network|no face detector"):
        FaceFinder(cut)


def test_a_text_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.onnx"
    text.write_text("This is no network. " * 99)
    for path in (text, tmp_path / "missing.onnx"):
        with pytest.raises(ModelError, match="is not an ONNX network that can be read"):
            FaceFinder(path)


def test_another_network_is_refused_by_its_outputs(tmp_path: Path) -> None:
    model = made.ours()
    model.graph.output[0].name = model.graph.node[0].output[0] = "else"
    path = made.write(tmp_path / "other.onnx", model)
    with pytest.raises(ModelError, match=r"other\.onnx is no face detector .* else \(1 × 1 × 12 × 12\)"):
        FaceFinder(path)


# --- without ONNX Runtime


def test_without_onnx_runtime_torch_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch")
    image = made.astronaut()
    path = SHIPPED / "face-detector.onnx"
    with_onnx = FaceFinder(path, "cpu")
    monkeypatch.setattr(module, "is_installed", lambda name: name == "torch")
    without = FaceFinder(path, "torch-cpu")
    one, other = (finder.find(image, 0.05, 320) for finder in (with_onnx, without))
    assert without.device.name == "torch-cpu"
    np.testing.assert_allclose(one.scores, other.scores, atol=1e-4)
    np.testing.assert_allclose(one.boxes, other.boxes, atol=1e-2)
    for finder in (with_onnx, without):
        finder.close()


def test_without_both_it_says_what_is_missing(light: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_installed", lambda _name: False)
    with pytest.raises(ModelError, match="neither is installed"):
        FaceFinder(light)
