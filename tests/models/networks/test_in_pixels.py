"""Pixels in, pixels out: the same numbers as the decoding of the training."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from models.networks.face_detector import FaceDetector  # noqa: E402
from models.networks.in_pixels import InPixels  # noqa: E402
from models.networks.weights import as_safetensors  # noqa: E402
from models.training.faces.targets import cells_of  # noqa: E402


@pytest.mark.parametrize("size", [(32, 32), (96, 160)])
def test_it_gives_in_pixels_what_the_training_decodes(detector: FaceDetector, size: tuple[int, int]) -> None:
    pictures = torch.randint(0, 256, (2, 3, *size)).float()
    with torch.inference_mode():
        cells = cells_of(detector(pictures / 127.5 - 1))
        found = InPixels(detector)(pictures)
    faces = torch.cat([face.flatten(1) for face in found[:3]], 1)
    boxes = torch.cat([box.flatten(2).transpose(1, 2) for box in found[3:]], 1)
    torch.testing.assert_close(faces, cells.faces.sigmoid(), atol=1e-5, rtol=0)
    torch.testing.assert_close(boxes, cells.boxes, atol=1e-3, rtol=1e-4)


def test_the_detector_it_is_made_of_stays_as_it_was(detector: FaceDetector) -> None:
    before = as_safetensors(detector)
    InPixels(detector)
    assert as_safetensors(detector) == before
