"""A grating is one frequency and nothing else: by NumPy's Fourier transform of what is shown."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.frame import Image
from pipelines.stimuli.grating import Grating, GratingParameters
from pipelines.stimulus import Motion

SIDE = 240
SIZE = (SIDE, SIDE)
Numbers = NDArray[np.float64]
THREE_FOUR_FIVE = math.degrees(math.atan2(3, 4))
"""At this orientation, and a frequency of 5, there are 3 cycles across and 4 down."""


def shown(seconds: float = 0.0, picture: tuple[int, int] = SIZE, /, **values: object) -> Image:
    parameters = GratingParameters().changed(**values)
    return Grating.picture(parameters, Motion().after(parameters, seconds), picture)


def spectrum(image: Image) -> NDArray[np.complex128]:
    """Amplitude and phase of each frequency, (down, across), counted from the middle of the picture."""
    grey = image[:, :, 0].astype(float)
    height, width = grey.shape
    down, across = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None, :]
    middle = np.exp(2j * np.pi * (across * (width - 1) / 2 + down * (height - 1) / 2))
    amplitudes: NDArray[np.complex128] = np.fft.fft2(grey) / grey.size * middle
    return amplitudes


@pytest.mark.parametrize(
    ("orientation", "frequency", "across", "down"),
    [
        (90.0, 8.0, 8, 0),
        (0.0, 8.0, 0, 8),
        (180.0, 12.0, 0, 12),
        (270.0, 1.0, 1, 0),
        (90.0, 40.0, 40, 0),
        (THREE_FOUR_FIVE, 5.0, 3, 4),
        (THREE_FOUR_FIVE, 25.0, 15, 20),
        (90 - THREE_FOUR_FIVE, 10.0, 8, 6),
        (180 - THREE_FOUR_FIVE, 5.0, 3, -4),
    ],
)
@pytest.mark.parametrize("contrast", [1.0, 0.5, 0.1])
def test_all_power_is_at_the_frequency_and_the_orientation(
    orientation: float, frequency: float, across: int, down: int, contrast: float
) -> None:
    found = spectrum(shown(orientation=orientation, frequency=frequency, contrast=contrast))
    found[0, 0] -= 127.5
    found[down, across] -= 127.5 * contrast / 2
    found[-down, -across] -= 127.5 * contrast / 2
    assert (np.abs(found) ** 2).sum() <= 0.25, "no pixel is more than half a level off"


@pytest.mark.parametrize("contrast", [1.0, 0.6, 0.25, 0.02, 0.0])
def test_its_contrast_is_michelsons(contrast: float) -> None:
    image = shown(contrast=contrast, frequency=5.0).astype(float)
    light, dark = image.max(), image.min()
    assert light == pytest.approx(127.5 * (1 + contrast), abs=0.6)
    assert dark == pytest.approx(127.5 * (1 - contrast), abs=0.6)
    assert (light - dark) / (light + dark) == pytest.approx(contrast, abs=1 / 255)


def wave(x: float, y: float, orientation: float, frequency: float, size: tuple[int, int]) -> Numbers:
    """The cosine that has its crest at a place, worked out pixel by pixel."""
    rows, columns = np.mgrid[: size[1], : size[0]]
    right = (columns + 0.5 - size[0] / 2) / size[1] - x
    up = -(rows + 0.5 - size[1] / 2) / size[1] - y
    angle = np.radians(orientation)
    way: Numbers = right * np.sin(angle) - up * np.cos(angle)
    return np.cos(2 * np.pi * frequency * way)


def test_every_pixel_is_the_sine_to_half_a_level() -> None:
    """Not only in the spectrum: pixel by pixel, in a picture that is not square."""
    size = (171, 120)
    image = shown(0.0, size, orientation=33.0, frequency=6.5, contrast=0.8)
    expected = 127.5 * (1 + 0.8 * wave(0, 0, 33.0, 6.5, size))
    assert np.abs(image - expected[:, :, None]).max() <= 0.501


def test_at_45_degrees_its_stripes_lead_up_to_the_right() -> None:
    image = shown(orientation=45.0).astype(int)
    assert np.abs(image[:-1, 1:] - image[1:, :-1]).max() <= 1
    assert np.abs(image[1:, 1:] - image[:-1, :-1]).max() > 30


@pytest.mark.parametrize("phase", [0.0, 90.0, 180.0, 275.0])
def test_its_phase_is_that_of_the_middle(phase: float) -> None:
    found = spectrum(shown(phase=phase, frequency=6.0))[0, 6]
    assert np.exp(1j * np.angle(found)) == pytest.approx(np.exp(1j * np.radians(phase)), abs=1e-2)


@pytest.mark.parametrize("speed", [1.0, -2.5, 0.0])
def test_it_drifts_by_its_speed_exactly_however_long_it_plays(speed: float) -> None:
    """Also after three years."""
    begin = np.angle(spectrum(shown(speed=speed))[0, 8])
    for seconds in (0.1, 7.75, 3600.3, 1e8 + 0.25):
        moved = np.angle(spectrum(shown(seconds, speed=speed))[0, 8]) - begin
        assert np.exp(1j * moved) == pytest.approx(np.exp(-2j * np.pi * speed * seconds), abs=1e-3)


def test_an_upright_one_drifts_to_the_right() -> None:
    begin, later = shown(frequency=4.0, speed=1.0), shown(0.1, frequency=4.0, speed=1.0)
    shift = round(SIDE / 4 * 0.1)
    assert np.abs(later[:, shift:].astype(int) - begin[:, :-shift]).max() <= 1


def test_it_turns_by_degrees_a_second_exactly() -> None:
    for seconds, orientation in ((9.0, 90.0), (18.0, 180.0), (4.5, 45.0), (-9.0, 270.0)):
        turned = shown(seconds, orientation=0.0, turn=10.0, speed=0.0)
        assert np.array_equal(turned, shown(orientation=orientation, speed=0.0))


def distances(x: float, y: float) -> Numbers:
    """From a place in the picture, in picture heights."""
    rows, columns = (np.mgrid[:SIDE, :SIDE] + 0.5) / SIDE
    found: Numbers = np.hypot(columns - 0.5 - x, 0.5 - rows - y)
    return found


def test_through_a_disc_it_is_all_there_inside_and_grey_outside() -> None:
    image = shown(orientation=20.0, aperture="disc", size=0.5, x=0.1, y=-0.2)[:, :, 0]
    expected = 127.5 * (1 + wave(0.1, -0.2, 20.0, 8.0, SIZE))
    distance = distances(0.1, -0.2)
    inside, outside = distance < 0.25 - 1 / SIDE, distance > 0.25 + 1 / SIDE
    assert np.abs(image[inside] - expected[inside]).max() <= 0.501
    assert (image[outside] == 128).all()


def test_a_gabor_patch_fades_by_its_sigma() -> None:
    image = shown(orientation=70.0, aperture="gaussian", size=0.4, x=-0.15, y=0.1)[:, :, 0]
    window = np.exp(-(distances(-0.15, 0.1) ** 2) / (2 * 0.1**2))
    expected = 127.5 * (1 + window * wave(-0.15, 0.1, 70.0, 8.0, SIZE))
    assert np.abs(image - expected).max() <= 0.501


def test_a_place_matters_only_where_there_is_a_window() -> None:
    assert np.array_equal(shown(x=0.3, y=0.1), shown())
