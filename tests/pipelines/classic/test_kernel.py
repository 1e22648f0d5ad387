from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.ndimage
import skimage.data
from numpy.typing import NDArray

from models.errors import ParameterError
from pipelines.classic.kernel import Kernel, KernelParameters, weights_of
from pipelines.frame import Frame, Image
from pipelines.result import Box, Result
from pipelines.signs import BLUE, ORANGE

GREY: Image = skimage.data.camera()[100:180, 180:291]


def seen(grey: Image, **values: Any) -> tuple[Result, Kernel]:
    frame, pipeline = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0), Kernel()
    return pipeline.process(frame, KernelParameters(**values)), pipeline


def correlated(grey: Image, weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """By SciPy; the kernel lies on the picture as it is written."""
    found: NDArray[np.float64] = scipy.ndimage.correlate(
        grey.astype(np.float64), weights.astype(np.float64), mode="mirror"
    )
    return found


@pytest.mark.parametrize("name", KernelParameters.spec("weights").choices)
def test_every_preset_is_what_scipy_makes_of_its_numbers(name: str) -> None:
    weights = weights_of(name)
    expected = correlated(GREY, weights)
    share = expected / np.abs(weights).sum()

    clipped = seen(GREY, weights=name)[0].picture
    absolute = seen(GREY, weights=name, sign="absolute", gain=2.0)[0].picture
    plain = seen(GREY, weights=name, normalise=False)[0].picture

    np.testing.assert_allclose(clipped, np.clip(share, 0, 255), atol=0.51)
    np.testing.assert_allclose(absolute, np.clip(2 * np.abs(share), 0, 255), atol=0.51)
    np.testing.assert_allclose(plain, np.clip(expected, 0, 255), atol=0.51)


def test_both_signs_have_their_colours() -> None:
    result, _ = seen(GREY, weights="edge-across", sign="signed")
    level = np.clip(correlated(GREY, weights_of("edge-across")) / 8, -255, 255)[:, :, None] / 255
    expected = np.maximum(level, 0) * ORANGE + np.maximum(-level, 0) * BLUE

    np.testing.assert_allclose(result.picture[:, :, ::-1], expected, atol=2.5)
    assert [key.colour for key in result.legend] == [ORANGE, BLUE]


def test_the_lectures_four_line_kernels_come_first() -> None:
    first = KernelParameters.spec("weights").choices[:4]
    upright = np.array([[0, 1, 0]] * 3)

    np.testing.assert_array_equal(weights_of(first[0]), upright)
    np.testing.assert_array_equal(weights_of(first[1]), upright.T)
    np.testing.assert_array_equal(weights_of(first[2]), np.eye(3))
    np.testing.assert_array_equal(weights_of(first[3]), np.eye(3)[::-1])


@pytest.mark.parametrize("side", [3, 5, 7])
@pytest.mark.parametrize("place", [(0, 0), (0, 110), (79, 55), (40, 60), (78, 1)])
def test_the_arithmetic_of_a_pixel_gives_the_pixel(side: int, place: tuple[int, int]) -> None:
    dice = np.random.default_rng(side)
    numbers = "/".join(" ".join(map(str, row)) for row in dice.integers(-4, 5, (side, side)))
    row, column = place

    result, _ = seen(GREY, weights=numbers, sums=True, row=row, column=column, sign="absolute")

    found, weights = result.sum, weights_of(numbers)
    assert found is not None
    assert found.unit == (0, row, column)
    assert found.weights is not None
    expected = correlated(GREY, weights)[row, column]
    assert (found.window * found.weights).sum() == pytest.approx(expected)
    assert found.result == pytest.approx(expected)
    ((_, shown),) = found.after
    assert shown == pytest.approx(expected / np.abs(weights).sum())
    assert result.picture[row, column] == pytest.approx(abs(shown), abs=0.51)
    (box,) = result.marks
    assert isinstance(box, Box)
    assert box.box == (column - side // 2, row - side // 2, side, side)


def test_any_pixel_can_be_asked_for_without_being_chosen() -> None:
    result, _ = seen(GREY, weights="mean", normalise=False)

    assert result.sum is None
    assert result.filtered is not None
    found = result.filtered.sum_at(20, 30)
    assert found.result == GREY[19:22, 29:32].astype(int).sum()
    assert found.after == ()
    assert result.filtered.sum_at(500, -3).unit == (0, 79, 0), "the nearest that there is"


def test_a_click_chooses_the_pixel_under_it() -> None:
    result, _ = seen(GREY)

    assert result.aim is not None
    assert result.aim.fields == ("column", "row")
    assert result.aim.at(34.7, 12.2, result.picture.shape) == (34, 12)
    assert result.aim.switch == "sums"


def test_a_lane_is_named_after_its_preset_until_a_number_is_changed() -> None:
    pipeline = Kernel()
    said = []
    for weights in ("rising", "0 0 1/0 2 0/1 0 0"):
        pipeline.process(Frame.of(np.zeros((8, 8, 3), np.uint8), 0, 0.0), KernelParameters(weights=weights))
        status = pipeline.status()
        assert status is not None
        said.append(status.subject and status.subject.en)
    assert said == ["rising diagonal", None]


@pytest.mark.parametrize("normalise", [False, True])
def test_a_kernel_of_zeros_is_black_and_the_lane_says_so(normalise: bool) -> None:
    result, pipeline = seen(GREY, weights="0 0 0/0 0 0/0 0 0", normalise=normalise, sign="signed")

    assert not result.picture.any()
    status = pipeline.status()
    assert status is not None
    assert status.notice is not None
    assert "all zeros" in status.notice.en
    assert "すべて 0" in status.notice.ja


@pytest.mark.parametrize(
    "text",
    [
        "nan 0 0/0 0 0/0 0 0",
        "1 1/1 1",
        "1 1 1/1 1/1 1 1",
        "inf 0 0/0 0 0/0 0 0",
        "a b c/d e f/g h i",
        "",
        "2000 0 0/0 0 0/0 0 0",
    ],
)
def test_what_is_no_kernel_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ParameterError, match="weights takes one of vertical") as caught:
        KernelParameters(weights=text)
    assert "finite numbers in 3, 5, 7 rows" in caught.value.text.en
    assert "有限の数" in caught.value.text.ja


def test_numbers_are_kept_as_they_are_always_written() -> None:
    assert KernelParameters(weights="1.50  0 -0/ 0 1e1 0 /0 0 .25").weights == "1.5 0 0/0 10 0/0 0 0.25"


def test_the_figures_and_curves_are_of_the_kernel() -> None:
    result, _ = seen(GREY, weights="edge-across")
    figures = {reading.name: reading.value for reading in result.readings}

    assert figures == {"sum": 0, "size": 8}
    assert result.plot is not None
    columns, rows = result.plot.curves
    assert columns.y.tolist() == [-4, 0, 4]
    assert rows.y.tolist() == [0, 0, 0]
