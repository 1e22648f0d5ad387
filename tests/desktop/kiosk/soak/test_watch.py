"""What a soak sees in the reports of an exhibit: made-up ones, four a second by a clock of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from msgspec.structs import replace

from desktop.kiosk.beat import Beat, LaneBeat
from desktop.kiosk.report import Condition, Report
from desktop.kiosk.restarts import Restart
from desktop.kiosk.soak.watch import SAMPLE, Watch

CAMERA, DEMO = "camera:", "demo:"
LOOK = 0.25


class Exhibit:
    """Whose window beats once a second, and whose pictures come as they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.condition = Condition(lambda: self.now)
        self.condition.window_began()
        self.watch = Watch(CAMERA)
        self.source, self.live = CAMERA, True
        self.captured = self.now
        self.is_quiet = True
        self.lanes: tuple[LaneBeat, ...] = ()
        self._restarts: list[Restart] = []
        self.plays(3)

    def plays(self, seconds: float) -> Report:
        """Pictures come."""
        return self._goes_on(seconds, pictures=True, beats=True)

    def shows_nothing_new(self, seconds: float) -> Report:
        return self._goes_on(seconds, pictures=False, beats=True)

    def is_silent(self, seconds: float) -> Report:
        return self._goes_on(seconds, pictures=False, beats=False)

    def restarts(self, reason: str, seconds: float, *, plain: bool = False) -> Report:
        self._restarts.append(Restart(datetime(2026, 11, 26), reason))
        self.condition.window_ended(tuple(self._restarts), len(self._restarts), plain=plain)
        self.is_silent(seconds)
        self.condition.window_began()
        return self.plays(2)

    def _goes_on(self, seconds: float, *, pictures: bool, beats: bool) -> Report:
        for look in range(round(seconds / LOOK)):
            self.now += LOOK
            if pictures:
                self.captured = self.now - 0.05
            if beats and look % 4 == 0:
                age = self.now - self.captured
                beat = Beat("used", 0, self.source, self.live, age, self.lanes, "", 12, 9)
                self.condition.hear(beat)
                self.condition.measure(300.0, None)
            report = self.condition.report()
            self.watch.look(report, self.now, quiet=self.is_quiet)
        return report


@pytest.fixture
def exhibit() -> Exhibit:
    return Exhibit()


def is_back(exhibit: Exhibit, report: Report, since: float) -> bool:
    return exhibit.watch.is_back(report, exhibit.now, since)


# --- the time without a picture


def test_while_pictures_come_it_is_no_longer_than_from_one_beat_to_the_next(exhibit: Exhibit) -> None:
    exhibit.plays(60)
    assert exhibit.watch.longest == pytest.approx(1.0, abs=LOOK)


Silence = Callable[[Exhibit, float], Report]


@pytest.mark.parametrize("how", [Exhibit.is_silent, Exhibit.shows_nothing_new])
def test_it_goes_from_the_last_picture_to_the_next(exhibit: Exhibit, how: Silence) -> None:
    last = exhibit.captured
    how(exhibit, 7)
    exhibit.plays(2)
    first = last + 7 + LOOK
    assert exhibit.watch.longest == pytest.approx(first - last, abs=1.0)
    assert exhibit.watch.longest >= 7


def test_while_none_comes_it_grows(exhibit: Exhibit) -> None:
    exhibit.shows_nothing_new(30)
    assert exhibit.watch.longest >= 30


def test_a_process_that_ends_counts_until_the_next_one_shows_something(exhibit: Exhibit) -> None:
    exhibit.restarts("ended by SIGKILL", 6)
    assert 6 <= exhibit.watch.longest <= 7.5


def test_each_fault_has_its_own(exhibit: Exhibit) -> None:
    exhibit.is_silent(8)
    exhibit.plays(3)
    exhibit.watch.begin(exhibit.now, stills=False)
    exhibit.is_silent(4)
    exhibit.plays(2)
    assert 4 <= exhibit.watch.gap <= 5.5
    assert exhibit.watch.longest >= 8


def test_the_fallback_is_a_picture_that_moves(exhibit: Exhibit) -> None:
    exhibit.watch.begin(exhibit.now, stills=True)
    exhibit.plays(2)  # which the camera repeats
    exhibit.source, exhibit.live = DEMO, False
    exhibit.plays(10)
    assert 2 <= exhibit.watch.gap <= 3.5


def test_pictures_that_do_not_change_are_none(exhibit: Exhibit) -> None:
    exhibit.watch.begin(exhibit.now, stills=True)
    exhibit.plays(6)
    assert exhibit.watch.gap >= 6
    exhibit.watch.over(exhibit.now)
    exhibit.is_silent(1)
    assert exhibit.watch.gap >= 7, "the last one of those is seen after the fault, and is still none"
    exhibit.plays(3)
    exhibit.watch.begin(exhibit.now, stills=False)
    exhibit.plays(3)
    assert exhibit.watch.gap <= 1 + LOOK


# --- whether it is back


def test_it_is_back_with_a_picture_of_its_own_after_the_fault(exhibit: Exhibit) -> None:
    over = exhibit.now
    assert not is_back(exhibit, exhibit.condition.report(), over), "that picture is from before"
    assert is_back(exhibit, exhibit.plays(2), over)


def test_it_is_not_while_another_source_stands_in(exhibit: Exhibit) -> None:
    exhibit.source, exhibit.live = DEMO, False
    assert not is_back(exhibit, exhibit.plays(5), exhibit.now - 4)


def test_that_its_own_pictures_come_is_asked_of_the_beat_itself(exhibit: Exhibit) -> None:
    over = exhibit.now
    report = exhibit.plays(2)
    assert is_back(exhibit, report, over)
    assert not is_back(exhibit, replace(report, live=False), over)


def test_it_is_not_while_anything_is_wrong(exhibit: Exhibit) -> None:
    exhibit.lanes = (LaneBeat("canny", 0.0, 6.0),)
    report = exhibit.plays(5)
    assert report.live
    assert not is_back(exhibit, report, exhibit.now - 4)


def test_it_is_not_with_a_picture_that_grows_old(exhibit: Exhibit) -> None:
    over = exhibit.now - 1
    assert not is_back(exhibit, exhibit.shows_nothing_new(3), over)


def test_the_plain_station_is_meant_after_too_many_failures_and_its_time_is_told(exhibit: Exhibit) -> None:
    report = exhibit.restarts("ended with status 1", 3, plain=True)
    assert report.reasons
    assert is_back(exhibit, report, exhibit.now - 1)
    assert exhibit.watch.plain == pytest.approx(5, abs=2 * LOOK)
    exhibit.source, exhibit.live = DEMO, False
    assert not is_back(exhibit, exhibit.plays(2), exhibit.now - 1)


# --- restarts, and what the process takes


def test_every_restart_is_told_with_its_reason(exhibit: Exhibit) -> None:
    assert exhibit.watch.reasons == []
    exhibit.restarts("ended by SIGKILL", 1)
    exhibit.restarts("no sign of life for 10 s", 1)
    assert exhibit.watch.reasons == ["ended by SIGKILL", "no sign of life for 10 s"]


def test_each_process_has_a_life_of_its_own_and_the_longest_is_measured(exhibit: Exhibit) -> None:
    exhibit.plays(10 * SAMPLE)
    exhibit.restarts("ended by SIGKILL", 1)
    exhibit.plays(3 * SAMPLE)
    first, second = exhibit.watch.lives
    assert exhibit.watch.longest_life is first
    assert len(first) == pytest.approx(10, abs=1)
    assert len(second) == pytest.approx(3, abs=1)
    assert {(one.megabytes, one.handles, one.threads) for one in first} == {(300.0, 9, 12)}
    assert [one.seconds for one in second] == sorted(one.seconds for one in second)
    assert second[-1].seconds < 4 * SAMPLE


def test_while_a_fault_is_at_work_nothing_is_measured(exhibit: Exhibit) -> None:
    exhibit.is_quiet = False
    before = len(exhibit.watch.longest_life)
    exhibit.plays(5 * SAMPLE)
    assert len(exhibit.watch.longest_life) == before
