"""What a visitor meets, at every moment of a visit, on a clock that the test holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from desktop.kiosk.kiosk import Attract, Idle, Presence
from desktop.kiosk.presence import GAP
from desktop.kiosk.visit import Mode, Moment, Visit

ATTRACT, IDLE = Attract(after=90.0, each=15.0), Idle(after=60.0, countdown=10)
PRESENCE = Presence()
RESET = IDLE.after + IDLE.countdown
START = 5000.25
STATIONS = 3


@dataclass
class Told:
    """Everything the visit tells who counts."""

    news: list[tuple[object, ...]] = field(default_factory=list)

    def visit_began(self) -> None:
        self.news.append(("began",))

    def station_chosen(self, station: int) -> None:
        self.news.append(("chosen", station))

    def visit_ended(self, seconds: float, faces: int) -> None:
        self.news.append(("ended", pytest.approx(seconds), faces))


@pytest.fixture
def told() -> Told:
    return Told()


def made(
    told: Told,
    attract: Attract = ATTRACT,
    idle: Idle = IDLE,
    presence: Presence = PRESENCE,
    stations: int = 3,
) -> Visit:
    return Visit(stations, attract, idle, presence, now=START, listener=told)


@pytest.fixture
def visit(told: Told) -> Visit:
    return made(told)


def stand(visit: Visit, since: float, until: float, faces: int = 1, missed: int = 0) -> None:
    """Faces in view, looked for twice a second; every `missed`th look misses them."""
    for look in range(int((until - since) * 2) + 1):
        now = START + since + look / 2
        visit.see(0 if missed and look % missed == missed - 1 else faces, now)
        visit.at(now)


def at(visit: Visit, seconds: float) -> Moment:
    return visit.at(START + seconds)


# --- nobody is there


def test_it_wanders_from_the_start_and_through_all_stations(visit: Visit, told: Told) -> None:
    shown = [at(visit, seconds) for seconds in (0, 14.9, 15, 29.9, 30, 45)]
    assert [moment.station for moment in shown] == [0, 0, 1, 1, 2, 0]
    assert {moment.mode for moment in shown} == {Mode.WANDERING}
    assert told.news == []


def test_a_single_station_stays(told: Told) -> None:
    visit = made(told, stations=1)
    assert [at(visit, seconds).station for seconds in (0, 15, 30, 45)] == [0] * 4


# --- somebody comes


def test_a_touch_begins_a_visit_at_the_station_on_screen(visit: Visit, told: Told) -> None:
    assert at(visit, 16).station == 1
    visit.touch(START + 31)  # the next station was due, but it is the one on screen that was touched
    assert at(visit, 31) == Moment(Mode.USED, 1, 0, 1)
    assert at(visit, 61) == Moment(Mode.USED, 1, 0, 1)
    assert told.news == [("began",)]


def test_a_button_leads_to_its_station(visit: Visit, told: Told) -> None:
    visit.choose(2, START + 3)
    assert at(visit, 3) == Moment(Mode.USED, 2, 0, 1)
    assert told.news == [("began",), ("chosen", 2)]


@pytest.mark.parametrize("station", [-1, STATIONS])
def test_there_is_no_other_station(visit: Visit, told: Told, station: int) -> None:
    with pytest.raises(ValueError, match="3 stations"):
        visit.choose(station, START)
    assert told.news == []


def test_a_choice_is_counted_when_it_is_another_one(visit: Visit, told: Told) -> None:
    for moment, station in enumerate((1, 1, 1, 2, 2, 1)):
        visit.choose(station, START + moment)
    at(visit, 10 + RESET)
    visit.choose(1, START + 200)
    assert [news for news in told.news if news[0] == "chosen"] == [("chosen", n) for n in (1, 2, 1, 1)]


def test_a_face_that_stays_a_second_begins_a_visit(visit: Visit, told: Told) -> None:
    stand(visit, 3, 3.5)
    assert at(visit, 3.6).mode is Mode.WANDERING
    stand(visit, 4, 4)
    assert at(visit, 4.1) == Moment(Mode.USED, 0, 0, 1)
    assert told.news == [("began",)]


def test_a_passer_by_begins_none(visit: Visit, told: Told) -> None:
    stand(visit, 3, 3.5)
    assert {at(visit, 3.5 + later / 10).mode for later in range(50)} == {Mode.WANDERING}
    assert told.news == []


def test_faces_begin_nothing_where_presence_is_off(told: Told) -> None:
    visit = made(told, presence=Presence(on=False))
    stand(visit, 0, 5, faces=2)
    visit.touch(START + 5)
    stand(visit, 5, 75, faces=2)
    assert told.news == [("began",), ("ended", 0.0, 0)]


# --- somebody leaves


def test_the_countdown_goes_from_the_first_second_to_the_last(visit: Visit) -> None:
    visit.touch(START)
    assert at(visit, 59.99) == Moment(Mode.USED, 0, 0, 1)
    for second in range(IDLE.countdown):
        left = IDLE.countdown - second
        assert at(visit, 60 + second) == Moment(Mode.LEAVING, 0, left, 1)
        assert at(visit, 60.99 + second) == Moment(Mode.LEAVING, 0, left, 1)
    assert at(visit, 70) == Moment(Mode.RESTING, 0, 0, 1)


def test_it_never_begins_above_its_length(told: Told) -> None:
    """Also where the sums of seconds are rounded."""
    for tenths in range(10, 400):
        after = tenths / 10
        visit = made(told, idle=Idle(after, 10))
        visit.touch(START)
        lefts = [at(visit, after + step / 7).left for step in range(70)]
        assert max(lefts) == 10, after
        assert lefts[1:] == sorted(lefts[1:], reverse=True), after


def test_a_touch_in_the_last_moment_keeps_everything(visit: Visit, told: Told) -> None:
    visit.choose(2, START)
    assert at(visit, 69.9).mode is Mode.LEAVING
    visit.touch(START + 69.9)
    assert at(visit, 69.9) == Moment(Mode.USED, 2, 0, 1)
    assert at(visit, 129.8).mode is Mode.USED
    assert told.news == [("began",), ("chosen", 2)]


def test_a_station_chosen_during_the_countdown_keeps_the_visit(visit: Visit, told: Told) -> None:
    visit.touch(START)
    assert at(visit, 65).left == 5
    visit.choose(1, START + 65)
    assert at(visit, 65) == Moment(Mode.USED, 1, 0, 1)
    assert told.news == [("began",), ("chosen", 1)]


def test_who_comes_back_into_view_during_the_countdown_keeps_the_visit(visit: Visit, told: Told) -> None:
    visit.touch(START)
    assert at(visit, 64).left == 6
    stand(visit, 64, 65)
    assert at(visit, 65) == Moment(Mode.USED, 0, 0, 1)
    assert told.news == [("began",)]


def test_it_is_put_back_then_rests_then_wanders(visit: Visit, told: Told) -> None:
    visit.choose(2, START)
    visit.touch(START + 30)
    assert at(visit, 100) == Moment(Mode.RESTING, 0, 0, 1)
    assert at(visit, 119.9) == Moment(Mode.RESTING, 0, 0, 1)
    assert at(visit, 120) == Moment(Mode.WANDERING, 0, 0, 1)
    assert at(visit, 134.9) == Moment(Mode.WANDERING, 0, 0, 1)
    assert at(visit, 135) == Moment(Mode.WANDERING, 1, 0, 1)
    assert told.news == [("began",), ("chosen", 2), ("ended", 30.0, 0)]


@pytest.mark.parametrize("after", [5.0, 60.0, 70.0])
def test_it_never_wanders_before_it_was_put_back(told: Told, after: float) -> None:
    visit = made(told, attract=Attract(after, 15.0))
    visit.touch(START)
    assert at(visit, 61).mode is Mode.LEAVING
    assert at(visit, 69.9).mode is Mode.LEAVING
    assert at(visit, 70).mode is Mode.WANDERING


@pytest.mark.parametrize("seconds", [75.0, 100.0])
def test_a_touch_while_it_rests_or_wanders_begins_the_next_visit(
    visit: Visit, told: Told, seconds: float
) -> None:
    visit.touch(START)
    at(visit, RESET)
    at(visit, seconds)
    visit.touch(START + seconds)
    assert at(visit, seconds).mode is Mode.USED
    assert at(visit, seconds).visit == 2
    assert told.news == [("began",), ("ended", 0.0, 0), ("began",)]


# --- presence


def test_who_stands_there_and_touches_nothing_is_left_alone(visit: Visit, told: Told) -> None:
    stand(visit, 0, 300)
    assert at(visit, 300).mode is Mode.USED
    assert told.news == [("began",)]


def test_a_detector_that_flickers_makes_no_second_visit(visit: Visit, told: Told) -> None:
    stand(visit, 0, 300, missed=2)
    assert at(visit, 300) == Moment(Mode.USED, 0, 0, 1)
    assert told.news == [("began",)]


def test_the_silence_begins_when_the_last_face_is_gone(visit: Visit, told: Told) -> None:
    stand(visit, 0, 20)
    for tenth in range(200, 220):
        at(visit, tenth / 10)
    assert at(visit, 20 + 60 - 0.1).mode is Mode.USED
    assert at(visit, 20 + 60 + GAP).mode is Mode.LEAVING
    at(visit, 20 + RESET + GAP)
    (began, ended) = told.news
    assert began == ("began",)
    assert ended[1] == pytest.approx(19.0, abs=GAP)


def test_the_most_faces_of_the_visit_are_told_and_none_of_those_before(visit: Visit, told: Told) -> None:
    stand(visit, 0, 0.5, faces=9)  # passers-by
    stand(visit, 10, 12, faces=2)
    stand(visit, 20, 20, faces=3)
    at(visit, 200)
    visit.touch(START + 210)
    at(visit, 400)
    assert [news[2] for news in told.news if news[0] == "ended"] == [3, 0]


def test_who_is_in_view_when_the_screen_is_touched_counts(visit: Visit, told: Told) -> None:
    visit.see(4, START)
    visit.touch(START + 0.2)
    at(visit, 100)
    assert told.news == [("began",), ("ended", 0.0, 4)]


# --- a clock that leaps, an exhibit that closes


@pytest.mark.parametrize("sign", ["touch", "choice", "look"])
def test_after_a_long_sleep_the_former_visit_is_over(visit: Visit, told: Told, sign: str) -> None:
    visit.choose(2, START)
    visit.touch(START + 10)
    morning = START + 8 * 3600
    if sign == "look":
        assert visit.at(morning) == Moment(Mode.WANDERING, 0, 0, 1)
        visit.touch(morning)
    elif sign == "touch":
        visit.touch(morning)
    else:
        visit.choose(0, morning)
    assert visit.at(morning) == Moment(Mode.USED, 0, 0, 2)
    assert told.news[:4] == [("began",), ("chosen", 2), ("ended", 10.0, 0), ("began",)]


def test_a_face_before_a_long_sleep_is_nobody_after_it(visit: Visit, told: Told) -> None:
    stand(visit, 0, 20)
    visit.see(1, START + 10_000)
    assert at(visit, 10_000).mode is Mode.WANDERING
    assert [news[0] for news in told.news] == ["began", "ended"]


def test_closing_ends_a_visit_once(visit: Visit, told: Told) -> None:
    visit.choose(1, START)
    visit.touch(START + 40)
    visit.end()
    visit.end()
    assert told.news == [("began",), ("chosen", 1), ("ended", 40.0, 0)]
    assert at(visit, 50_000) == Moment(Mode.WANDERING, 0, 0, 1)


def test_closing_while_nobody_is_there_ends_nothing(visit: Visit, told: Told) -> None:
    visit.end()
    at(visit, 20)
    visit.end()
    assert told.news == []
