"""Whether the exhibit is open, by the clock on the wall."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.kiosk.kiosk import DAYS, Hours


def is_open(hours: Hours, wall: datetime) -> bool:
    """An evening that goes on after midnight belongs to the day on which it began."""
    opens, closes, now = hours.opens, hours.closes, wall.time()
    if opens == closes:
        return _is_day(hours, wall.date())
    if opens < closes:
        return opens <= now < closes and _is_day(hours, wall.date())
    if now >= opens:
        return _is_day(hours, wall.date())
    return now < closes and _is_day(hours, wall.date() - timedelta(days=1))


def _is_day(hours: Hours, day: date) -> bool:
    return DAYS[day.weekday()] in hours.days and day not in hours.closed
