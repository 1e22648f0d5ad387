"""The network whose exported forms are looked at."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def detector() -> Any:
    """Untrained, its normalisation unlike the neutral one that it begins with."""
    torch = pytest.importorskip("torch")
    from models.networks.face_detector import FaceDetector

    torch.manual_seed(3)
    made = FaceDetector()
    made.train()
    with torch.no_grad():
        for _ in range(3):
            made(torch.randn(4, 3, 64, 64) * 0.6 + 0.2)
    return made.eval()
