from __future__ import annotations

from typing import Any, get_args

import cv2
import numpy as np
import pytest
import skimage.data
import skimage.feature
from numpy.typing import NDArray

from pipelines.classic.feature_points import SHOWN, FeaturePoints, FeaturePointsParameters
from pipelines.frame import Frame, Image
from pipelines.points.detectors import UPRIGHT, Method
from pipelines.result import Lines, Points, Result
from pipelines.two_pictures import GAP

METHODS = get_args(Method)
SCENE: Image = np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])
TURN = np.array([[0.75, -0.25, 140.0], [0.25, 0.75, 20.0], [0.0002, 0.0, 1.0]])
"""A picture that is turned, smaller and tilted."""


def frame(picture: Image, number: int = 0) -> Frame:
    return Frame.of(picture.copy(), number, number / 30)


def turned() -> Image:
    return cv2.warpPerspective(SCENE, TURN, (700, 640)).astype(np.uint8, copy=False)


def figures(result: Result) -> dict[str, float]:
    return {reading.name: reading.value for reading in result.readings}


def found(picture: Image, **values: Any) -> Points:
    result = FeaturePoints().process(frame(picture), FeaturePointsParameters(**values))
    mark = result.marks[0]
    assert isinstance(mark, Points)
    assert figures(result) == {"points": len(mark.points)}
    return mark


def checkerboard() -> Image:
    """Corners at every multiple of 40 but at the edge."""
    y, x = np.mgrid[:240, :320] // 40
    return np.repeat(np.where((x + y) % 2, 220, 40).astype(np.uint8)[:, :, None], 3, axis=2)


@pytest.mark.parametrize("method", ["harris", "shi-tomasi"])
def test_corners_are_where_the_squares_meet(method: Method) -> None:
    points = found(checkerboard(), method=method).points
    expected = np.array([(x, y) for y in range(40, 240, 40) for x in range(40, 320, 40)])

    assert len(points) == len(expected)
    distance = np.hypot(*(expected[:, None] - points[None]).transpose(2, 0, 1))
    assert distance.min(axis=1).max() < 4, "half of what they look at"


def test_fast_corners_are_scikit_images() -> None:
    grey = cv2.cvtColor(SCENE, cv2.COLOR_BGR2GRAY)
    ours = found(SCENE, method="fast", most=3000, strictness=2.0).points - 0.5
    strength = skimage.feature.corner_fast(grey.astype(float), n=9, threshold=20)

    hits = [strength[int(y), int(x)] > 0 for x, y in ours]
    assert len(hits) > 200
    assert np.mean(hits) > 0.99


@pytest.mark.parametrize("method", METHODS)
def test_the_strongest_are_kept_and_a_greater_threshold_leaves_fewer(method: Method) -> None:
    few, many = found(SCENE, method=method, most=50).points, found(SCENE, method=method, most=3000).points

    assert len(few) == 50
    assert {tuple(point) for point in few.tolist()} <= {
        tuple(point) for point in many.tolist()
    } or method in ("orb",)
    assert len(found(SCENE, method=method, most=3000, strictness=5.0).points) < len(many)


@pytest.mark.parametrize("method", METHODS)
def test_size_and_orientation_are_drawn_where_a_method_knows_them(method: Method) -> None:
    result = FeaturePoints().process(frame(SCENE), FeaturePointsParameters(method=method))
    points, lines = result.marks

    assert isinstance(points, Points)
    assert isinstance(lines, Lines)
    assert points.sizes is not None
    assert (points.sizes > 0).all()
    assert len(lines.lines) == (0 if method in UPRIGHT else len(points.points))
    if len(lines.lines):
        length = np.hypot(*(lines.lines[:, 2:] - lines.lines[:, :2]).T)
        np.testing.assert_allclose(length, points.sizes / 2, rtol=1e-3)
    plain = FeaturePoints().process(frame(SCENE), FeaturePointsParameters(method=method, rich=False))
    assert [type(mark) for mark in plain.marks] == [Points]


def test_the_orientation_of_a_point_turns_with_the_picture() -> None:
    picture = np.ascontiguousarray(SCENE[50:250, 130:330])
    right = np.ascontiguousarray(np.rot90(picture, -1))

    def directions(seen: Image) -> NDArray[np.float32]:
        result = FeaturePoints().process(frame(seen), FeaturePointsParameters(method="sift", most=1))
        lines = result.marks[1]
        assert isinstance(lines, Lines)
        return lines.lines[0, 2:] - lines.lines[0, :2]

    (x, y), (x_turned, y_turned) = directions(picture), directions(right)
    assert (x_turned, y_turned) == pytest.approx((-y, x), abs=0.1 * float(np.hypot(x, y)))


@pytest.mark.parametrize("method", METHODS)
def test_a_held_picture_is_found_again(method: Method) -> None:
    """All but the three without orientation also turned, smaller and tilted."""
    pipeline, parameters = FeaturePoints(), FeaturePointsParameters(method=method, match=True, most=1000)
    pipeline.process(frame(SCENE), parameters)
    upright = method in UPRIGHT
    plane = np.array([[1.0, 0, 60], [0, 1.0, 30], [0, 0, 1]]) if upright else TURN
    picture = cv2.warpPerspective(SCENE, plane, (700, 640)).astype(np.uint8, copy=False)

    result = pipeline.process(frame(picture, 1), parameters)

    assert figures(result)["found"] == 1
    assert figures(result)["agreeing"] >= 20
    corners = np.array([[0, 0], [512, 0], [512, 512], [0, 512]], np.float64)
    expected = cv2.perspectiveTransform(corners[:, None], plane)[:, 0] + (512 + GAP, 0)
    (outline,) = (mark for mark in result.marks if mark.role == "second")
    assert isinstance(outline, Lines)
    np.testing.assert_allclose(outline.lines[:, :2], expected, atol=4)


def test_lines_join_the_pairs_that_agree_and_the_pictures_stand_side_by_side() -> None:
    pipeline, parameters = FeaturePoints(), FeaturePointsParameters(match=True)
    pipeline.process(frame(SCENE), parameters)
    result = pipeline.process(frame(turned(), 1), parameters)

    np.testing.assert_array_equal(result.picture[:512, :512], SCENE)
    np.testing.assert_array_equal(result.picture[:, 512 + GAP :], turned())
    (pairs,) = (mark for mark in result.marks if mark.role == "first")
    assert isinstance(pairs, Lines)
    assert SHOWN / 2 < len(pairs.lines) <= SHOWN < figures(result)["agreeing"]
    there = cv2.perspectiveTransform(pairs.lines[:, None, :2].astype(np.float64), TURN)[:, 0]
    miss = np.hypot(*(there + np.array([512 + GAP, 0]) - pairs.lines[:, 2:]).T)
    assert miss.max() < 5


def test_turning_the_match_off_and_on_holds_another_picture() -> None:
    pipeline, on = FeaturePoints(), FeaturePointsParameters(match=True)
    other = np.ascontiguousarray(skimage.data.coffee()[:, :, ::-1])
    pipeline.process(frame(SCENE), on)
    assert figures(pipeline.process(frame(other, 1), on))["found"] == 0

    pipeline.process(frame(other, 2), FeaturePointsParameters())
    result = pipeline.process(frame(other, 3), on)

    assert figures(result)["found"] == 1
    np.testing.assert_array_equal(result.picture[:400, :600], other)


def test_another_method_looks_at_the_same_held_picture() -> None:
    pipeline = FeaturePoints()
    pipeline.process(frame(SCENE), FeaturePointsParameters(match=True))

    result = pipeline.process(frame(turned(), 1), FeaturePointsParameters(match=True, method="sift"))

    np.testing.assert_array_equal(result.picture[:512, :512], SCENE)
    assert figures(result)["found"] == 1


def test_a_stricter_ratio_passes_fewer_pairs() -> None:
    def passed(ratio: float) -> float:
        pipeline, parameters = FeaturePoints(), FeaturePointsParameters(match=True, ratio=ratio)
        pipeline.process(frame(SCENE), parameters)
        return figures(pipeline.process(frame(turned(), 1), parameters))["matches"]

    assert passed(0.5) < passed(0.75) < passed(0.95)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("held", "words"), [(True, "held picture has no points"), (False, "This picture has no")]
)
def test_a_picture_without_points_is_a_sentence_and_the_rest_goes_on(
    method: Method, held: bool, words: str
) -> None:
    pipeline, parameters = FeaturePoints(), FeaturePointsParameters(method=method, match=True)
    empty = np.full((120, 160, 3), 90, np.uint8)
    pipeline.process(frame(empty if held else SCENE), parameters)
    result = pipeline.process(frame(SCENE if held else empty, 1), parameters)

    assert figures(result)["found"] == figures(result)["matches"] == 0
    status = pipeline.status()
    assert status is not None
    assert status.notice is not None
    assert words in status.notice.en

    if not held:
        assert figures(pipeline.process(frame(SCENE, 2), parameters))["found"] == 1
        status = pipeline.status()
        assert status is not None
        assert status.notice is None


def test_points_lie_at_the_middles_of_pixels() -> None:
    """A single dot in the middle of its pixel."""
    picture = np.zeros((101, 101, 3), np.uint8)
    picture[50, 50] = 255
    picture = cv2.GaussianBlur(picture, (0, 0), 3).astype(np.uint8) * 12

    points = found(picture, method="sift", most=1).points

    np.testing.assert_allclose(points[0], (50.5, 50.5), atol=0.1)
