from __future__ import annotations

import numpy as np
import pytest

from pipelines.distortions.bar import covered

WHITE = np.full((100, 30, 3), 255, np.uint8)


@pytest.mark.parametrize(
    ("share", "position", "rows"),
    [
        (0.2, 0.5, range(40, 60)),
        (0.2, 0.0, range(20)),
        (0.2, 1.0, range(80, 100)),
        (0.5, 0.25, range(12, 62)),
        (1.0, 0.3, range(100)),
        (0.004, 0.5, range(0)),
    ],
)
def test_it_covers_its_share_and_stays_inside(share: float, position: float, rows: range) -> None:
    made = covered(WHITE, share, position)
    assert np.flatnonzero((made == 0).all((1, 2))).tolist() == list(rows)
    assert (np.delete(made, rows, 0) == 255).all()
