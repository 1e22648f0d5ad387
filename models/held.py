"""What was loaded, and goes on where another cannot be."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from models.errors import FusiformError
from models.text import Text

REST = 2.0
"""Seconds after which what was refused is tried again: its file may be here by then."""
GOES_ON = Text(
    "{why} Until then the network that was loaded before goes on.",
    "{why}それまでは、先に読み込んだネットワークで続けます。",
)


class Closed(Protocol):
    def close(self) -> None:
        """Let go of it; may be called twice."""
        ...


W = TypeVar("W")
L = TypeVar("L", bound=Closed)


class Held(Generic[W, L]):
    """Used from one thread at a time. `W` says what is wanted, `L` is what was loaded."""

    def __init__(self, load: Callable[[W], L], clock: Callable[[], float] = time.monotonic) -> None:
        """`load` raises a `FusiformError` for what it refuses."""
        self._load = load
        self._clock = clock
        self._loaded: L | None = None
        self._wanted: W | None = None
        self._refused: W | None = None
        self._rests_until = 0.0
        self.refusal: FusiformError | None = None
        """Why what is wanted is not what is loaded."""

    @property
    def now(self) -> L | None:
        """What is loaded."""
        return self._loaded

    @property
    def notice(self) -> Text | None:
        """The refusal, and what goes on."""
        if self.refusal is None:
            return None
        en, ja = self.refusal.text
        return Text(GOES_ON.en.format(why=en), GOES_ON.ja.format(why=ja))

    def want(self, wanted: W) -> L:
        """What is loaded then: where `wanted` is refused, what was before.

        Raises:
            FusiformError: it is refused, and nothing was loaded before.
        """
        if self._loaded is None:
            self._take(wanted)
        elif wanted == self._wanted:
            self._refused = self.refusal = None
        elif wanted != self._refused or self._clock() >= self._rests_until:
            self._try(wanted)
        assert self._loaded is not None
        return self._loaded

    def close(self) -> None:
        """May be called twice."""
        loaded, self._loaded = self._loaded, None
        self._refused = self.refusal = None
        if loaded is not None:
            loaded.close()

    def _try(self, wanted: W) -> None:
        try:
            self._take(wanted)
        except FusiformError as error:
            if self.refusal is None or error.text != self.refusal.text:
                self.refusal = error
            self._refused, self._rests_until = wanted, self._clock() + REST

    def _take(self, wanted: W) -> None:
        """What is fresh is loaded before what was there goes."""
        fresh = self._load(wanted)
        self.close()
        self._loaded, self._wanted = fresh, wanted
