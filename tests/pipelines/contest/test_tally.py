"""A picture counts once however long it is shown; a new round of the folder begins from nothing."""

from __future__ import annotations

import pytest

from pipelines.contest.tally import Count, Score, Tally
from tests.pipelines.contest.scenes import blank


def count(right: int, alarms: int = 0, missed: int = 0) -> Count:
    return Count(1, right, alarms, 0, 1, right + missed, Score(right, alarms, missed), Score())


def test_a_moving_stream_counts_every_frame_once() -> None:
    tally = Tally()
    for number in (0, 1, 1, 1, 2):
        total = tally.add(blank(number), count(2))
    assert (total.frames, total.both, total.first) == (3, 6, Score(6))


def test_a_still_picture_counts_once_as_it_was_last_seen() -> None:
    tally = Tally()
    for number in range(30):
        tally.add(blank(number, name="a.png"), count(1, alarms=number))
    total = tally.add(blank(30, name="b.png"), count(2))
    assert total.frames == 2
    assert total.first == Score(3, 29, 0)


def test_going_back_and_forth_counts_nothing_twice() -> None:
    tally = Tally()
    for number, name in enumerate("abcbcbc"):
        total = tally.add(blank(number, name=name), count(1))
    assert total.frames == 3


def test_it_begins_again_with_the_folder() -> None:
    tally = Tally()
    for number, name in enumerate("abca"):
        total = tally.add(blank(number, name=name), count(1))
    assert total.frames == 1
    assert tally.add(blank(4, name="b"), count(1)).frames == 2


def test_one_picture_alone_never_begins_again() -> None:
    tally = Tally()
    totals = [tally.add(blank(number, name="only"), count(1)) for number in range(5)]
    assert {total.frames for total in totals} == {1}


def test_the_figures_are_those_of_the_textbook() -> None:
    score = Score(right=6, alarms=2, missed=4)
    precision, recall = 6 / 8, 6 / 10
    assert score.precision == precision
    assert score.recall == recall
    assert score.f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert Count(both=3, first_alone=2, second_alone=1).agreement == 0.5


def test_what_cannot_be_divided_is_not_made_up() -> None:
    nothing = Score()
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert Score(alarms=1).precision == 0
    assert Score(missed=1).f1 == 0
    assert Count().agreement is None
