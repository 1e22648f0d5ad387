"""The PIN with which the staff leaves the exhibit: kept as a hash, and not to be guessed on the screen."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import threading
from collections.abc import Callable

SALT, COST, BLOCK, WAYS = 16, 2**14, 8, 1
"""Of scrypt (RFC 7914): a guess takes 16 MB and some 50 ms."""
FORM = re.compile(r"scrypt\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)")
"""Salt and digest in Base64."""
DIGITS = re.compile(r"[0-9]{4,12}")
FREE = 3
"""Wrong tries after which the next one is taken at once."""
FIRST_PAUSE, LONGEST_PAUSE = 10.0, 900.0
"""Seconds after one more, doubled with each further one."""


def is_pin(text: str) -> bool:
    """4 to 12 digits, as they can be typed on the screen."""
    return bool(DIGITS.fullmatch(text))


def hashed(pin: str) -> str:
    """What stands in the kiosk file: salt and digest."""
    salt = os.urandom(SALT)
    return f"scrypt${_written(salt)}${_written(_digest(pin, salt))}"


def is_hash(text: str) -> bool:
    """Whether `hashed` may have written it."""
    return bool(FORM.fullmatch(text))


class PinLock:
    """Lets the right PIN through. After a few wrong ones it takes none for a while, longer with each."""

    def __init__(self, hash_: str, now: Callable[[], float]) -> None:
        """`hash_` as `hashed` gives it; `now` in seconds of a clock that never goes back."""
        self._hash = hash_
        self._now = now
        self._wrong = 0
        self._until = 0.0
        self._guard = threading.Lock()

    @property
    def pause(self) -> float:
        """Seconds until it takes the next PIN; 0 where it does so now."""
        return max(0.0, self._until - self._now())

    def opens(self, pin: str) -> bool:
        """Whether it is this PIN; during a pause it is none. What can be no PIN at all is no try: a child
        that presses OK locks nobody out.
        """
        with self._guard:
            if self.pause > 0 or not is_pin(pin):
                return False
            if _matches(pin, self._hash):
                self._wrong = 0
                return True
            self._wrong += 1
            if (paid := self._wrong - FREE) > 0:
                pause = FIRST_PAUSE * 2.0 ** min(paid - 1, 30)
                self._until = self._now() + min(LONGEST_PAUSE, pause)
            return False


def _matches(pin: str, hash_: str) -> bool:
    found = FORM.fullmatch(hash_)
    if not found:
        return False
    salt, digest = (base64.b64decode(part) for part in found.groups())
    return hmac.compare_digest(_digest(pin, salt), digest)


def _digest(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=BLOCK, p=WAYS, dklen=32)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode()
