"""What a curve says of its points, compared with sums on paper."""

from __future__ import annotations

import math

import pytest

from models.text import plain
from pipelines.stress.curve import StressCurve, StressPoint, Tally

EMPTY = StressCurve("rotation", 0.0, (plain("one"), plain("two")))


def point(strength: float, hits: int, score: float, faces: int = 10) -> StressPoint:
    """The second detector finds one face less and scores a tenth."""
    return StressPoint(
        strength, 3, (Tally(faces, hits, score, 1), Tally(faces, max(0, hits - 1), score / 10, 0))
    )


def curve(*points: StressPoint) -> StressCurve:
    grown = EMPTY
    for each in points:
        grown = grown.joined(each)
    return grown


def test_points_stand_by_rising_strength_whatever_the_order_they_came_in() -> None:
    grown = curve(point(0, 8, 4.0), point(5, 6, 3.0), point(-5, 2, 1.0))
    assert [each.strength for each in grown.points] == [-5, 0, 5]
    assert EMPTY.points == ()


def test_shares_are_of_the_faces_in_the_picture_at_that_strength() -> None:
    grown = curve(point(0, 8, 4.0), point(5, 2, 1.0, faces=4))
    assert grown.shares(0) == [0.8, 0.5]
    assert grown.shares(1) == [0.7, 0.25]
    assert math.isnan(point(0, 0, 0.0, faces=0).tallies[0].share)


def test_what_is_left_of_a_score_is_of_the_same_detectors_own() -> None:
    grown = curve(point(0, 8, 4.0), point(5, 6, 3.0), point(10, 0, 0.0))
    assert grown.kept(0) == [1.0, 0.75, 0.0]
    assert grown.kept(1) == pytest.approx([1.0, 0.75, 0.0])


def test_nothing_is_left_to_compare_where_the_start_is_unknown_or_nothing() -> None:
    assert all(map(math.isnan, curve(point(5, 6, 3.0)).kept(0)))
    assert all(map(math.isnan, curve(point(0, 0, 0.0), point(5, 6, 3.0)).kept(0)))


def test_it_stands_up_to_where_half_is_lost_and_not_beyond_a_gap() -> None:
    grown = curve(
        *[point(s, h, 1.0) for s, h in ((-10, 8), (-5, 3), (0, 8), (5, 6), (10, 4), (15, 3), (20, 8))]
    )
    assert grown.stands(0) == (0, 10)  # 4 of 8 is half; behind -5 and 15 it does not count any more
    assert grown.stands(1) == (0, 5)  # 7 without distortion: 3.5 are needed, 10 has 3
    assert curve(point(5, 6, 1.0)).stands(0) is None
    assert curve(point(0, 0, 0.0)).stands(0) is None


def test_the_nearest_measured_strength_is_found() -> None:
    grown = curve(point(0, 8, 4.0), point(5, 6, 3.0))
    nearest = grown.nearest(2.6)
    assert nearest is not None
    assert nearest.strength == 5
    assert grown.at(2.6) is None
    assert EMPTY.nearest(0) is None
