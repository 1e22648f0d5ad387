"""A reference must do what the pipeline does, or the ratio says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from desktop.bench.pipelines import SIZES, pictures
from desktop.bench.references import REFERENCES, canny, dog, haar_faces
from pipelines.frame import Frame
from pipelines.pipeline import Pipeline
from pipelines.registry import discover, find
from pipelines.result import Box, Result


@contextmanager
def opened(name: str) -> Iterator[Pipeline]:  # type: ignore[type-arg]
    pipeline = find(name)()
    pipeline.open(1)
    yield pipeline
    pipeline.close()


def result(name: str, frame: Frame) -> Result:
    with opened(name) as pipeline:
        return pipeline.process(frame, pipeline.parameters())


@pytest.fixture(params=SIZES, ids=str)
def frame(request: pytest.FixtureRequest) -> Frame:
    return pictures(request.param, 5)[1]


def test_every_reference_belongs_to_a_pipeline() -> None:
    assert set(REFERENCES) <= set(discover())


def test_dog(frame: Frame) -> None:
    np.testing.assert_array_equal(dog()(frame.image), result("dog", frame).picture)


def test_canny(frame: Frame) -> None:
    np.testing.assert_array_equal(canny()(frame.image), result("canny", frame).picture)


def test_haar_faces(frame: Frame) -> None:
    scale = max(1.0, max(frame.size) / 640)
    expected = sorted(tuple(float(side) * scale for side in box) for box in haar_faces()(frame.image))
    boxes = sorted(mark.box for mark in result("haar-faces", frame).marks if isinstance(mark, Box))
    assert len(boxes) == len(expected)
    np.testing.assert_allclose(boxes, expected, atol=1)


def test_pictures_have_their_size_and_differ() -> None:
    for size in SIZES:
        found = pictures(size, 6)
        assert {frame.size for frame in found} == {size}
        assert len({frame.image.tobytes() for frame in found}) == 6
