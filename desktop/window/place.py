"""Where a playable source is and how it goes on from there."""

from __future__ import annotations

from msgspec import Struct

from desktop.language import _
from pipelines.sources.source import Paced, Playable


class Place(Struct, frozen=True):
    """Frame `position` of `length`, counted from 0, at `rate` frames a second, 0 where it has none."""

    position: int
    length: int
    rate: float
    paused: bool = False
    loop: bool = True
    seconds: float | None = None
    """How long each still picture stays, 0 where only a person turns them; `None` of a film."""

    @classmethod
    def of(cls, source: Playable) -> Place:
        """Where this source is now."""
        return cls(
            position=source.position,
            length=source.length,
            rate=source.rate,
            paused=source.paused,
            loop=source.loop,
            seconds=source.seconds if isinstance(source, Paced) else None,
        )

    @property
    def plays(self) -> bool:
        """Whether it goes on by itself."""
        return not self.paused and self.seconds != 0

    @property
    def still(self) -> bool:
        """Whether it is among still pictures, not in a film."""
        return self.seconds is not None

    def words(self) -> str:
        """`0:04 / 0:21   frame 124 of 630`, or `picture 3 of 12`."""
        number, count = self._number(), self.length
        if self.still:
            return _("picture {number} of {count}").format(number=number, count=count)
        frame = _("frame {number} of {count}").format(number=number, count=count)
        return f"{self._time()}   {frame}" if self.rate > 0 else frame

    def few_words(self) -> str:
        """`0:04 / 0:21`, or `3 / 12`."""
        return self._time() if self.rate > 0 and not self.still else f"{self._number()} / {self.length}"

    def _number(self) -> int:
        return min(self.position + 1, self.length)

    def _time(self) -> str:
        return f"{_clock(self.position / self.rate)} / {_clock(self.length / self.rate)}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
