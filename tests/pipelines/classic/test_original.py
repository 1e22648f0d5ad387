from __future__ import annotations

import numpy as np

from pipelines.classic.original import Original
from pipelines.frame import Frame
from pipelines.pipeline import Nothing


def test_it_is_the_frames_own_picture_with_its_size() -> None:
    frame = Frame.of(np.zeros((37, 53, 3), np.uint8), 0, 0.0)

    result = Original().process(frame, Nothing())

    assert result.picture is frame.image
    assert {reading.name: (reading.value, reading.unit) for reading in result.readings} == {
        "width": (53, "px"),
        "height": (37, "px"),
    }
