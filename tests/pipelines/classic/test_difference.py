"""Two pictures of one frame, subtracted; against NumPy."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.errors import PipelineError
from models.text import Text
from pipelines import signs
from pipelines.classic.difference import Difference, DifferenceParameters
from pipelines.frame import Frame, Image
from pipelines.onlooker import Seen
from pipelines.registry import find
from pipelines.result import Result

Floats = NDArray[np.float64]
RANDOM = np.random.default_rng(5)
COLOUR: Image = RANDOM.integers(0, 256, (48, 64, 3), dtype=np.uint8)
GREY: Image = RANDOM.integers(0, 256, (48, 64), dtype=np.uint8)
FRAME = Frame.of(COLOUR, 0, 0.0)


def seen(number: int, result: Result | Text) -> Seen:
    return Seen(number - 1, Text("picture", "画像"), result)


def compared(first: Result, second: Result, **values: object) -> Result:
    parameters = DifferenceParameters().changed(**values)
    return Difference().compare(FRAME, (seen(1, first), seen(2, second)), parameters)


def readings(result: Result) -> dict[str, float]:
    return {reading.name: reading.value for reading in result.readings}


def luma(image: Image) -> Floats:
    bright: Floats = np.rint(image @ np.array([0.114, 0.587, 0.299]))
    return bright


@pytest.mark.parametrize("gain", [1.0, 3.0])
def test_which_is_brighter_is_seen_in_colour_and_told_in_levels(gain: float) -> None:
    result = compared(Result(GREY), Result(COLOUR), gain=gain)

    wanted = GREY.astype(float) - luma(COLOUR)
    told = readings(result)
    assert told["mean"] == pytest.approx(np.abs(wanted).mean(), abs=0.5)
    assert told["greatest"] == pytest.approx(np.abs(wanted).max(), abs=1)
    assert told["differing"] == pytest.approx(100 * (np.abs(wanted) > 10).mean(), abs=1.5)
    shown = signs.numbers(result.picture.reshape(-1, 3)).reshape(48, 64)
    np.testing.assert_allclose(shown, (wanted * gain).clip(-255, 255), atol=2.5 + gain)
    assert result.signed
    assert [key.colour for key in result.legend] == [signs.ORANGE, signs.BLUE]
    assert "1 picture" in result.legend[0].title.en


def test_how_much_is_shown_without_signs() -> None:
    result = compared(Result(GREY), Result(COLOUR), view="absolute")

    sizes = np.abs(GREY.astype(float) - luma(COLOUR))
    np.testing.assert_allclose(result.picture, inferno(sizes), atol=6)
    assert readings(result)["mean"] == pytest.approx(sizes.mean(), abs=0.5)
    assert [key.title.en for key in result.legend] == ["0", "64", "128", "191", "255 or more"]


def test_colours_of_one_brightness_differ_by_colour() -> None:
    blue = np.zeros((48, 64, 3), np.uint8)
    grey = np.zeros((48, 64, 3), np.uint8)
    blue[:], grey[:] = (255, 0, 0), 29
    by_colour = readings(compared(Result(blue), Result(grey), view="colour"))
    assert by_colour["greatest"] == 226
    assert readings(compared(Result(blue), Result(grey), view="absolute"))["greatest"] == 0
    channels = np.abs(COLOUR.astype(int) - GREY[..., None].astype(int)).max(axis=2)
    told = readings(compared(Result(COLOUR), Result(GREY), view="colour"))
    assert told["mean"] == pytest.approx(channels.mean())


def test_colours_that_stand_for_signs_are_taken_for_their_numbers() -> None:
    """ON and OFF of one strength are as bright, and differ by twice that."""
    table = signs.colours("both")[:, 0]
    level = RANDOM.integers(1, 256, (48, 64))
    result = compared(Result(table[level], signed=True), Result(table[256 - level], signed=True), gain=0.5)

    wanted = 2 * (level - 128) / 127 * 255
    assert readings(result)["mean"] == pytest.approx(np.abs(wanted).mean(), abs=1)
    assert readings(result)["greatest"] == 510


def test_one_and_the_same_leaves_nothing() -> None:
    result = compared(Result(COLOUR), Result(COLOUR))
    assert not result.picture.any()
    assert set(readings(result).values()) == {0}


def test_a_part_that_shows_the_frame_is_compared_in_the_frames_size() -> None:
    """A picture beside another one, and one of half the size."""
    small = cv2.resize(GREY, (32, 24), interpolation=cv2.INTER_AREA)
    picture = np.full((60, 200), 9, np.uint8)
    picture[4:28, 100:132] = small
    smooth = cast(Image, cv2.resize(small, (64, 48), interpolation=cv2.INTER_LINEAR))
    result = compared(Result(picture, shows=(100, 4, 32, 24)), Result(smooth))
    assert result.picture.shape == (48, 64, 3)
    assert readings(result)["greatest"] == 0


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Result(np.zeros((50, 50), np.uint8)), "something else at each place"),
        (Result(GREY, shows="other"), "something else at each place"),
        (Text("It is broken.", "壊れています。"), "no picture to compare"),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(other: Result | Text, words: str) -> None:
    with pytest.raises(PipelineError, match="2 picture") as refused:
        Difference().compare(FRAME, (seen(1, Result(GREY)), seen(2, other)), DifferenceParameters())
    assert words in refused.value.text.en


def looks_at(own: int, *lanes: str, **values: object) -> tuple[int | None, ...]:
    kinds = [find(name) for name in lanes]
    return Difference.looks_at(DifferenceParameters().changed(**values), kinds, own)


def test_it_chooses_by_itself_and_never_itself() -> None:
    assert looks_at(3, "dog", "canny", "grey", "difference") == (0, 1)
    assert looks_at(0, "difference", "canny", "grey", "dog") == (1, 2)
    assert looks_at(1, "dog", "difference", "difference", "canny") == (0, 3)
    assert looks_at(1, "dog", "difference") == (0, None), "and the camera's picture"
    assert looks_at(3, "dog", "canny", "grey", "difference", first="2") == (1, 0)
    assert looks_at(3, "dog", "canny", "grey", "difference", second="1") == (1, 0)
    assert looks_at(2, "dog", "canny", "difference", first="camera", second="2") == (None, 1)


@pytest.mark.parametrize(
    ("lanes", "own", "values", "words"),
    [
        (("difference",), 0, {}, "no other lane"),
        (("difference", "difference"), 0, {}, "no other lane"),
        (("dog", "difference"), 1, {"second": "2"}, "this lane itself"),
        (("dog", "difference"), 1, {"second": "4"}, "no lane 4"),
        (("dog", "difference", "difference"), 2, {"first": "2"}, "Lane 2 itself compares"),
        (("dog", "canny", "difference"), 2, {"first": "2", "second": "2"}, "same is chosen twice"),
        (("dog", "difference"), 1, {"first": "camera", "second": "camera"}, "same is chosen twice"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    lanes: tuple[str, ...], own: int, values: dict[str, object], words: str
) -> None:
    with pytest.raises(PipelineError) as refused:
        looks_at(own, *lanes, **values)
    assert words in refused.value.text.en


def test_alone_it_says_what_it_needs() -> None:
    with pytest.raises(PipelineError, match="other lanes"):
        Difference().process(FRAME, DifferenceParameters())


def inferno(sizes: Floats) -> Image:
    return cast(Image, cv2.applyColorMap(np.rint(sizes).astype(np.uint8), cv2.COLORMAP_INFERNO))
