"""What health is told: the truth about the window, the pictures and everything that is wrong."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from desktop.kiosk.beat import Beat, Counted, LaneBeat
from desktop.kiosk.report import NEWEST, OLD, Condition
from desktop.kiosk.restarts import Restart

FINE = Beat(
    "used",
    1,
    "camera:",
    True,
    0.04,
    (LaneBeat("canny", 30.0, 0.0), LaneBeat("haar-faces", 12.5, 0.08)),
    "",
    17,
    60,
    Counted(3, 12.5, 2, (4, 1)),
)
RESTART = Restart(datetime(2026, 11, 26, 12, 0), "ended by signal 9")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def condition(clock: Clock) -> Condition:
    """Of an exhibit that has begun 100 seconds ago, and its window 60."""
    condition = Condition(clock)
    clock.now += 40
    condition.window_began()
    clock.now += 60
    return condition


def test_an_exhibit_in_order(condition: Condition, clock: Clock) -> None:
    condition.hear(FINE)
    condition.measure(412.5, 61.0)
    clock.now += 0.5
    report = condition.report()
    assert (report.healthy, report.reasons) == (True, ())
    assert (report.uptime, report.window_uptime) == (100.5, 60.5)
    assert (report.mode, report.station, report.source, report.live) == ("used", 1, "camera:", True)
    assert report.age == pytest.approx(0.54)
    assert report.lanes == FINE.lanes
    assert (report.megabytes, report.temperature, report.threads, report.handles) == (412.5, 61.0, 17, 60)
    assert (report.restarts, report.newest_restarts, report.plain) == (0, (), False)
    assert report.counts == FINE.counts


@pytest.mark.parametrize(
    ("beat", "sentence"),
    [
        (replace(FINE, live=False), "The camera gives no picture: another source stands in for it."),
        (replace(FINE, age=OLD + 2), "No new picture has come for 7 s."),
        (replace(FINE, age=None), "No picture has come yet."),
        (replace(FINE, lanes=(LaneBeat("canny", 0.0, 8.0),)), "canny has worked on one picture for 8 s."),
        (replace(FINE, trouble="The disk is full."), "The disk is full."),
    ],
)
def test_everything_that_is_wrong_is_told(condition: Condition, beat: Beat, sentence: str) -> None:
    condition.hear(beat)
    report = condition.report()
    assert (report.healthy, report.reasons) == (False, (sentence,))


def test_a_window_that_stands_still_is_told_with_the_age_its_picture_has_now(
    condition: Condition, clock: Clock
) -> None:
    condition.hear(FINE)
    clock.now += OLD - 0.1
    assert condition.report().healthy
    clock.now += 3.1
    report = condition.report()
    assert report.age == pytest.approx(8.04)
    assert report.reasons == (
        "The window has given no sign of life for 8 s.",
        "No new picture has come for 8 s.",
    )


def test_no_picture_is_missed_while_it_is_closed(condition: Condition, clock: Clock) -> None:
    closed = replace(FINE, mode="closed", live=False, age=None, lanes=(), source="")
    condition.hear(closed)
    assert condition.report().healthy
    clock.now += OLD
    assert condition.report().reasons == ("The window has given no sign of life for 5 s.",)


def test_a_window_that_has_not_been_heard_is_starting(condition: Condition) -> None:
    report = condition.report()
    assert (report.mode, report.station, report.healthy) == ("starting", None, False)
    assert (report.window_uptime, report.age, report.live) == (60.0, None, False)
    assert report.reasons == ("The window is starting.",)


def test_before_its_first_window_there_is_none(clock: Clock) -> None:
    report = Condition(clock).report()
    assert (report.mode, report.window_uptime, report.reasons) == (
        "down",
        None,
        ("The window is not running.",),
    )


def test_of_a_window_that_is_gone_nothing_is_told_but_what_it_counted(condition: Condition) -> None:
    condition.hear(FINE)
    condition.measure(412.5, 61.0)
    condition.window_ended((RESTART,), 1, plain=False)
    report = condition.report()
    assert (report.mode, report.window_uptime, report.station) == ("down", None, None)
    assert (report.megabytes, report.threads, report.handles, report.lanes) == (0.0, 0, 0, ())
    assert (report.restarts, report.newest_restarts) == (1, (RESTART,))
    assert report.counts == FINE.counts
    assert report.temperature == 61.0
    condition.window_began()
    assert condition.report().reasons == ("The window is starting.",)
    assert condition.report().counts == FINE.counts


def test_the_plain_station_is_told_as_long_as_it_is_shown(condition: Condition) -> None:
    sentence = "After too many failures only the plain station is shown."
    condition.window_ended((RESTART,) * 5, 5, plain=True)
    assert condition.report().reasons == ("The window is not running.", sentence)
    condition.window_began()
    condition.hear(FINE)
    assert condition.report().reasons == (sentence,)
    assert condition.report().plain
    condition.window_ended((RESTART,) * 6, 6, plain=False)
    condition.window_began()
    condition.hear(FINE)
    assert condition.report().healthy


def test_only_the_newest_restarts_are_told_and_all_are_counted(condition: Condition) -> None:
    restarts = tuple(Restart(datetime(2026, 11, 26, 12, n), str(n)) for n in range(30))
    condition.window_ended(restarts, 95, plain=False)
    report = condition.report()
    assert report.restarts == 95
    assert report.newest_restarts == restarts[-NEWEST:]
