"""`fusiform kiosk soak`: what it says of a soak, in both languages and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from desktop.kiosk.soak import soak
from desktop.kiosk.soak.life import Sample
from desktop.kiosk.soak.outcome import Outcome, Restarted, Trial, outcome
from desktop.kiosk.soak.schedule import Injection
from tests.desktop.commands.conftest import Run


@pytest.fixture
def ends_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Trial], list[Sample]], None]:
    """Every soak ends at once with these trials."""

    def ends_with(trials: list[Trial], life: list[Sample]) -> None:
        class Ended:
            def __init__(self, *_: object, tell: Callable[[Injection, Trial], object], **__: object) -> None:
                self._tell = tell

            def run(self) -> Outcome:
                for trial in trials:
                    self._tell(Injection(trial.fault), trial)
                return outcome(
                    2.0,
                    trials,
                    left_out=("disk",),
                    longest_without_picture=4.8,
                    plain_seconds=0.0,
                    restarts=Restarted(1, ()),
                    life=life,
                )

        monkeypatch.setattr(soak, "Soak", Ended)

    return ends_with


LIFE = [Sample(float(at), 0, 300 + at / 7200, 9, 12) for at in range(0, 7201, 5)]


def test_a_soak_that_holds_is_told_in_sentences(
    run: Run, ends_with: Callable[[list[Trial], list[Sample]], None]
) -> None:
    ends_with([Trial("kill", True, 4.8, 4.5)], LIFE)
    ended = run("kiosk", "soak")
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "Faults survived: 1 of 1",
        "Cannot be brought on this system: disk",
        "Longest time without a live picture: 4.8 s",
        "Longest time from the end of a fault to the camera's own picture: 4.5 s",
        "Restarts: 1 by faults that end the window, 0 others",
        "Memory: +0.50 MB an hour",
        "Handles: 9 to 9 (risen by 0)",
        "Threads: 12 to 12 (risen by 0)",
    ]
    assert ended.err == "kill: survived; 4.8 s without a picture, back after 4.5 s\n"
    japanese = run("kiosk", "soak", "--lang", "ja")
    assert len(japanese.out.splitlines()) == len(ended.out.splitlines())
    assert not any(line in japanese.out for line in ended.out.splitlines())
    assert japanese.err.startswith("kill：耐えた。")


def test_one_that_does_not_hold_says_what_was_missed_and_how_to_have_it_again(
    run: Run, ends_with: Callable[[list[Trial], list[Sample]], None]
) -> None:
    ends_with([Trial("camera", False, 12.0, 60.0)], [])
    ended = run("kiosk", "soak", "--seed", "7")
    assert ended.status == 1
    assert "NOT survived" in ended.err
    assert "(survived, picture; seed 7)" in ended.err
    told = json.loads(run("kiosk", "soak", "--seed", "7", "--json").out)
    assert (told["holds"], told["seed"]) == (False, 7)


@pytest.mark.parametrize("words", [("--hours", "0"), ("--speed-up", "0.5"), ("--seed", "x")])
def test_what_makes_no_sense_is_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    assert run("kiosk", "soak", *words).status == 2
