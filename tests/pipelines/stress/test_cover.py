"""A bar over the eyes or the mouth of every face: where it lies and what it hides."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.frame import Frame, Truth
from pipelines.registry import find
from pipelines.result import Box
from pipelines.sources import demo_reel
from pipelines.stress.cover import MIDDLES, Part, cover

FACE = (20.0, 10.0, 40.0, 50.0)


def frame(*faces: tuple[float, float, float, float], size: tuple[int, int] = (97, 83)) -> Frame:
    image = np.random.default_rng(7).integers(0, 256, (size[1], size[0], 3), np.uint8)
    return Frame.of(image, 0, 0.0, tuple(Truth("face", face) for face in faces))


@pytest.mark.parametrize("part", ["eyes", "mouth"])
def test_the_bar_lies_across_the_part_and_nothing_else_changes(part: Part) -> None:
    given = frame(FACE)
    covered = cover(given, part, 0.2)
    x, y, width, height = map(int, FACE)
    changed = np.argwhere((covered.image != given.image).any(axis=2))
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0) + 1
    assert (left, right) == (x, x + width)
    assert bottom - top == 0.2 * height
    assert (top + bottom) / 2 == pytest.approx(y + MIDDLES[part] * height, abs=0.5)


def test_a_quarter_of_the_face_covers_the_eyes_whether_it_begins_at_the_hair_or_lower() -> None:
    """Where they are is what OpenCV's cascade for eyes says."""
    image, (known,) = demo_reel.frame(75)
    cascade = find("haar-faces")
    found = cascade().process(Frame.of(image, 0, 0.0), cascade.parameters().changed(eyes=True)).marks
    boxes = [mark for mark in found if isinstance(mark, Box)]
    middles = [round(mark.box[1] + mark.box[3] / 2) for mark in boxes if mark.label == "eye"]
    assert len(middles) == 2
    for box in (known.box, boxes[0].box):
        given = Frame.of(image, 0, 0.0, (Truth("face", box),))
        changed = (cover(given, "eyes", 0.25).image != image).any(axis=(1, 2))
        assert changed[middles].all()


def test_the_bar_has_the_mean_colour_of_the_face() -> None:
    given = frame(FACE)
    x, y, width, height = map(int, FACE)
    expected = np.rint(given.image[y : y + height, x : x + width].astype(np.float64).mean(axis=(0, 1)))
    row = round(y + MIDDLES["eyes"] * height)
    assert (cover(given, "eyes", 0.1).image[row, x : x + width] == expected).all()


def test_it_never_leaves_the_face() -> None:
    given = frame(FACE)
    covered = cover(given, "mouth", 1.0)
    x, y, width, height = map(int, FACE)
    inside = np.zeros(given.image.shape[:2], bool)
    inside[y : y + height, x : x + width] = True
    assert (covered.image[~inside] == given.image[~inside]).all()


def test_every_face_gets_one_also_those_that_do_not_count() -> None:
    given = Frame.of(
        np.zeros((60, 90, 3), np.uint8) + np.arange(90, dtype=np.uint8)[None, :, None],
        0,
        0.0,
        (Truth("face", (5, 5, 30, 40)), Truth("face", (50, 5, 30, 40), ignore=True)),
    )
    changed = (cover(given, "eyes", 0.3).image != given.image).any(axis=(0, 2))
    assert changed[5:35].sum() > 20
    assert changed[50:80].sum() > 20


@pytest.mark.parametrize(
    "face", [(-30.0, -20.0, 60.0, 50.0), (80.0, 70.0, 60.0, 50.0), (300.0, 5.0, 9.0, 9.0)]
)
def test_a_face_at_or_beyond_the_edge_is_covered_as_far_as_it_is_seen(
    face: tuple[float, float, float, float],
) -> None:
    assert cover(frame(face), "eyes", 0.6).image.shape == (83, 97, 3)


def test_without_a_bar_the_very_same_frame_comes_back() -> None:
    given = frame(FACE)
    assert cover(given, "eyes", 0.0) is given
    assert cover(frame(), "eyes", 0.5).truth == ()
    assert not cover(given, "eyes", 0.5).image.flags.writeable
    assert cover(given, "eyes", 0.5).truth == given.truth
