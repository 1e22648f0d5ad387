"""A reference must do what the pipeline does, or the ratio says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.bench.pipelines import SIZES, pictures
from desktop.bench.references import REFERENCES, canny, dog, haar_faces
from pipelines.frame import Frame
from pipelines.pipeline import Pipeline
from pipelines.registry import discover, find
from pipelines.result import Box, Lines, Points, Result
from pipelines.sources import demo_reel


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


@pytest.mark.parametrize("name", ["grey", "laplacian", "sobel", "kernel"])
def test_filters(name: str, frame: Frame) -> None:
    np.testing.assert_array_equal(REFERENCES[name]()(frame.image), result(name, frame).picture)


def test_gabor(frame: Frame) -> None:
    expected = cast(NDArray[np.float32], REFERENCES["gabor"]()(frame.image))
    with opened("gabor") as pipeline:
        shown = pipeline.process(frame, pipeline.parameters(view="strength", gain=1.0)).picture
    inside = np.s_[60:-60, 60:-60]
    assert np.abs(shown - expected)[inside].max() < 0.04 * expected.max()
    assert np.abs(shown - expected)[inside].mean() < 0.5


def test_contours(frame: Frame) -> None:
    outlines = cast(Sequence[NDArray[np.int32]], REFERENCES["contours"]()(frame.image))
    drawn = [mark for mark in result("contours", frame).marks if isinstance(mark, Lines)]
    assert sum(len(mark.lines) for mark in drawn) == pytest.approx(sum(map(len, outlines)), rel=0.01)


def test_hog(frame: Frame) -> None:
    """Their lines are hard and ours soft, and the bare calls round angles to a third of a degree."""
    bare, ours = REFERENCES["hog"]()(frame.image), result("hog", frame).picture
    assert np.corrcoef(cast(NDArray[np.uint8], bare).ravel(), ours.ravel())[0, 1] > 0.85


def test_feature_points(frame: Frame) -> None:
    expected = cast(Sequence[cv2.KeyPoint], REFERENCES["feature-points"]()(frame.image))
    found = next(mark for mark in result("feature-points", frame).marks if isinstance(mark, Points))
    assert {tuple(point) for point in (found.points - 0.5).tolist()} == {key.pt for key in expected}


def test_retina(frame: Frame) -> None:
    """Another log-polar map, of about the same numbers; the picture brought back is about as good."""
    width, height = frame.size
    bare = cast(NDArray[np.uint8], REFERENCES["retina"]()(frame.image))
    ours = result("retina", frame).picture
    middle = np.s_[height // 2 - 30 : height // 2 + 30, width // 2 - 30 : width // 2 + 30]
    for picture in (bare[:, :width], ours[:height, :width]):
        assert np.abs(picture[middle].astype(int) - frame.image[middle]).mean() < 6


def test_motion() -> None:
    """Two frames of one take: what moves is as bright as ours says."""
    frames = [Frame.of(demo_reel.frame(number)[0], number, number / 30) for number in (70, 76)]
    run = REFERENCES["motion"]()
    with opened("motion") as pipeline:
        parameters = pipeline.parameters()
        pipeline.process(frames[0], parameters)
        found = pipeline.process(frames[1], parameters).picture.max(axis=2)
    run(frames[0].image)
    expected = cast(NDArray[np.uint8], run(frames[1].image)).max(axis=2)
    # ours is in pixels a frame, of which six went by, and shows the root of it
    root = np.sqrt(expected.astype(float) / 255 / 6).clip(0, 1)
    moving = (expected > 20) & (expected < 250)
    assert np.corrcoef(root[moving], found[moving])[0, 1] > 0.9


def test_pictures_have_their_size_and_differ() -> None:
    for size in SIZES:
        found = pictures(size, 6)
        assert {frame.size for frame in found} == {size}
        assert len({frame.image.tobytes() for frame in found}) == 6
