"""What the probe and the line profile tell, against NumPy and scikit-image."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.measure import profile_line

from pipelines import signs
from pipelines.classic.dog import Dog, DogParameters
from pipelines.frame import Frame
from pipelines.intensity import Line, along, pixel_at
from pipelines.places import Area
from pipelines.registry import find
from pipelines.result import Result

SIZE = (64, 48)
RANDOM = np.random.default_rng(3)
GREY = RANDOM.integers(0, 256, (48, 64), dtype=np.uint8)
COLOUR = RANDOM.integers(0, 256, (48, 64, 3), dtype=np.uint8)
LINES = [Line((10.0, 20.0), (90.0, 70.0)), Line((80.0, 90.0), (80.0, 10.0)), Line((0.0, 0.0), (100.0, 100.0))]


def whole(result: Result, size: tuple[int, int] = SIZE) -> Area:
    area = result.area_of(size)
    assert area is not None
    return area


@pytest.mark.parametrize("line", LINES)
def test_a_grey_profile_is_that_of_scikit_image(line: Line) -> None:
    places, distances = line.places(SIZE)
    result = Result(GREY)

    found = along(result, whole(result), places)

    (x0, y0), (x1, y1) = line.ends(SIZE)
    wanted = profile_line(
        GREY.astype(float), (y0 - 0.5, x0 - 0.5), (y1 - 0.5, x1 - 0.5), order=1, mode="nearest"
    )
    np.testing.assert_allclose(found, wanted, atol=1e-9)
    assert distances[0] == 0
    assert distances[-1] == pytest.approx(np.hypot(x1 - x0, y1 - y0))
    assert np.diff(distances).max() <= 1 + 1e-9


def test_a_colour_counts_as_bright_as_bt601_says() -> None:
    result = Result(COLOUR)
    places = np.array([[3.5, 7.5], [60.5, 40.5]])
    blue, green, red = COLOUR[[7, 40], [3, 60]].astype(float).T
    np.testing.assert_allclose(
        along(result, whole(result), places), 0.299 * red + 0.587 * green + 0.114 * blue
    )


@pytest.mark.parametrize("kind", ["both", "on", "off"])
def test_two_colours_are_read_back_as_the_numbers_they_stand_for(kind: signs.Signs) -> None:
    table = signs.colours(kind)[:, 0]
    level = np.arange(256)
    wanted = {"both": (level - 128) / 127, "on": level / 255, "off": -level / 255}[kind].clip(-1, 1) * 255
    np.testing.assert_allclose(signs.numbers(table), wanted, atol=0.51)


def test_the_profile_of_a_bright_bar_is_a_mexican_hat() -> None:
    """Positive on the bar, negative beside it, nothing far away, and as NumPy's own convolution says."""
    image = np.full((61, 241, 3), 60, np.uint8)
    image[:, 117:124] = 120
    parameters = DogParameters(sigma=3.0, gain=2.0)
    result = Dog().process(Frame.of(image, 0, 0.0), parameters)
    line = Line((0.5 / 241 * 100, 50.0), (240.5 / 241 * 100, 50.0))

    found = along(result, whole(result, (241, 61)), line.places((241, 61))[0])

    x = np.arange(-40, 41)
    bells = [np.exp(-(x**2) / (2 * sigma**2)) for sigma in (3.0, 3.0 * parameters.ratio)]
    row = np.pad(image[30, :, 0].astype(float), 40, mode="edge")
    inner, outer = (np.convolve(row, bell / bell.sum(), mode="valid") for bell in bells)
    np.testing.assert_allclose(found, 2.0 * (inner - outer), atol=3.5)
    assert found[120] > 20
    assert found[108] < -3
    assert found[132] < -3
    assert abs(found[20]) < 2


def test_mach_bands_are_in_the_answer_and_not_in_the_light() -> None:
    image = np.repeat(np.repeat(np.linspace(60, 200, 8).astype(np.uint8), 40)[None], 60, 0)
    frame = Frame.of(np.repeat(image[..., None], 3, 2), 0, 0.0)
    places = Line((0.5 / 320 * 100, 50.0), (319.5 / 320 * 100, 50.0)).places((320, 60))[0]
    light, answer = (
        along(result, whole(result, (320, 60)), places)
        for result in (
            find("original")().process(frame, find("original").parameters()),
            Dog().process(frame, DogParameters(sigma=3.0)),
        )
    )
    assert (np.diff(light) >= 0).all(), "the light only rises"
    for edge in range(40, 320, 40):
        assert answer[edge - 4] < -5, "dark before the edge"
        assert answer[edge + 3] > 5, "bright behind it"


def test_a_pixel_tells_colour_number_and_kind() -> None:
    grey, colour = Result(GREY), Result(COLOUR)
    blue, green, red = COLOUR[12, 20].tolist()
    assert pixel_at(grey, whole(grey), 20.9, 12.2) == ((GREY[12, 20],) * 3, GREY[12, 20], False, True)
    told = pixel_at(colour, whole(colour), 20.0, 12.0)
    assert told.colour == (red, green, blue)
    assert told.number == pytest.approx(0.299 * red + 0.587 * green + 0.114 * blue)
    assert not told.grey
    signed = Result(signs.colours("both")[[[28, 228]], 0], signed=True)
    area = whole(signed, (2, 1))
    assert [pixel_at(signed, area, x, 0.5).number for x in (0.5, 1.5)] == pytest.approx(
        [-100 / 127 * 255, 100 / 127 * 255], abs=0.6
    )


def test_places_of_a_part_are_those_of_the_frame() -> None:
    picture = np.zeros((100, 300), np.uint8)
    picture[10 : 10 + 24, 200 : 200 + 32] = GREY[::2, ::2]
    result = Result(picture, shows=(200, 10, 32, 24))
    assert pixel_at(result, whole(result), 40.5, 20.5).number == GREY[20, 40]
    assert whole(result).to_frame(*whole(result).to_picture(13.0, 7.0)) == pytest.approx((13.0, 7.0))
    assert not whole(result).covers(199, 20)


@pytest.mark.parametrize(
    ("name", "values", "there"),
    [
        ("retina", {"view": "cortex"}, False),
        ("retina", {"view": "back"}, True),
        ("retina", {"view": "both"}, True),
        ("feature-points", {"match": True}, True),
        ("gabor", {}, True),
    ],
)
def test_pictures_say_whether_they_have_places_of_the_frame(
    name: str, values: dict[str, object], there: bool
) -> None:
    pipeline = find(name)
    result = pipeline().process(Frame.of(COLOUR, 0, 0.0), pipeline.parameters().changed(**values))
    area = result.area_of(SIZE)
    assert (area is not None) == there
    if name == "feature-points" and area:
        for x, y in ((0, 0), (63, 47)):
            blue, green, red = COLOUR[y, x].tolist()
            assert pixel_at(result, area, x, y).colour == (red, green, blue)


def test_another_size_has_no_places_unless_it_says_so() -> None:
    assert Result(GREY).area_of((640, 480)) is None
