"""The faults of a soak: all of them, in the seed's order, and no more deaths than the exhibit may have."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import get_args

import pytest

from desktop.kiosk.counts import EVERY
from desktop.kiosk.restarts import FAILURES, SILENCE, WITHIN
from desktop.kiosk.soak.deeds import CameraFault, LaneFault
from desktop.kiosk.soak.schedule import DEADLY, FAULTS, Injection, Schedule


def drawn(seed: int, length: float = 7200.0, every: float = 10.0) -> list[tuple[float, Injection]]:
    schedule = Schedule(length, seed, fills_disks=True)
    return [(at, schedule.next(at)) for at in (number * every for number in range(int(length / every)))]


def test_the_same_seed_brings_the_same_and_another_one_others() -> None:
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_when_a_deadly_one_is_left_out_those_behind_it_stay() -> None:
    """Timing decides what is left out, and must decide nothing else."""
    harmless = [
        [one for _at, one in drawn(3, every=every) if one.fault not in DEADLY] for every in (5.0, 7.0, 20.0)
    ]
    shortest = min(map(len, harmless))
    assert shortest > 100
    assert harmless[0][:shortest] == harmless[1][:shortest] == harmless[2][:shortest]


@pytest.mark.parametrize("seed", range(20))
def test_two_minutes_bring_each_fault_once(seed: int) -> None:
    schedule = Schedule(120.0, seed, fills_disks=True)
    assert sorted(schedule.next(13.0 * number).fault for number in range(len(FAULTS))) == sorted(FAULTS)


def test_everything_comes_in_its_time() -> None:
    names = Counter(one.name for _at, one in drawn(4))
    assert {f"camera ({how})" for how in get_args(CameraFault)} < names.keys()
    assert {f"lane ({how})" for how in get_args(LaneFault)} < names.keys()
    assert {"disk (full)", "disk (refusing)", "stall", "clock", "suspend", *DEADLY} < names.keys()


def test_what_lasts_is_never_taken_for_a_hang_and_a_disk_refuses_until_something_was_to_be_written() -> None:
    for _at, one in drawn(5):
        if one.fault in DEADLY:
            assert one.seconds == 0
        elif one.fault == "disk":
            assert one.seconds > EVERY
        elif one.fault in ("camera", "clock"):
            assert one.seconds > 0
        else:
            assert 0 < one.seconds <= SILENCE - 3


@pytest.mark.parametrize("seed", range(5))
def test_its_own_deaths_never_bring_the_plain_kiosk_and_leave_room_for_another(seed: int) -> None:
    deaths = [at for at, one in drawn(seed, 10_000, 3.0) if one.fault in DEADLY]
    assert len(deaths) > 10
    for place in range(len(deaths)):
        assert sum(0 <= at - deaths[place] <= WITHIN for at in deaths[place:]) < FAILURES - 1


@pytest.mark.parametrize("hours", [0.5, 0.6, 1.0, 8.0])
def test_a_process_lives_long_enough_to_tell_its_growth(hours: float) -> None:
    """Ten minutes to warm up and ten to be measured, whatever a death takes until it is over."""
    length = 3600 * hours
    deaths = [at for at, one in drawn(6, length) if one.fault in DEADLY]
    assert deaths
    assert max(deaths) <= length - 1200 - 20
    assert max(deaths) <= length / 2 + 10


def test_a_disk_that_cannot_be_filled_here_refuses() -> None:
    schedule = Schedule(3600.0, 7, fills_disks=False)
    disks = {one.how for one in (schedule.next(0.0) for _ in range(200)) if one.fault == "disk"}
    assert disks == {"refusing"}


def test_clocks_are_set_forward_and_back() -> None:
    jumps = [one.jump for _at, one in drawn(8) if one.fault == "clock"]
    assert min(jumps) < -3600
    assert max(jumps) > 3600
    assert all(one != other for one, other in pairwise(jumps))
