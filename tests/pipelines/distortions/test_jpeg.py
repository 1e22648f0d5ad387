from __future__ import annotations

import io

import numpy as np
import PIL.Image
import pytest
from skimage import data

from pipelines.distortions.jpeg import packed
from pipelines.frame import Image

PHOTOGRAPH = np.ascontiguousarray(data.astronaut()[..., ::-1])


def by_pillow(image: Image, quality: int) -> Image:
    file = io.BytesIO()
    PIL.Image.fromarray(image[..., ::-1]).save(file, "JPEG", quality=quality, subsampling="4:2:0")
    return np.asarray(PIL.Image.open(file))[..., ::-1]


@pytest.mark.parametrize("strength", [1, 30, 70, 95])
def test_strength_is_the_quality_that_is_lost(strength: int) -> None:
    made = packed(PHOTOGRAPH, strength).astype(float)
    assert np.abs(made - by_pillow(PHOTOGRAPH, 100 - strength)).mean() < 0.5


def test_the_stronger_the_worse() -> None:
    lost = [np.abs(packed(PHOTOGRAPH, s).astype(float) - PHOTOGRAPH).mean() for s in (0, 1, 20, 60, 90, 100)]
    assert lost == sorted(lost)
    assert lost[0] == 0
    assert lost[-1] > 4 * lost[1]
