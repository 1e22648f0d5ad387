"""When the window process is started, ended and started anew. Decides only; `supervisor` does it.

Times are in seconds of a clock that never goes back, but for the nightly restart, which goes by the clock on
the wall.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, time, timedelta
from enum import Enum

from msgspec import Struct

from desktop.kiosk.beat import Beat
from desktop.kiosk.kiosk import Keep

SILENCE = 10.0
"""Seconds without a beat, or with a lane that does not finish a frame, after which a process hangs."""
STARTING = 30.0
"""Seconds that a new process has for its first beat."""
FIRST_GAP, LONGEST_GAP = 0.5, 60.0
"""Seconds between an end and the next start, doubled with each failure that comes soon."""
FAILURES, WITHIN = 5, 600.0
"""So many failures within so many seconds, and the plain kiosk takes over."""
CLOSING = 5.0
"""Seconds that a process has to end when it is asked to."""
LATE = timedelta(hours=1)
"""After its time that a nightly restart is still made up for: not in the middle of the day after a long sleep."""
PLANNED, BACK = "planned restart", "back to the stations"
MEANT = (PLANNED, BACK)
"""Ends that are no failures."""
KEPT = 50


class Do(Enum):
    NOTHING = "nothing"
    START = "start"
    """As the file says."""
    START_PLAIN = "start plain"
    """With the demo and a plain station."""
    ASK_TO_END = "ask to end"
    KILL = "kill"


class Restart(Struct, frozen=True):
    """One that happened, for health and log."""

    at: datetime
    reason: str


class Restarts:
    """`plain`: the plain kiosk has taken over, after too many failures."""

    def __init__(self, keep: Keep, now: float, wall: datetime) -> None:
        self.plain = False
        self.history: deque[Restart] = deque(maxlen=KEPT)
        """The newest ones."""
        self.count = 0
        self._keep = keep
        self._runs = self._beaten = False
        self._started = self._heard = self._start_at = now
        self._plain_since = now
        self._failures: deque[float] = deque(maxlen=FAILURES)
        self._gap = FIRST_GAP
        self._ending = ""
        """Why it is being ended; empty while it is not."""
        self._end_by: float | None = None
        """When it is killed; `None` where it was not even asked yet."""
        self._planned = _last_planned(keep.restart, wall)

    @property
    def ending(self) -> bool:
        """Whether the process is being ended."""
        return bool(self._ending)

    # --- what happens

    def started(self, now: float) -> None:
        self._runs, self._beaten = True, False
        self._started = self._heard = now

    def hear(self, beat: Beat, now: float) -> None:
        self._heard, self._beaten = now, True
        if hung := next((lane for lane in beat.lanes if lane.silent >= SILENCE), None):
            self._end(f"{hung.pipeline} hangs")

    def weigh(self, megabytes: float) -> None:
        """So much memory it takes."""
        if megabytes > self._keep.memory:
            self._end(f"memory: {megabytes:.0f} MB")

    def ended(self, why: str, now: float, wall: datetime) -> None:
        """The process is gone. `why` counts where nobody has ended it."""
        reason = self._ending or why
        self._runs, self._ending, self._end_by = False, "", None
        self.history.append(Restart(wall, reason))
        self.count += 1
        self._start_at = now
        if reason not in MEANT:
            self._fail(now)

    # --- what is to be done

    def decide(self, now: float, wall: datetime) -> Do:
        """Called a few times a second."""
        if not self._runs:
            start = Do.START_PLAIN if self.plain else Do.START
            return start if now >= self._start_at else Do.NOTHING
        self._look_for_reasons(now, wall)
        if not self._ending:
            return Do.NOTHING
        if self._end_by is None:
            self._end_by = now + CLOSING
            return Do.ASK_TO_END
        return Do.KILL if now >= self._end_by else Do.NOTHING

    def _look_for_reasons(self, now: float, wall: datetime) -> None:
        patience = SILENCE if self._beaten else STARTING
        if now - self._heard >= patience:
            self._end(f"no sign of life for {patience:.0f} s")
            self._end_by = now  # who does not hear cannot be asked
        if self._is_time(wall):
            self._end(PLANNED)
        if self.plain and now - self._plain_since >= WITHIN:
            self.plain = False
            self._failures.clear()
            self._end(BACK)

    def _end(self, reason: str) -> None:
        self._ending = self._ending or reason

    def _fail(self, now: float) -> None:
        if now - self._started > WITHIN:
            self._gap = FIRST_GAP
        self._failures.append(now)
        self._start_at = now + self._gap
        self._gap = min(LONGEST_GAP, 2 * self._gap)
        if not self.plain and len(self._failures) == FAILURES and now - self._failures[0] <= WITHIN:
            self.plain, self._plain_since = True, now

    def _is_time(self, wall: datetime) -> bool:
        planned, before = _last_planned(self._keep.restart, wall), self._planned
        self._planned = planned
        return planned is not None and planned != before and wall - planned < LATE


def _last_planned(at: time | None, wall: datetime) -> datetime | None:
    """When the newest nightly restart was due."""
    if at is None:
        return None
    today = datetime.combine(wall.date(), at)
    return today if today <= wall else today - timedelta(days=1)
