"""Whether a soak holds what was promised: from made-up trials and lives."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from desktop.kiosk.soak.life import Sample
from desktop.kiosk.soak.outcome import Outcome, Restarted, Trial, outcome

FINE = (
    Trial("camera", True, 5.7, 2.0),
    Trial("kill", True, 4.8, 4.7),
    Trial("camera", True, 1.1, 2.5),
    Trial("hang", True, 9.1, 4.8),
)


def of(
    trials: Sequence[Trial] = FINE,
    others: tuple[str, ...] = (),
    life: Sequence[Sample] = (),
) -> Outcome:
    return outcome(
        1.0,
        trials,
        left_out=("stuck-lane",),
        longest_without_picture=9.1,
        plain_seconds=0.0,
        restarts=Restarted(2, others),
        life=life,
    )


def life(*, megabytes_an_hour: float = 0.0, threads_an_hour: float = 0.0) -> list[Sample]:
    return [
        Sample(float(at), 0, 300 + megabytes_an_hour * at / 3600, 9, 10 + round(threads_an_hour * at / 3600))
        for at in range(0, 3601, 5)
    ]


def test_what_was_seen_is_told_by_kind() -> None:
    found = of()
    assert (found.brought, found.survived, found.holds) == (4, 4, True)
    assert list(found.faults) == ["camera", "kill", "hang"]
    assert msgspec.to_builtins(found.faults["camera"]) == {
        "brought": 2,
        "survived": 2,
        "without_picture": 5.7,
        "back_after": 2.5,
    }
    assert (found.longest_without_picture, found.longest_back_after) == (9.1, 4.8)
    assert found.left_out == ("stuck-lane",)
    assert (found.goals.memory, found.goals.handles, found.goals.threads) == (None, None, None)


def test_without_a_single_fault_there_is_nothing_that_does_not_hold() -> None:
    assert of(()).holds


@pytest.mark.parametrize(
    ("trial", "missed"),
    [
        (Trial("lane", False, 1.0, 60.0), {"survived", "picture"}),
        (Trial("disk", False, 1.0, 0.5), {"survived"}),
        (Trial("kill", True, 10.5, 4.0), {"picture"}),
        (Trial("camera", True, 4.0, 10.5), {"picture"}),
        (Trial("hang", True, 10.5, 9.0), {"picture"}),
        (Trial("hang", True, 9.0, 10.5), {"picture"}),
    ],
)
def test_one_fault_is_enough_not_to_hold(trial: Trial, missed: set[str]) -> None:
    found = of((*FINE, trial))
    goals = msgspec.to_builtins(found.goals)
    assert {name for name, is_reached in goals.items() if is_reached is False} == missed
    assert not found.holds


def test_a_restart_that_no_fault_has_brought_does_not_hold() -> None:
    found = of(others=("ended by SIGSEGV",))
    assert (found.goals.restarts, found.holds) == (False, False)


@pytest.mark.parametrize(("grown", "holds"), [(-3.0, True), (0.9, True), (1.1, False)])
def test_memory_may_grow_by_a_megabyte_an_hour(grown: float, holds: bool) -> None:
    found = of(life=life(megabytes_an_hour=grown))
    assert found.megabytes_an_hour == pytest.approx(grown)
    assert (found.goals.memory, found.holds) == (holds, holds)


def test_threads_that_grow_do_not_hold_and_handles_that_stay_do() -> None:
    found = of(life=life(threads_an_hour=12))
    assert (found.goals.threads, found.goals.handles, found.holds) == (False, True, False)
    assert (found.threads.fewest, found.threads.most) == (10, 22)
