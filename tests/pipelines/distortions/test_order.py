"""What `distort` promises of every distortion and of all together."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from pipelines.distortions import Distortions, distort
from pipelines.frame import Frame, Image, Truth

ENDS = [
    (spec.name, value)
    for spec in Distortions.specs()
    for value in ((False, True) if spec.kind == "bool" else (spec.knob.minimum, spec.knob.maximum))
]
STRONG: dict[str, Any] = {
    "rotation": 30.0,
    "scale": 0.7,
    "brightness": 40.0,
    "contrast": 0.5,
    "invert": True,
    "blur": 3.0,
    "resolution": 0.3,
    "noise": 20.0,
    "jpeg": 90,
    "bar": 0.2,
}
SHAPES = [(48, 64), (1, 1), (37, 53), (5, 900), (900, 3)]


def astronaut(number: int = 0) -> Frame:
    return Frame.of(data.astronaut()[..., ::-1].copy(), number, 12.5, (Truth("face", (160, 60, 120, 150)),))


def random(shape: tuple[int, int]) -> Frame:
    return Frame.of(np.random.default_rng(3).integers(0, 256, (*shape, 3), np.uint8), 3, 1.0)


def test_without_effect_the_frame_itself_comes_back() -> None:
    frame = astronaut()
    assert distort(frame, Distortions()) is frame
    assert distort(frame, Distortions(bar_position=0.9)) is frame, "a bar without height"


@pytest.mark.parametrize("name", STRONG)
def test_each_distortion_has_an_effect_of_its_own(name: str) -> None:
    frame = astronaut()
    made = distort(frame, Distortions(**{name: STRONG[name]}))
    assert np.abs(made.image.astype(int) - frame.image).mean() > 3
    assert Distortions(**{name: STRONG[name]}).neutral is False


def test_the_examples_name_every_distortion() -> None:
    assert {*STRONG, "bar_position"} == {spec.name for spec in Distortions.specs()}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("name", "value"), ENDS)
def test_both_ends_work_on_pictures_of_every_shape(name: str, value: float, shape: tuple[int, int]) -> None:
    frame = random(shape)
    before = frame.image.copy()
    made = distort(frame, Distortions(bar=0.5).changed(**{name: value}))
    assert made.image.shape == frame.image.shape
    assert made.image.dtype == np.uint8
    assert made.image.flags.c_contiguous
    assert not made.image.flags.writeable
    assert (made.number, made.captured) == (frame.number, frame.captured)
    np.testing.assert_array_equal(frame.image, before)


def test_a_frame_gives_the_same_again_and_the_next_one_other_noise() -> None:
    strong = Distortions(**STRONG)
    first = distort(astronaut(7), strong).image
    np.testing.assert_array_equal(distort(astronaut(7), strong).image, first)
    assert (distort(astronaut(8), strong).image != first).mean() > 0.2


def test_the_bar_turns_with_the_scene() -> None:
    made = distort(
        Frame.of(np.full((101, 101, 3), 200, np.uint8), 0, 0.0), Distortions(bar=0.21, rotation=90.0)
    )
    assert not made.image[:, 42:59].any(), "upright now"
    assert (made.image[:, :38] == 200).all()


def test_blur_does_not_smear_the_noise() -> None:
    grey = Frame.of(np.full((200, 200, 3), 128, np.uint8), 0, 0.0)
    np.testing.assert_array_equal(
        distort(grey, Distortions(noise=10.0, blur=5.0)).image, distort(grey, Distortions(noise=10.0)).image
    )


def test_overexposure_is_not_smeared() -> None:
    """A sharp edge that is blurred and then overexposed is steep, and white to the end."""
    edge = np.full((64, 64, 3), 100, np.uint8)
    edge[:, 32:] = 200
    made = distort(Frame.of(edge, 0, 0.0), Distortions(blur=3.0, contrast=3.0)).image[32, :, 0].astype(float)
    blurred = cv2.GaussianBlur(edge, (0, 0), 3.0)[32, :, 0].astype(float)
    np.testing.assert_allclose(made, ((blurred - 127.5) * 3 + 127.5).clip(0, 255), atol=1)


def test_jpeg_packs_the_noise() -> None:
    noisy = distort(astronaut(), Distortions(noise=30.0)).image
    expected = _packed(noisy, 20)
    np.testing.assert_array_equal(distort(astronaut(), Distortions(noise=30.0, jpeg=80)).image, expected)


def _packed(image: Image, quality: int) -> Image:
    coded = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)  # type: ignore[return-value]
