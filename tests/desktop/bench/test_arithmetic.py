from __future__ import annotations

import math

import pytest

from desktop.bench.age import percentile, share_shown
from desktop.bench.case import Goal, Row
from desktop.bench.interleave import in_turns, median_times
from desktop.bench.memory import growth
from desktop.bench.painting import interval

KEYS = ["case", "value", "unit", "reference", "ratio", "goal", "holds", "skipped", "machine"]


class Stopwatch:
    """Moves only when work is done."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def work(self, seconds: float) -> None:
        self.seconds += seconds


def test_in_turns_changes_who_goes_first() -> None:
    order: list[str] = []
    ones, others = in_turns(lambda: order.append("a"), lambda: order.append("b"), 4)
    assert "".join(order) == "abbaabba"
    assert len(ones) == len(others) == 4


def test_in_turns_keeps_the_two_apart() -> None:
    assert in_turns(lambda: 1, lambda: 2, 3) == ([1, 1, 1], [2, 2, 2])


def test_median_times_by_hand() -> None:
    """Inputs of 1, 2 and 9 s; the reference takes double: medians 2 and 4, whatever the number of rounds."""
    watch = Stopwatch()
    assert median_times(watch.work, lambda s: watch.work(2 * s), [1.0, 2.0, 9.0], 100, watch) == (2, 4)


def test_the_first_round_warms_up() -> None:
    watch = Stopwatch()
    costs = iter([50.0, 1.0, 1.0])
    value, reference = median_times(
        lambda _: watch.work(next(costs)), lambda _: watch.work(3), [None], 0, watch
    )
    assert (value, reference) == (1, 3)


def test_measured_and_reference_are_called_equally_often_and_in_turns() -> None:
    watch, order = Stopwatch(), []

    def note(which: str) -> None:
        order.append(which)
        watch.work(1)

    median_times(lambda _: note("a"), lambda _: note("b"), [0, 1], 12, watch)
    assert order.count("a") == order.count("b")
    assert all(set(order[at : at + 2]) == {"a", "b"} for at in range(0, len(order), 2))
    assert {tuple(order[at : at + 2]) for at in range(0, len(order), 2)} == {("a", "b"), ("b", "a")}


@pytest.mark.parametrize(
    ("goal", "value", "reference", "ratio", "holds"),
    [
        (Goal("ratio", "<=", 1.15), 11.5, 10.0, 1.15, True),
        (Goal("ratio", "<=", 1.15), 11.6, 10.0, 1.16, False),
        (Goal("ratio", ">=", 0.99), 99.0, 100.0, 0.99, True),
        (Goal("ratio", ">=", 0.99), 98.0, 100.0, 0.98, False),
        (Goal("value", "<=", 2.5), 2.5, None, None, True),
        (Goal("value", ">=", 99), 98.9, None, None, False),
        (Goal("ratio", "<=", 1.0), 1.0, 0.0, None, None),
        (Goal("value", "<=", 1.0), None, None, None, None),
        (None, 3.0, 2.0, 1.5, None),
    ],
)
def test_rows(
    goal: Goal | None, value: float | None, reference: float | None, ratio: float | None, holds: bool | None
) -> None:
    row = Row("a/b", "ms", goal, value, reference)
    assert row.ratio == (None if ratio is None else pytest.approx(ratio))
    assert row.holds is holds


def test_json_has_the_keys_of_the_contract_in_their_order() -> None:
    row = Row("a/b", "ms", Goal("ratio", "<=", 1.15), 3.0, 2.0).as_json("a machine")
    assert list(row) == KEYS
    assert list(row.values()) == ["a/b", 3.0, "ms", 2.0, 1.5, "ratio <= 1.15", False, None, "a machine"]


def test_the_age_of_99_percent() -> None:
    assert percentile(list(range(1, 101)), 99) == 99
    assert percentile(list(range(1, 101)), 50) == 50
    assert percentile([7.0], 99) == 7.0


def test_the_share_of_frames_that_were_shown() -> None:
    assert share_shown([5, 6, 7, 8]) == 100
    assert share_shown([5, 6, 6, 8]) == 75


def test_memory_grows_from_the_first_looks_to_the_last() -> None:
    looks = [999.0, *[10.0] * 5, 99.0, *[50.0] * 40, *[30.0] * 6]
    assert growth(looks) == 20


def test_the_interval_leaves_out_the_warm_up() -> None:
    painted = [0.0, 5.0, *[10 + 0.5 * n for n in range(40)]]
    assert interval(painted) == pytest.approx(0.5)
    assert interval([1.0, 3.0]) == 2
    assert math.isnan(interval([1.0]))
