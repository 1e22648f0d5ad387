"""Opening hours by the clock on the wall: over midnight, on some days, never on others."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from desktop.kiosk.hours import is_open
from desktop.kiosk.kiosk import Hours

WEEK: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = Hours(time(9, 30), time(17, 0))
EVENING = Hours(time(18, 0), time(2, 0))


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """November 2026: the 1st and the 29th are Sundays."""
    return datetime(2026, 11, day, hour, minute, second)


def test_days_are_named_as_the_calendar_does() -> None:
    assert datetime(2026, 11, 29).strftime("%a") == "Sun"


@pytest.mark.parametrize("hour", range(24))
def test_without_hours_it_never_closes(hour: int) -> None:
    assert is_open(Hours(), at(26, hour))


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (at(26, 9, 29, 59), False),
        (at(26, 9, 30), True),
        (at(26, 16, 59, 59), True),
        (at(26, 17, 0), False),
        (at(26, 0, 0), False),
    ],
)
def test_it_opens_and_closes_to_the_second(moment: datetime, open_: bool) -> None:
    assert is_open(DAY, moment) is open_


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (at(26, 17, 59), False),
        (at(26, 18, 0), True),
        (at(26, 23, 59, 59), True),
        (at(27, 0, 0), True),
        (at(27, 1, 59, 59), True),
        (at(27, 2, 0), False),
    ],
)
def test_an_evening_goes_on_after_midnight(moment: datetime, open_: bool) -> None:
    assert is_open(EVENING, moment) is open_


def test_until_midnight_is_the_whole_evening_and_no_more() -> None:
    hours = Hours(time(9, 0), time(0, 0))
    assert is_open(hours, at(26, 23, 59, 59))
    assert not is_open(hours, at(27, 0, 0))


@pytest.mark.parametrize("number", range(7))
def test_it_opens_only_on_its_days(number: int) -> None:
    hours = Hours(time(9, 0), time(17, 0), days=(WEEK[number],))  # type: ignore[arg-type]
    found = [at(day, 12).weekday() for day in range(2, 9) if is_open(hours, at(day, 12))]
    assert found == [number]


def test_the_hours_after_midnight_belong_to_the_evening_before() -> None:
    friday = Hours(time(18, 0), time(2, 0), days=("fri",))
    assert not is_open(friday, at(27, 1))  # the night after Thursday
    assert is_open(friday, at(27, 20))
    assert is_open(friday, at(28, 1))
    assert not is_open(friday, at(28, 20))


def test_on_a_closed_day_it_stays_dark() -> None:
    hours = Hours(time(9, 30), time(17, 0), closed=(date(2026, 11, 26),))
    assert [day for day in (25, 26, 27) if is_open(hours, at(day, 12))] == [25, 27]


def test_a_closed_evening_is_closed_after_midnight_too_and_ends_none_before() -> None:
    hours = Hours(time(18, 0), time(2, 0), closed=(date(2026, 11, 26),))
    assert is_open(hours, at(26, 1))
    assert not is_open(hours, at(26, 20))
    assert not is_open(hours, at(27, 1))
    assert is_open(hours, at(27, 20))


def test_days_count_for_an_exhibit_without_hours_too() -> None:
    hours = Hours(days=("sat", "sun"), closed=(date(2026, 11, 29),))
    assert [day for day in range(23, 30) if is_open(hours, at(day, 3))] == [28]
