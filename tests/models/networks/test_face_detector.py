"""The network's shapes, its size, and what it says before it has learnt anything."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from models.networks.face_detector import MULTIPLE, STRIDES, FaceDetector  # noqa: E402


@pytest.fixture(scope="module")
def network() -> FaceDetector:
    torch.manual_seed(0)
    made: FaceDetector = FaceDetector().eval()
    return made


@pytest.mark.parametrize("size", [(32, 32), (96, 160), (480, 640)])
def test_each_scale_has_a_cell_for_each_stride(network: FaceDetector, size: tuple[int, int]) -> None:
    with torch.inference_mode():
        scales = network(torch.zeros(2, 3, *size))
    for stride, scale in zip(STRIDES, scales, strict=True):
        assert scale.face.shape == (2, 1, size[0] // stride, size[1] // stride)
        assert scale.box.shape == (2, 4, size[0] // stride, size[1] // stride)
        assert (scale.box[:, 2:] > 0).all()
    assert max(STRIDES) == MULTIPLE


def test_it_has_at_most_a_hundred_thousand_parameters(network: FaceDetector) -> None:
    assert 50_000 < sum(part.numel() for part in network.parameters()) <= 100_000


def test_before_training_it_sees_hardly_any_face(network: FaceDetector) -> None:
    with torch.inference_mode():
        scales = network(torch.rand(1, 3, 128, 128) * 2 - 1)
    assert max(scale.face.sigmoid().max() for scale in scales) < 0.2
