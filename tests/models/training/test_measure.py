"""What the network is given when it is measured."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

from models.training.faces.measure import network_input


def test_the_input_is_shrunk_padded_and_from_minus_one_to_one() -> None:
    image = np.full((100, 300, 3), 255, np.uint8)
    given, factor = network_input(image, 150)
    assert factor == 0.5
    assert given.shape == (1, 3, 64, 160)
    assert given[0, :, :50, :150].min() == pytest.approx(1.0)
    assert given[0, :, 50:].max() == pytest.approx(-1.0)
    assert network_input(image, 600)[1] == 1.0
