"""The PIN of the staff: nobody reads it in the file, nobody guesses it on the screen."""

from __future__ import annotations

import base64
import hashlib

import pytest

from desktop.kiosk.pin import FIRST_PAUSE, FREE, LONGEST_PAUSE, PinLock, hashed, is_hash, is_pin

PIN, WRONG = "2468", "1357"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def hash_() -> str:
    return hashed(PIN)


def locked(hash_: str, clock: Clock, wrong: int) -> PinLock:
    """After so many wrong tries, each as soon as one is taken."""
    lock = PinLock(hash_, clock)
    for _try in range(wrong):
        clock.now += lock.pause
        assert not lock.opens(WRONG)
    return lock


def test_the_hash_is_scrypt_with_a_salt_of_its_own(hash_: str) -> None:
    _name, salt, digest = hash_.split("$")
    made = hashlib.scrypt(PIN.encode(), salt=base64.b64decode(salt), n=16384, r=8, p=1, dklen=32)
    assert base64.b64decode(digest) == made
    assert PIN not in hash_
    assert hashed(PIN) != hash_


def test_only_the_pin_opens(hash_: str) -> None:
    assert not PinLock(hash_, Clock()).opens(WRONG)
    assert PinLock(hash_, Clock()).opens(PIN)


@pytest.mark.parametrize("text", ["0000", "123456789012"])
def test_what_can_be_typed_is_a_pin(text: str) -> None:
    assert is_pin(text)


@pytest.mark.parametrize("text", ["", "123", "1234567890123", "12a4", "１２３４", "1234\n", " 1234", "-123"])
def test_what_cannot_be_typed_is_none(text: str) -> None:
    assert not is_pin(text)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "1234",
        "scrypt$$",
        f"scrypt${'=' * 24}${'=' * 44}",
        f"scrypt${'A' * 24}${'A' * 44}",
        f"scrypt${'A' * 22}==${'A' * 43}=\n",
        f"scrypt${'A=' * 12}${'A' * 43}=",
        f"bcrypt${'A' * 22}==${'A' * 43}=",
    ],
)
def test_what_is_no_hash_is_seen_and_opens_for_nobody(broken: str) -> None:
    assert not is_hash(broken)
    assert not PinLock(broken, Clock()).opens(PIN)


def test_whatever_passes_for_a_hash_can_be_matched(hash_: str) -> None:
    """Every letter of Base64 at every place, the padding apart."""
    for letter in "AZaz09+/":
        candidate = f"scrypt${letter * 22}==${letter * 43}="
        assert is_hash(candidate)
        assert not PinLock(candidate, Clock()).opens(PIN)
    assert is_hash(hash_)


def test_a_few_wrong_tries_cost_nothing_and_then_each_costs_twice_as_much(hash_: str) -> None:
    clock = Clock()
    assert locked(hash_, clock, FREE).pause == 0
    for times in range(4):
        lock = locked(hash_, clock, FREE + 1 + times)
        assert lock.pause == pytest.approx(FIRST_PAUSE * 2**times)


def test_no_pause_is_longer_than_the_longest(hash_: str) -> None:
    assert locked(hash_, Clock(), FREE + 12).pause == LONGEST_PAUSE


def test_during_a_pause_the_right_pin_opens_nothing_and_after_it_it_does(hash_: str) -> None:
    clock = Clock()
    lock = locked(hash_, clock, FREE + 1)
    clock.now += FIRST_PAUSE - 0.1
    assert not lock.opens(PIN)
    clock.now += 0.1
    assert lock.pause == 0
    assert lock.opens(PIN)


def test_the_right_pin_forgives_the_wrong_ones(hash_: str) -> None:
    clock = Clock()
    lock = locked(hash_, clock, FREE + 1)
    clock.now += FIRST_PAUSE
    assert lock.opens(PIN)
    assert not lock.opens(WRONG)
    assert lock.pause == 0


def test_a_child_that_presses_ok_locks_nobody_out(hash_: str) -> None:
    lock = PinLock(hash_, Clock())
    assert not any(lock.opens(typed) for typed in ("", "1", "123") * 10)
    assert lock.pause == 0
    assert lock.opens(PIN)
