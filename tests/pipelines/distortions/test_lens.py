from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from skimage import data

from pipelines.distortions.lens import blurred
from pipelines.frame import Image

PICTURES = {
    "photograph": np.ascontiguousarray(data.astronaut()[100:401, 50:453, ::-1]),
    "noise": np.random.default_rng(0).integers(0, 256, (151, 203, 3), np.uint8),
}


@pytest.mark.parametrize("image", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("sigma", [0.5, 1.0, 3.9, 4.0, 7.9, 8.0, 15.9, 16.0, 20.0])
def test_it_is_scipys_gaussian(image: Image, sigma: float) -> None:
    """Within a level where it is reckoned as it stands; within four where in a shrunk picture."""
    expected = [
        ndimage.gaussian_filter(channel.astype(float), sigma, mode="mirror")
        for channel in np.moveaxis(image, 2, 0)
    ]
    wrong = np.abs(blurred(image, sigma) - np.stack(expected, 2))
    assert wrong.max() <= (2.0 if sigma < 4 else 4.0)
    assert wrong.mean() < 0.7


@pytest.mark.parametrize("sigma", [2.0, 5.0, 10.0, 20.0])
def test_an_edge_becomes_as_soft_as_asked(sigma: float) -> None:
    """The slope of a blurred step is the Gaussian itself: its spread is σ."""
    edge = np.zeros((9, 400, 3), np.uint8)
    edge[:, 200:] = 255
    slope = np.diff(blurred(edge, sigma)[4, :, 0].astype(float))
    place = np.arange(len(slope)) - 199
    assert (slope * place).sum() / slope.sum() == pytest.approx(0, abs=0.1)
    assert np.sqrt((slope * place**2).sum() / slope.sum()) == pytest.approx(sigma, rel=0.04)
