"""The bank against plain two-dimensional convolution, and its cells against gratings."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.signal
import skimage.data
import skimage.filters
from numpy.typing import NDArray

from pipelines.gabor.bank import Waves
from pipelines.gabor.cells import Cells, Kind, Tuning
from pipelines.gabor.waves import kernel, sigma_of

Floats = NDArray[np.float64]
GREY = skimage.data.camera()[100:300, 150:391].astype(np.float32)


def grating(
    orientation: float, wavelength: float, size: int = 160, phase: float = 0.0
) -> NDArray[np.float32]:
    """Stripes of amplitude 50 at an angle to the horizontal; the middle pixel is the lightest."""
    y, x = np.mgrid[:size, :size] - size // 2
    turn = math.radians(orientation)
    way = x * math.sin(turn) + y * math.cos(turn)
    made: NDArray[np.float32] = (128 + 50 * np.cos(2 * np.pi * way / wavelength - phase)).astype(np.float32)
    return made


def matched(grey: NDArray[np.float32], weights: Floats) -> Floats:
    """How well the weights fit everywhere, by SciPy, the border mirrored."""
    reach = weights.shape[0] // 2
    padded = np.pad(grey.astype(np.float64), reach, mode="reflect")
    found: Floats = scipy.signal.fftconvolve(padded, weights[::-1, ::-1], mode="valid")
    return found


def plain(grey: NDArray[np.float32], tuning: Tuning) -> tuple[Floats, NDArray[np.int64]]:
    """The strongest energy of the whole bank, filter by filter at full size, and which orientation it has."""
    energies = np.stack(
        [
            np.hypot(*(matched(grey, phase) for phase in _phases(tuning, wavelength, number)))
            for wavelength in tuning.wavelengths
            for number in range(tuning.orientations)
        ]
    )
    return energies.max(axis=0), energies.argmax(axis=0) % tuning.orientations


def _phases(tuning: Tuning, wavelength: float, number: int) -> tuple[Floats, Floats]:
    return kernel(wavelength, tuning.bandwidth, tuning.orientations, number)


@pytest.mark.parametrize("number", range(8))
def test_a_kernel_is_scikit_images_gabor_without_its_mean(number: int) -> None:
    even, odd = kernel(8.0, 1.0, 8, number)
    # theirs is turned by the angle of the wave, ours by that of the stripes
    turn = math.pi / 2 - math.pi * number / 8
    theirs = skimage.filters.gabor_kernel(1 / 8, turn, bandwidth=1.0, n_stds=3)
    size = (even.shape[0] - theirs.shape[0]) // 2, (even.shape[1] - theirs.shape[1]) // 2
    inner = np.s_[size[0] : even.shape[0] - size[0], size[1] : even.shape[1] - size[1]]
    scale = even.max() / theirs.real.max()

    np.testing.assert_allclose(even[inner], theirs.real * scale, atol=0.004 * even.max())
    np.testing.assert_allclose(odd[inner], theirs.imag * scale, atol=0.004 * even.max())
    assert abs(even.sum()) < 1e-6
    assert abs(odd.sum()) < 1e-6


@pytest.mark.parametrize("orientations", [1, 2, 3, 7, 8])
def test_the_lines_together_are_the_two_dimensional_filters(orientations: int) -> None:
    seen = set()
    for answer in Waves().answers(GREY, 6.0, 1.2, orientations):
        even, odd = kernel(6.0, 1.2, orientations, answer.orientation)
        np.testing.assert_allclose(answer.even, matched(GREY, even), atol=0.01)
        np.testing.assert_allclose(answer.odd, matched(GREY, odd), atol=0.01)
        seen.add(answer.orientation)
    assert seen == set(range(orientations))


def test_halved_pictures_answer_as_whole_ones_do() -> None:
    tuning = Tuning(8, (8.0, 16.0, 32.0), 1.0, "energy")
    expected, orientation = plain(GREY, tuning)
    inside = np.s_[60:-60, 60:-60]

    found = Cells().answer(GREY, tuning)

    assert np.abs(found.strength - expected)[inside].max() < 0.03 * expected.max()
    assert np.abs(found.strength - expected)[inside].mean() < 0.01 * expected.mean()
    clear = expected[inside] > 0.05 * expected.max()
    apart = np.abs(found.orientation[inside].astype(int) // 32 - orientation[inside])
    assert np.mean(np.minimum(apart, 8 - apart)[clear] == 0) > 0.9
    assert np.mean(np.minimum(apart, 8 - apart)[clear] <= 1) > 0.97


@pytest.mark.parametrize("cell", ["energy", "max", "simple"])
@pytest.mark.parametrize("orientation", [0, 22.5, 45, 90, 112.5, 157.5])
@pytest.mark.parametrize("wavelength", [8.0, 16.0])
def test_each_orientation_is_told_by_its_stripes_and_measured(
    cell: Kind, orientation: float, wavelength: float
) -> None:
    picture = grating(orientation, wavelength)

    found = Cells().answer(picture, Tuning(8, (8.0, 16.0), 1.0, cell, 0.0, 4))

    middle = np.s_[60:100, 60:100]
    assert found.means[int(wavelength // 16)].argmax() == round(orientation / 22.5)
    assert found.strength[middle].max() == pytest.approx(50, rel=0.06)
    strong = found.strength[middle] > 25
    assert (found.orientation[middle][strong] == round(orientation / 22.5) * 32).all()


def test_a_simple_cell_minds_the_place_and_complex_ones_do_not() -> None:
    def spread(cell: Kind) -> float:
        answers = Cells().answer(grating(90, 8.0), Tuning(8, (8.0,), 1.0, cell, 0.0, 4)).strength
        middle = answers[60:100, 60:100]
        return float(np.ptp(middle) / middle.max())

    assert spread("simple") > 0.95
    assert spread("energy") < 0.02
    assert spread("max") < 0.02


@pytest.mark.parametrize("phase", [0.0, 90.0, 180.0, 270.0])
def test_the_phase_of_a_simple_cell_is_that_of_its_stripes(phase: float) -> None:
    picture = grating(90, 8.0, phase=math.radians(phase))

    answers = Cells().answer(picture, Tuning(8, (8.0,), 1.0, "simple", phase, 1)).strength

    assert answers[80, 80] == pytest.approx(50, rel=0.02), "where the stripes look as the cell wants them"
    assert answers[80, 84] < 0.001


def test_half_of_the_height_is_left_half_a_bandwidth_away() -> None:
    """In octaves: 1 is from 2/3 to 4/3 of the frequency."""
    tuning = Tuning(1, (12.0,), 1.0, "energy")
    for factor in (2 / 3, 4 / 3):
        found = Cells().answer(grating(0, 12.0 / factor, size=240), tuning).strength
        assert found[120, 120] == pytest.approx(25, rel=0.03)
    assert sigma_of(12.0, 1.0) == pytest.approx(0.56 * 12.0, rel=0.01)


@pytest.mark.parametrize("cell", ["energy", "max", "simple"])
def test_an_even_picture_gives_next_to_nothing(cell: Kind) -> None:
    for level in (0.0, 128.0, 255.0):
        even = np.full((70, 90), level, np.float32)
        found = Cells().answer(even, Tuning(8, (4.0, 8.0, 16.0), 2.0, cell, 0.0, 4))
        assert found.strength.max() < 0.02
