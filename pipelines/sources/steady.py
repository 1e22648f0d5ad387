"""Playback of numbered pictures at an even pace, where each can be had at once."""

from __future__ import annotations

from abc import abstractmethod

from pipelines.clock import Clock
from pipelines.sources.playback import Move, Playback
from pipelines.sources.source import End, Read


class Steady(Playback):
    """Delivers `repeats` times each picture before the next one, late ones left out.

    Its time line is counted in beats: one delivery each, `repeats` to a picture.
    """

    def __init__(
        self, *, rate: float, length: int, clock: Clock, live: bool, loop: bool, repeats: int = 1
    ) -> None:
        super().__init__(rate=rate, length=length, clock=clock, live=live, loop=loop)
        self._repeats = repeats if live else 1
        self._beat = 0

    @abstractmethod
    def _shown(self, turn: int) -> Read:
        """The picture of a turn, counted on over all rounds; sets `_position`."""

    def _let_go(self) -> None:
        """Pictures in memory need no release."""

    def _advance(self) -> Read:
        asked, before = self._taken(), self._beat
        if asked is not None:
            self._go_to(self._target(asked))
        elif self._paused:
            self._rest(self._moment)
            return None
        elif self._newly_played() and self._is_at_the_end():
            self._go_to(0)
        elif not self._go_on():
            return None
        elif not self._loop and self._has_ended(before):
            return End()
        return self._shown(self._beat // self._repeats)

    def _is_at_the_end(self) -> bool:
        """Whether it shows the last picture, and none would come behind it."""
        return not self._loop and self._position == self._length - 1

    def _has_ended(self, before: int) -> bool:
        """Whether the round of the beat `before` was over with that beat; its last one is not jumped over."""
        span = self._length * self._repeats
        if not span:
            return False  # an emptied folder, to which pictures may come back
        last = before - before % span + span - 1
        if self._beat > last:
            self._beat = last
            self._pace.anchor(self._moment)  # should it be made to loop, it does so from now
            return before == last
        return False

    def _retime(self, rate: float, repeats: int) -> None:
        """Another pace from now on; the turn that is shown begins anew."""
        turn = self._beat // self._repeats
        self._rate, self._repeats = rate, repeats if self._live else 1
        self._go_to(turn)

    def _go_to(self, turn: int) -> None:
        """Let this turn begin now."""
        self._beat = turn * self._repeats
        self._pace.anchor(self._moment)

    @property
    def _moment(self) -> float:
        return self._beat / (self._rate * self._repeats)

    def _target(self, asked: Move) -> int:
        return self._inside((self._position if asked.to is None else asked.to) + asked.by)

    def _go_on(self) -> bool:
        """Come to the next beat, or to a later one where time has run on; False if it is not due yet."""
        self._beat += 1
        if not self._due(self._moment):
            self._beat -= 1
            return False
        self._beat += int(self._pace.lag(self._moment) * self._rate * self._repeats)
        return True
