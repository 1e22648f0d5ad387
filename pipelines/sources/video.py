"""A video file in real time."""

from __future__ import annotations

from pathlib import Path

from models.errors import SourceError
from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.sources.bgr import to_bgr
from pipelines.sources.clip import Clip, Picture
from pipelines.sources.playback import Move, Playback
from pipelines.sources.search import Search
from pipelines.sources.source import PATIENCE, End, NoSignal, Read

HURRY = 0.2
"""Seconds of lag from which on pictures that no other needs are not decoded."""
JUMP = 1.0
"""Seconds of lag from which on the next picture that stands by itself is jumped to."""
RETRY = 1.0
"""Seconds between two attempts to open a file that has gone."""
JUST_BEFORE = 1e-4
"""Seconds: less than any two pictures are apart, more than a rounding error."""


class Video(Playback):
    """Plays by the times in the file: a picture that is late is left out, never shown in slow motion.

    Positions are places on an even time line of `rate` frames a second: the number of the frame where
    the file's rate is constant, the nearest to it where it varies. A step goes to the very next or
    previous picture of the file in either case.
    """

    def __init__(
        self, path: Path, *, live: bool = True, loop: bool = True, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        """Without `live` every picture comes once, as fast as it is asked for, then `End`.

        Raises:
            SourceError: there is no such file, or it is not a video.
        """
        self._path = path.expanduser().absolute()
        clip = Clip(self._path)
        super().__init__(rate=clip.rate, length=clip.length, clock=clock, live=live, loop=loop)
        self._clip: Clip | None = clip
        self._detail = self._described(clip.size)
        self._search: Search | None = None
        self._coming: Picture | None = None
        self._moment = 0.0
        self._newest: float | None = None
        self._ever_played = False
        self._retry_at = 0.0

    @property
    def address(self) -> str:
        return f"video:{self._path}"

    @property
    def title(self) -> Text:
        return plain(self._path.name)

    @property
    def detail(self) -> Text:
        return self._detail

    @property
    def moment(self) -> float:
        """Seconds from the file's beginning at which it shows the frame last read."""
        return self._moment

    def _advance(self) -> Read:
        clip = self._clip or self._reopened()
        if clip is None:
            return self._no_signal()
        try:
            return self._play(clip)
        except OSError:
            return self._lost()

    def _let_go(self) -> None:
        clip, self._clip = self._clip, None
        self._search = self._coming = None
        if clip:
            clip.close()

    # --- playing

    def _play(self, clip: Clip) -> Read:
        asked = self._taken()
        if asked:
            self._aim(clip, asked)
        if self._search:
            return self._look_on(self._search)
        if self._paused and not asked:
            self._rest(self._moment)
            return None
        self._coming = self._coming or self._noted(clip.next())
        if self._coming is None:
            return self._stay(clip) if asked else self._at_the_end(clip)
        if asked:
            return self._deliver(self._coming, anchored=True)
        if not self._due(self._coming.moment):
            return None
        self._newly_played()  # there is something left to play: it need not begin again
        return self._deliver(self._caught_up(clip, self._coming), anchored=False)

    def _aim(self, clip: Clip, asked: Move) -> None:
        """Begin the search for what was asked; the next picture alone needs none."""
        busy, self._search = self._search is not None, None
        if asked.to is None and asked.by == 1 and not busy:
            return
        if asked.to is None and asked.by == -1 and not busy:
            goal = self._moment - JUST_BEFORE
        else:
            base = self._position if asked.to is None else self._inside(asked.to)
            place = self._inside(base + asked.by)
            # where the rate varies, half a mean frame on may be the second picture already
            goal = (place + 0.5) / self._rate if place else 0.0
        self._coming = None
        self._search = Search(clip, goal)

    def _look_on(self, search: Search) -> Read:
        stop = self._clock.now() + PATIENCE
        found = search.go_on(lambda: self._wake.is_set() or self._clock.now() > stop)
        if found is None:
            return None
        self._search, self._coming = None, found.following
        if found.picture is None:
            return self._lost()
        self._noted(found.following or found.picture)
        return self._deliver(found.picture, anchored=True)

    def _stay(self, clip: Clip) -> Read:
        """Show the last picture once more: there is none to step to."""
        self._search = Search(clip, self._moment)
        return self._look_on(self._search)

    def _deliver(self, picture: Picture, *, anchored: bool) -> Read:
        """Convert and hand out; `anchored` lets time run on from this picture."""
        if picture is self._coming:
            self._coming = None
        if anchored:
            self._pace.anchor(picture.moment)
        self._moment = picture.moment
        image = to_bgr(picture.frame)
        self._detail = self._described((image.shape[1], image.shape[0]))
        return self._frame(image, self._place(picture.moment) if self._live else self._number)

    def _noted(self, picture: Picture | None) -> Picture | None:
        if picture:
            self._newest = picture.moment
            self._ever_played = True
        return picture

    def _place(self, moment: float) -> int:
        return self._inside(round(moment * self._rate))

    def _described(self, size: tuple[int, int]) -> Text:
        return plain(f"{size[0]} × {size[1]} · {self._rate:.4g} fps")

    # --- being late

    def _caught_up(self, clip: Clip, picture: Picture) -> Picture:
        """`picture`, or where it is late a later one; what is left out is never converted."""
        lag = self._pace.lag(picture.moment)
        clip.hurry(lag > HURRY)
        if lag > JUMP:
            picture = self._jumped(clip, picture, picture.moment + lag)
        self._coming = None
        stop = self._clock.now() + PATIENCE
        while self._pace.lag(picture.moment) > 1 / self._rate and self._clock.now() < stop:
            following = self._noted(clip.next())
            if following is None:
                break
            if self._pace.lag(following.moment) < 0:
                self._coming = following
                break
            picture = following
        return picture

    def _jumped(self, clip: Clip, picture: Picture, wanted: float) -> Picture:
        """The picture that stands by itself nearest before `wanted`, if it is further on."""
        key = clip.key_before(wanted)
        if key is None or key <= picture.moment + 1 / self._rate:
            return picture
        clip.seek(key)
        return self._noted(clip.next()) or picture

    # --- the end of the file, and of the hope to read it

    def _at_the_end(self, clip: Clip) -> Read:
        if self._newest is None:
            return self._lost()
        self._length = max(1, round(self._newest * self._rate) + 1)
        end = self._newest + 1 / self._rate
        if not self._loop:
            self._pace.anchor(end)  # should it be played again or made to loop, it does so from now
            if not self._newly_played():
                return End()
        if not clip.is_current():
            self._let_go()
            self._position = 0
            return None
        clip.seek(0.0)
        self._pace.shift(end)
        self._newest = None
        return None

    def _lost(self) -> Read:
        """Nothing can be read: hopeless at first sight; later the file may come back."""
        if not (self._live and self._ever_played):
            raise SourceError(
                f"No picture of “{self._path.name}” can be decoded: the file is damaged.",
                f"「{self._path.name}」は壊れているため、映像を取り出せません。",
            )
        self._let_go()
        self._retry_at = self._clock.now() + RETRY
        return self._no_signal()

    def _reopened(self) -> Clip | None:
        if self._clock.now() < self._retry_at:
            self._clock.wait(self._wake, PATIENCE)
            return None
        try:
            clip = Clip(self._path)
        except SourceError:
            self._retry_at = self._clock.now() + RETRY
            return None
        self._clip, self._rate, self._length = clip, clip.rate, clip.length
        self._newest = None
        self._search = Search(clip, (self._position + 0.5) / self._rate)
        return clip

    def _no_signal(self) -> NoSignal:
        return NoSignal(
            Text(
                f"“{self._path.name}” cannot be read any more. It goes on when the file is back.",
                f"「{self._path.name}」を読み込めなくなりました。ファイルが戻ると再開します。",
            )
        )
