"""When the window process is started, ended and started anew, on clocks that the test holds."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from desktop.kiosk.beat import Beat, LaneBeat
from desktop.kiosk.kiosk import Keep
from desktop.kiosk.restarts import (
    APART,
    BACK,
    CLOSING,
    FAILURES,
    FIRST_GAP,
    KEPT,
    LONGEST_GAP,
    PLANNED,
    SILENCE,
    STARTING,
    WITHIN,
    Do,
    Restarts,
)

NOON = datetime(2026, 11, 26, 12, 0)
KEEP = Keep()
STEP = 0.25
STARTS = (Do.START, Do.START_PLAIN)


def beat(silent: float = 0.0) -> Beat:
    return Beat(
        "used", 0, "camera:", True, 0.03, (LaneBeat("canny", 30.0, 0.0), LaneBeat("haar-faces", 9.0, silent))
    )


class Life:
    """A supervisor that does what it is told, and a process that beats while it lives."""

    def __init__(self, keep: Keep = KEEP, wall: datetime = NOON) -> None:
        self.now = 1000.0
        self.wall = wall
        self.restarts = Restarts(keep, self.now, wall)
        self.beats = True
        self.obeys = True
        self.alive = False
        self.done: list[tuple[float, Do]] = []
        """What was to be done, and when: seconds since the beginning."""

    def go(self, seconds: float) -> None:
        """Hours in larger steps."""
        step = STEP if seconds < 3600 else 2.0
        for _step in range(round(seconds / step)):
            self.now += step
            self.wall += timedelta(seconds=step)
            self.step()

    def step(self) -> None:
        if self.alive and self.beats:
            self.restarts.hear(beat(), self.now)
        do = self.restarts.decide(self.now, self.wall)
        if do is Do.NOTHING:
            return
        self.done.append((self.now - 1000.0, do))
        if do in STARTS:
            self.alive = True
            self.restarts.started(self.now)
        elif do is Do.KILL or self.obeys:
            self.die("ended with status 0")

    def die(self, why: str = "ended by signal 9") -> None:
        self.alive = False
        self.restarts.ended(why, self.now, self.wall)

    @property
    def reasons(self) -> list[str]:
        return [restart.reason for restart in self.restarts.history]

    def gap(self) -> float:
        """Seconds from an end that comes now to the next start."""
        self.die()
        before, count = self.now, len(self.done)
        self.go(2 * LONGEST_GAP)
        return 1000.0 + self.done[count][0] - before


@pytest.fixture
def life() -> Life:
    life = Life()
    life.go(1)
    assert life.done == [(STEP, Do.START)]
    life.done.clear()
    return life


def test_a_process_that_beats_is_left_alone(life: Life) -> None:
    life.go(3 * 3600)
    assert life.done == []
    assert life.restarts.count == 0


# --- crashes


def test_after_a_crash_it_is_started_soon_and_the_reason_is_remembered(life: Life) -> None:
    assert FIRST_GAP <= life.gap() <= FIRST_GAP + STEP
    assert life.reasons == ["ended by signal 9"]
    assert life.restarts.count == 1


def test_the_gap_doubles_with_every_failure_that_comes_soon_up_to_a_minute() -> None:
    life = Life()
    life.go(1)
    gaps = []
    for _failure in range(12):
        life.die()
        wanted = life.now
        while not life.alive:
            life.go(STEP)
        gaps.append(life.now - wanted)
    assert gaps == [FIRST_GAP * 2**n for n in range(7)] + [LONGEST_GAP] * 5


def test_failures_that_are_long_past_make_no_gap(life: Life) -> None:
    for _failure in range(8):
        assert life.gap() <= FIRST_GAP + STEP
        life.go(WITHIN)
    assert not life.restarts.plain


def test_a_failure_every_few_minutes_makes_a_short_gap_for_ever(life: Life) -> None:
    """Four in ten minutes are no reason for the plain kiosk, nor for a minute in the dark."""
    for _failure in range(20):
        assert life.gap() <= FIRST_GAP * 2 ** (FAILURES - 2) + STEP
        life.go(60)
    assert not life.restarts.plain


# --- hangs


def test_a_silent_process_is_killed(life: Life) -> None:
    life.beats = False
    heard = life.now - 1000.0
    life.go(SILENCE + 1)
    assert life.done[0] == (heard + SILENCE, Do.KILL)
    assert life.reasons == [f"no sign of life for {SILENCE:.0f} s"]
    life.go(2)
    assert life.done[1][1] is Do.START


def test_a_new_process_has_longer_for_its_first_beat() -> None:
    life = Life()
    life.beats = False
    life.go(STARTING)
    assert [do for _at, do in life.done] == [Do.START]
    life.go(1)
    assert [do for _at, do in life.done][:2] == [Do.START, Do.KILL]
    assert life.reasons == ["no sign of life for 30 s"]


def test_the_process_after_one_that_beat_has_as_long(life: Life) -> None:
    life.die()
    life.beats = False
    life.go(STARTING - 1)
    assert [do for _at, do in life.done] == [Do.START]


@pytest.mark.parametrize(("silent", "ends"), [(SILENCE - 0.1, False), (SILENCE, True)])
def test_a_lane_that_hangs_ends_the_process_unasked(life: Life, silent: float, ends: bool) -> None:
    life.restarts.hear(beat(silent), life.now)
    life.go(1)
    assert [do for _at, do in life.done] == ([Do.KILL, Do.START] if ends else [])
    assert life.reasons == (["haar-faces hangs"] if ends else [])


def test_who_does_not_end_when_asked_is_killed(life: Life) -> None:
    life.obeys = False
    life.restarts.weigh(5000)
    life.go(CLOSING + 1)
    (asked, first), (killed, second) = life.done[:2]
    assert (first, second) == (Do.ASK_TO_END, Do.KILL)
    assert killed - asked == CLOSING


# --- memory


@pytest.mark.parametrize(("megabytes", "reasons"), [(2000.0, []), (2001.0, ["memory: 2001 MB"])])
def test_a_process_beyond_its_memory_is_started_anew(
    life: Life, megabytes: float, reasons: list[str]
) -> None:
    life.restarts.weigh(megabytes)
    life.go(2)
    assert life.reasons == reasons
    assert [do for _at, do in life.done] == ([Do.ASK_TO_END, Do.START] if reasons else [])


def test_what_is_weighed_while_nothing_runs_ends_nothing(life: Life) -> None:
    life.die()
    life.restarts.weigh(9000)
    life.go(5)
    assert [do for _at, do in life.done] == [Do.START]
    assert life.reasons == ["ended by signal 9"]


# --- why it ended


def test_the_first_reason_is_the_one_that_is_told(life: Life) -> None:
    life.obeys = False
    life.restarts.weigh(3000)
    life.restarts.hear(beat(60.0), life.now)
    life.go(CLOSING + 1)
    assert life.reasons == ["memory: 3000 MB"]


def test_a_process_that_crashes_while_it_is_being_ended_counts_once(life: Life) -> None:
    life.obeys = False
    life.restarts.weigh(3000)
    life.go(STEP)
    before = life.restarts.ending
    life.die("ended by signal 11")
    assert (before, life.restarts.ending) == (True, False)
    life.go(3)
    assert life.reasons == ["memory: 3000 MB"]
    assert [do for _at, do in life.done] == [Do.ASK_TO_END, Do.START]


def test_only_the_newest_restarts_are_kept_and_all_are_counted(life: Life) -> None:
    for _failure in range(KEPT + 5):
        life.die()
        life.go(LONGEST_GAP + 1)
    assert len(life.restarts.history) == KEPT
    assert life.restarts.count == KEPT + 5
    assert life.restarts.history[-1].at <= life.wall


def test_one_that_could_not_even_be_started_is_tried_again(life: Life) -> None:
    life.die()
    life.restarts.ended("could not be started", life.now, life.wall)
    life.go(3)
    assert [do for _at, do in life.done] == [Do.START]


# --- the plain kiosk


def fail(life: Life, times: int) -> None:
    for _failure in range(times):
        life.die()
        while not life.alive:
            life.go(STEP)


def test_after_five_failures_in_ten_minutes_the_plain_kiosk_takes_over(life: Life) -> None:
    fail(life, FAILURES - 1)
    assert {do for _at, do in life.done} == {Do.START}
    fail(life, 1)
    assert life.done[-1][1] is Do.START_PLAIN
    assert life.restarts.plain


def test_five_failures_in_more_than_ten_minutes_are_none(life: Life) -> None:
    for _failure in range(FAILURES + 3):
        fail(life, 1)
        life.go(WITHIN / (FAILURES - 1))
    assert not life.restarts.plain


def test_the_plain_kiosk_is_kept_up_as_well(life: Life) -> None:
    fail(life, FAILURES + 3)
    assert [do for _at, do in life.done[-3:]] == [Do.START_PLAIN] * 3


def test_after_ten_quiet_minutes_the_stations_come_back(life: Life) -> None:
    fail(life, FAILURES)
    life.done.clear()
    failed = life.restarts.history[-1].at
    life.go(WITHIN + 10)
    assert [do for _at, do in life.done] == [Do.ASK_TO_END, Do.START]
    assert life.reasons[-1] == BACK
    assert life.restarts.history[-1].at - failed >= timedelta(seconds=WITHIN)
    assert not life.restarts.plain
    life.go(3600)
    assert len(life.done) == 2


def test_minutes_with_failures_are_not_quiet(life: Life) -> None:
    fail(life, FAILURES)
    for _failure in range(4):
        life.go(WITHIN - LONGEST_GAP - 10)
        fail(life, 1)
    assert life.restarts.plain
    assert BACK not in life.reasons


def test_coming_back_is_no_failure(life: Life) -> None:
    fail(life, FAILURES)
    life.go(WITHIN + 10)
    assert life.gap() <= FIRST_GAP + STEP


# --- every night


def night(at: time | None = time(4, 0), minutes_before: float = 10) -> Life:
    life = Life(Keep(restart=at), datetime(2026, 11, 26, 4, 0) - timedelta(minutes=minutes_before))
    life.go(1)
    life.done.clear()
    return life


def test_it_is_started_anew_once_a_night_at_its_time() -> None:
    life = night()
    life.go(3 * 24 * 3600)
    assert life.reasons == [PLANNED] * 3
    for number, restart in enumerate(life.restarts.history):
        due = datetime(2026, 11, 26, 4, 0) + timedelta(days=number)
        assert timedelta() <= restart.at - due <= timedelta(seconds=2)
    assert not life.restarts.plain


def test_it_is_asked_to_end_and_comes_back_at_once() -> None:
    life = night()
    life.go(700)
    (asked, first), (started, second) = life.done
    assert (first, second) == (Do.ASK_TO_END, Do.START)
    assert started - asked <= 2 * STEP


def test_without_a_time_there_is_none() -> None:
    life = night(None)
    life.go(24 * 3600)
    assert life.done == []


def test_a_start_after_its_time_is_not_followed_by_a_restart() -> None:
    life = night(minutes_before=-5)
    life.go(3600)
    assert life.done == []


def test_a_process_that_does_not_run_at_its_time_is_just_started() -> None:
    life = night(minutes_before=0.2)
    fail(life, FAILURES - 1)
    life.die()
    before = life.wall
    life.go(60)
    assert before < datetime(2026, 11, 26, 4, 0) < life.wall
    assert PLANNED not in life.reasons


@pytest.mark.parametrize("back", [timedelta(seconds=2), timedelta(hours=1), timedelta(hours=2.5)])
def test_a_clock_that_is_put_back_makes_no_second_restart(back: timedelta) -> None:
    life = night()
    life.go(610)
    assert life.reasons == [PLANNED]
    life.wall -= back
    life.go(back.total_seconds() + 600)
    assert life.reasons == [PLANNED]
    life.go(24 * 3600)
    assert life.reasons == [PLANNED] * 2


@pytest.mark.parametrize("away", [timedelta(days=4000), timedelta(days=-4000), timedelta(hours=7)])
def test_a_clock_that_was_wrong_for_a_while_costs_no_night(away: timedelta) -> None:
    life = night()
    life.wall += away
    life.go(300)
    life.wall -= away
    life.go(600)
    assert life.reasons == [PLANNED]
    life.go(24 * 3600)
    assert life.reasons == [PLANNED] * 2


def test_a_clock_that_leaps_over_the_hour_by_a_little_makes_up_for_it() -> None:
    life = night(minutes_before=30)
    life.wall += timedelta(minutes=50)
    life.go(5)
    assert life.reasons == [PLANNED]


def test_nobody_is_interrupted_at_noon_because_the_machine_slept_at_four() -> None:
    life = night()
    life.wall += timedelta(hours=8)
    life.go(APART)
    assert life.reasons == []


# --- sleep


def test_who_slept_with_the_whole_machine_was_not_silent(life: Life) -> None:
    life.now += 8 * 3600
    do = life.restarts.decide(life.now, life.wall)
    assert do is Do.NOTHING
    life.restarts.hear(beat(silent=8 * 3600.0), life.now + 0.5)
    life.go(SILENCE)
    assert life.done == []


def test_who_is_silent_after_the_sleep_is_killed_all_the_same(life: Life) -> None:
    life.beats = False
    life.now += 8 * 3600
    life.go(SILENCE + 1)
    assert life.reasons == [f"no sign of life for {SILENCE:.0f} s"]


def test_a_lane_that_hangs_after_the_sleep_ends_the_process_all_the_same(life: Life) -> None:
    life.now += 8 * 3600
    life.go(SILENCE + 1)
    life.restarts.hear(beat(silent=SILENCE + 1), life.now)
    life.go(1)
    assert life.reasons == ["haar-faces hangs"]
