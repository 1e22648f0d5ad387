from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import skimage.data
import skimage.filters
from numpy.typing import NDArray

from pipelines.classic.dog import Dog, DogParameters
from pipelines.frame import Frame, Image
from pipelines.result import Result

ORANGE, BLUE = (0xFF, 0x9F, 0x43), (0x4C, 0x9F, 0xFE)
LECTURE = {
    # the weights that OpenCV takes for these sizes when σ is left to it
    3: np.array([1, 2, 1]) / 4,
    5: np.array([1, 4, 6, 4, 1]) / 16,
    9: np.array([4, 13, 30, 51, 60, 51, 30, 13, 4]) / 256,
}


@pytest.fixture(scope="module")
def grey() -> Image:
    """A photograph, (120, 151)."""
    picture: Image = skimage.data.camera()[100:220, 180:331]
    return picture


def seen(grey: Image, **values: Any) -> Result:
    """What `dog` shows of a grey picture."""
    frame = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0)
    return Dog().process(frame, DogParameters(**values))


def smooth(grey: Image, sigma: float) -> NDArray[np.float64]:
    blurred: NDArray[np.float64] = skimage.filters.gaussian(
        grey.astype(np.float64), sigma, mode="mirror", truncate=4.0, preserve_range=True
    )
    return blurred


def convolved(grey: Image, size: int) -> NDArray[np.float64]:
    """`grey` blurred with the lecture's kernel, pixel by pixel, the border mirrored."""
    line = LECTURE[size]
    padded = np.pad(grey.astype(np.float64), size // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size))
    result: NDArray[np.float64] = np.einsum("ijkl,k,l->ij", windows, line, line)
    return result


def painted(difference: NDArray[np.float64], gain: float) -> NDArray[np.float64]:
    """Orange for what is positive, blue for what is negative, BGR."""
    level = np.clip(difference * gain, -255, 255)[:, :, None] / 255
    rgb: NDArray[np.float64] = np.maximum(level, 0) * ORANGE + np.maximum(-level, 0) * BLUE
    return rgb[:, :, ::-1]


@pytest.mark.parametrize(("sigma", "ratio"), [(0.3, 1.1), (1.4, 1.6), (3.0, 4.0)])
def test_both_signs_are_the_difference_of_two_blurs_in_two_colours(
    grey: Image, sigma: float, ratio: float
) -> None:
    expected = painted(smooth(grey, sigma) - smooth(grey, sigma * ratio), 6.0)

    shown = seen(grey, sigma=sigma, ratio=ratio, gain=6.0).picture

    np.testing.assert_allclose(shown, expected, atol=2.0)  # both signs share 8 bits: steps of two


@pytest.mark.parametrize(("kernels", "inner", "outer"), [("3/5", 3, 5), ("3/9", 3, 9)])
def test_the_lectures_kernels_are_convolved_and_nothing_wraps_around(
    grey: Image, kernels: str, inner: int, outer: int
) -> None:
    expected = painted(convolved(grey, inner) - convolved(grey, outer), 10.0)

    shown = seen(grey, form="kernel", kernels=kernels, gain=10.0).picture

    np.testing.assert_allclose(shown, expected, atol=2.0)


@pytest.mark.parametrize(("centre", "sign"), [("on", 1), ("off", -1)])
def test_one_kind_of_cell_shows_its_own_sign_only(grey: Image, centre: str, sign: int) -> None:
    difference = smooth(grey, 1.4) - smooth(grey, 1.4 * 1.6)
    expected = painted(sign * np.maximum(sign * difference, 0), 10.0)

    np.testing.assert_allclose(seen(grey, centre=centre, gain=10.0).picture, expected, atol=1.0)


def test_without_sign_the_strength_is_grey(grey: Image) -> None:
    strength = np.abs(smooth(grey, 1.4) - smooth(grey, 1.4 * 1.6))

    shown = seen(grey, sign="absolute", gain=10.0)

    assert shown.picture.shape == grey.shape
    np.testing.assert_allclose(shown.picture, np.clip(10 * strength, 0, 255), atol=0.6)
    assert shown.legend == ()


def test_differences_below_one_grey_level_are_not_rounded_away() -> None:
    ramp = np.tile(np.repeat(np.arange(0, 32, dtype=np.uint8), 4), (64, 1))
    strength = np.abs(smooth(ramp, 1.4) - smooth(ramp, 1.4 * 1.6))

    assert 0.1 < strength.max() < 0.2
    np.testing.assert_allclose(seen(ramp, sign="absolute", gain=40.0).picture, 40 * strength, atol=0.6)


def test_a_light_dot_is_on_with_an_off_ring_and_a_dark_dot_the_reverse() -> None:
    dark, light = np.full((41, 41), 100, np.uint8), np.full((41, 41), 100, np.uint8)
    light[19:22, 19:22], dark[19:22, 19:22] = 200, 0

    for picture, middle, ring in ((light, ORANGE, BLUE), (dark, BLUE, ORANGE)):
        shown = seen(picture, gain=40.0).picture[:, :, ::-1]
        assert tuple(shown[20, 20]) == middle
        assert shown[20, 24].max() > 60
        assert shown[20, 24].argmax() == np.argmax(ring)
        assert shown[5, 5].max() == 0


@pytest.mark.parametrize("level", [0, 1, 128, 255])
@pytest.mark.parametrize("values", [{}, {"form": "kernel"}, {"sign": "absolute"}, {"centre": "off"}], ids=str)
def test_an_even_area_is_black_whatever_its_brightness(level: int, values: dict[str, Any]) -> None:
    assert not seen(np.full((30, 40), level, np.uint8), gain=40.0, **values).picture.any()


@pytest.mark.parametrize(("centre", "colours"), [("both", [ORANGE, BLUE]), ("on", [ORANGE]), ("off", [BLUE])])
def test_the_legend_names_the_colours_that_can_appear(
    grey: Image, centre: str, colours: list[tuple[int, int, int]]
) -> None:
    assert [key.colour for key in seen(grey, centre=centre).legend] == colours


def test_the_plot_is_the_profile_of_the_kernels_that_were_used(grey: Image) -> None:
    plot = seen(grey, sigma=2.0, ratio=1.5).plot
    assert plot is not None
    centre, surround, difference = plot.curves
    impulse = np.zeros((61, 61))
    impulse[30, 30] = 1.0

    for curve, sigma in ((centre, 2.0), (surround, 3.0)):
        bell = skimage.filters.gaussian(impulse, sigma, mode="constant", truncate=4.0)[30]
        np.testing.assert_allclose(curve.y, bell[curve.x.astype(int) + 30], atol=1e-7)
    np.testing.assert_allclose(difference.y, centre.y - surround.y)
    assert difference.y[difference.x == 0] > 0
    assert difference.y.min() < 0
    assert list(difference.x) == list(range(-12, 13))


def test_the_plot_is_made_once_for_the_same_field(grey: Image) -> None:
    assert seen(grey, gain=3.0).plot is seen(grey, gain=9.0).plot


def test_knobs_without_effect_are_known() -> None:
    def hidden(**values: Any) -> set[str]:
        parameters = DogParameters(**values)
        return {spec.name for spec in DogParameters.specs() if not spec.matters(parameters)}

    assert hidden() == {"kernels"}
    assert hidden(form="kernel") == {"sigma", "ratio"}
    assert hidden(sign="absolute") == {"kernels", "centre"}


def test_memory_kept_from_another_picture_changes_nothing(grey: Image) -> None:
    pipeline, parameters = Dog(), DogParameters()
    frames = [Frame.of(np.repeat(part[:, :, None], 3, axis=2), 0, 0.0) for part in (grey, grey[:50, :70])]
    for frame in (frames[0], frames[1], frames[0]):
        shown = pipeline.process(frame, parameters).picture
        np.testing.assert_array_equal(shown, Dog().process(frame, parameters).picture)
