"""What follows on what: frames that come again, gaps, jumps, other sources, cuts."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from pipelines.frame import Frame, Image
from pipelines.result import Box
from pipelines.tracking.story import GAP, Story

FACE = Box((100, 100, 60, 60), "face", 0.9)
OTHER = Box((300, 100, 60, 60), "face", 0.8)
SIZE = (400, 300)


def picture(image: Image) -> Image:
    return np.asarray(cv2.resize(image, SIZE), np.uint8)


COFFEE: Image = picture(skimage.data.coffee())
CAT: Image = picture(skimage.data.chelsea())


def frame(number: int, image: Image = COFFEE) -> Frame:
    return Frame.of(image.copy(), number, number / 30)


@pytest.fixture
def three() -> Story:
    """After three looks at one face."""
    story = Story()
    for number in range(3):
        story = story.told(frame(number), [FACE], SIZE)
    return story


def numbers(story: Story) -> dict[int, int]:
    return story.now.tracks.numbers()


def same(one: Story, other: Story) -> bool:
    return (
        one.now.tracks.things == other.now.tracks.things
        and one.now.counts == other.now.counts
        and np.array_equal(one.now.tracks.motion.boxes, other.now.tracks.motion.boxes)
    )


def test_the_same_frame_again_changes_nothing(three: Story) -> None:
    again = three
    for _ in range(5):
        again = again.told(frame(2), [FACE], SIZE)

    assert same(again, three)
    assert same(again.told(frame(3), [FACE], SIZE), three.told(frame(3), [FACE], SIZE))


def test_a_still_picture_is_seen_anew_with_another_threshold(three: Story) -> None:
    without = three.told(frame(2), [], SIZE)
    assert len(without.now.tracks.ghosts()) == 1
    assert without.now.counts[-1].losses == 1
    assert len(without.now.counts) == 3

    assert same(without.told(frame(2), [FACE], SIZE), three)


@pytest.mark.parametrize("number", [3, 10, 2 + GAP])
def test_frames_may_be_left_out(number: int, three: Story) -> None:
    story = three.told(frame(number), [FACE, OTHER], SIZE)

    assert numbers(story) == {0: 1}
    assert len(story.now.counts) == 4


@pytest.mark.parametrize(
    ("number", "image", "size"),
    [
        pytest.param(1, COFFEE, SIZE, id="another source, or one that began again"),
        pytest.param(3 + GAP, COFFEE, SIZE, id="a long pause"),
        pytest.param(3, CAT, SIZE, id="a cut, or a place that was sought"),
        pytest.param(3, COFFEE, (200, 150), id="a picture of another size"),
    ],
)
def test_after_a_jump_everything_begins_anew(
    number: int, image: Image, size: tuple[int, int], three: Story
) -> None:
    jumped = frame(number, image)
    story = three.told(jumped, [OTHER, FACE], size)

    assert numbers(story) == {0: 2, 1: 1}
    assert story.now.tracks.ghosts() == ()
    assert len(story.now.counts) == 1
    assert same(story.told(jumped, [OTHER, FACE], size), story)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(COFFEE // 3, id="darker"),
        pytest.param(255 - COFFEE, id="its negative"),
        pytest.param(np.roll(COFFEE, 12, 1), id="a camera that moves"),
        pytest.param(np.full_like(COFFEE, 128), id="nothing at all"),
        pytest.param(np.asarray(cv2.GaussianBlur(COFFEE, (0, 0), 15), np.uint8), id="blurred"),
    ],
)
def test_light_and_motion_are_no_cut(changed: Image, three: Story) -> None:
    story = three.told(frame(3, changed), [FACE], SIZE)

    assert numbers(story) == {0: 1}
    assert len(story.now.counts) == 4
