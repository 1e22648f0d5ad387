"""A Kanizsa figure: discs at the corners of what is not drawn, with mouths that fit."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from pipelines.frame import Image
from pipelines.stimuli.kanizsa import Kanizsa, KanizsaParameters
from pipelines.stimulus import Motion

SIDE = 400
Numbers = NDArray[np.float64]


def shown(seconds: float = 0.0, /, **values: object) -> Image:
    parameters = KanizsaParameters(lines=False).changed(**values)
    return Kanizsa.picture(parameters, Motion().after(parameters, seconds), (SIDE, SIDE))


def ink(seconds: float = 0.0, /, **values: object) -> Numbers:
    """Share of each pixel that is drawn."""
    found: Numbers = 1 - shown(seconds, **values)[:, :, 0] / 255
    return found


def places() -> tuple[Numbers, Numbers]:
    rows, columns = (np.mgrid[:SIDE, :SIDE] + 0.5) / SIDE
    return columns - 0.5, 0.5 - rows


def polygon(count: int, side: float, rotation: float) -> Numbers:
    """(count, 2): the corners of an even figure with a level side below."""
    far = side / (2 * np.sin(np.pi / count))
    angles = np.radians(90 + 180 / count * (count % 2 == 0) + 360 / count * np.arange(count) + rotation)
    found: Numbers = far * np.stack([np.cos(angles), np.sin(angles)], 1)
    return found


def depth(corners: Numbers) -> Numbers:
    """How far inside the polygon each pixel lies; negative outside."""
    x, y = places()
    found = []
    for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (other - one) / np.hypot(*(other - one))
        found.append(along[0] * (y - one[1]) - along[1] * (x - one[0]))
    deep: Numbers = np.min(found, axis=0)
    return deep


@pytest.mark.parametrize("rotation", [0.0, 23.0, 90.0])
@pytest.mark.parametrize(("figure", "count"), [("triangle", 3), ("square", 4)])
def test_there_are_discs_at_the_corners_less_what_the_figure_covers(
    figure: str, count: int, rotation: float
) -> None:
    drawn = ink(figure=figure, size=0.5, support=0.4, orientation=rotation)
    corners, (x, y), pixel = polygon(count, 0.5, rotation), places(), 1 / SIDE
    disc = 0.1 - np.min([np.hypot(x - a, y - b) for a, b in corners], axis=0)
    inside = depth(corners)
    assert (drawn[(disc > pixel) & (inside < -pixel)] == 1).all()
    assert not drawn[(disc < -pixel) | (inside > pixel)].any()
    share = 1 - (180 - 360 / count) / 360
    assert drawn.sum() == pytest.approx(count * np.pi * 40**2 * share, rel=5e-3)


def test_half_of_each_side_is_shown_at_a_support_ratio_of_a_half() -> None:
    drawn = ink(figure="square", size=0.5, support=0.5)
    below = drawn[int(SIDE * 0.75) + 1]  # one pixel below the lower side
    between = np.flatnonzero(below < 0.5)
    gap = between[(between > SIDE * 0.25) & (between < SIDE * 0.75)]
    assert len(gap) == pytest.approx(0.25 * SIDE, abs=2)


def test_nothing_is_drawn_along_the_sides_between_the_discs() -> None:
    """The figure is in the eye of who looks: no pixel differs from the ground there."""
    drawn = ink(size=0.5, support=0.4)
    corners, (x, y) = polygon(3, 0.5, 0.0), places()
    far = np.min([np.hypot(x - a, y - b) for a, b in corners], axis=0) > 0.11
    assert not drawn[far].any()


def test_mouths_that_look_outwards_or_are_closed_make_no_figure() -> None:
    corners, (x, y) = polygon(3, 0.5, 0.0), places()
    inward, outward, closed = (
        ink(size=0.5, support=0.4, mouths=mouths) for mouths in ("inward", "outward", "closed")
    )
    assert outward.sum() == pytest.approx(inward.sum(), rel=1e-3)
    assert closed.sum() == pytest.approx(3 * np.pi * 40**2, rel=2e-3)
    near = np.hypot(x - corners[0, 0], y - corners[0, 1]) < 0.09
    assert np.abs(outward - outward[:, ::-1])[near].max() < 0.01
    assert inward[near][y[near] > corners[0, 1] + 0.01].min() == 1
    assert outward[near][y[near] < corners[0, 1] - 0.01].min() == 1


def test_the_second_triangle_shows_six_lines_that_end_where_the_first_would_cover_them() -> None:
    drawn = ink(size=0.6, support=0.3, lines=True) - ink(size=0.6, support=0.3)
    _, count = ndimage.label(drawn > 0.5)
    assert count == 3, "two lines each, which meet in a corner"
    inside = depth(polygon(3, 0.6, 0.0))
    assert drawn[inside > 3 / SIDE].max() == 0
    beside = np.abs(depth(polygon(3, 0.6, 180.0)))
    assert np.abs(drawn[beside > 0.006 + 2 / SIDE]).max() == 0, "along the sides of the second"
    assert drawn.sum() == pytest.approx(6 * 0.2 * 0.012 * SIDE**2, rel=0.05)


def test_it_turns_and_comes_round() -> None:
    assert np.array_equal(shown(3.0, turn=10.0), shown(orientation=30.0))
    assert np.abs(shown(12.0, turn=10.0).astype(int) - shown()).max() <= 1
