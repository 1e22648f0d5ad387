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

SILENCE = 6.0
"""Seconds without a beat, or with a lane that does not finish a frame, after which a process hangs: so that a
new one shows a picture ten seconds after the last."""
STARTING = 30.0
"""Seconds that a new process has for its first beat."""
FIRST_GAP, LONGEST_GAP = 0.5, 60.0
"""Seconds between a failure and the next start, doubled for each other failure within `WITHIN` seconds."""
FAILURES, WITHIN = 5, 600.0
"""So many failures within so many seconds, and the plain kiosk takes over; as long without, and it goes."""
CLOSING = 5.0
"""Seconds that a process has to end when it is asked to."""
LATE = timedelta(hours=1)
"""After its time that a nightly restart is still made up for: not at noon, after a long sleep."""
APART = 3 * 3600.0
"""Seconds between two planned restarts, at least, however the clock on the wall is set."""
STALL = 5.0
"""Seconds between two looks after which not the process, but the machine or the supervisor stood still."""
PLANNED, BACK = "planned restart", "back to the stations"
MEANT = (PLANNED, BACK)
"""Ends that are no failures."""
KEPT = 50
"""Restarts that are remembered."""


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
        self._heard = self._start_at = self._looked = self._calm_until = now
        self._failures: list[float] = []
        """When, within the last `WITHIN` seconds."""
        self._ending = ""
        """Why it is being ended; empty while it is not."""
        self._end_by: float | None = None
        """When it is killed; `None` where it was not even asked yet."""
        self._due = _last_due(keep.restart, wall)
        self._planned: float | None = None
        """When the last planned restart was."""

    @property
    def ending(self) -> bool:
        """Whether the process is being ended."""
        return bool(self._ending)

    # --- what happens

    def started(self, now: float) -> None:
        self._runs, self._beaten = True, False
        self._heard = now

    def hear(self, beat: Beat, now: float) -> None:
        self._notice_sleep(now)
        self._heard, self._beaten = now, True
        hung = next((lane for lane in beat.lanes if lane.silent >= SILENCE), None)
        if hung and now >= self._calm_until:
            self._end(f"{hung.pipeline} hangs")
            self._end_by = now  # it would wait for what does not come

    def weigh(self, megabytes: float) -> None:
        """So much memory it takes."""
        if megabytes > self._keep.memory:
            self._end(f"memory: {megabytes:.0f} MB")

    def ended(self, why: str, now: float, wall: datetime) -> None:
        """The process is gone, or could not be started. `why` counts where nobody has ended it."""
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
        self._notice_sleep(now)
        self._forget_failures(now)
        if self._is_due(now, wall):
            self._end(PLANNED)
        if not self._runs:
            start = Do.START_PLAIN if self.plain else Do.START
            return start if now >= self._start_at else Do.NOTHING
        self._look_for_reasons(now)
        if not self._ending:
            return Do.NOTHING
        if self._end_by is None:
            self._end_by = now + CLOSING
            return Do.ASK_TO_END
        return Do.KILL if now >= self._end_by else Do.NOTHING

    def _look_for_reasons(self, now: float) -> None:
        patience = SILENCE if self._beaten else STARTING
        if now - self._heard >= patience:
            self._end(f"no sign of life for {patience:.0f} s")
            self._end_by = now  # who does not hear cannot be asked
        if self.plain and not self._failures:
            self.plain = False
            self._end(BACK)

    def _end(self, reason: str) -> None:
        """The first reason is the one that is told."""
        if self._runs:
            self._ending = self._ending or reason

    def _fail(self, now: float) -> None:
        self._forget_failures(now)
        self._start_at = now + min(LONGEST_GAP, FIRST_GAP * 2.0 ** len(self._failures))
        self._failures.append(now)
        self.plain = self.plain or len(self._failures) >= FAILURES

    def _forget_failures(self, now: float) -> None:
        self._failures = [at for at in self._failures if now - at <= WITHIN]

    def _notice_sleep(self, now: float) -> None:
        """While nobody listened, nobody was silent; and the lanes tell at first how long they slept."""
        slept, self._looked = now - self._looked, now
        if slept > STALL:
            self._heard += slept
            self._calm_until = now + SILENCE

    def _is_due(self, now: float, wall: datetime) -> bool:
        """Whether the hour of the nightly restart has come since the last look. A process that does not run
        then starts afresh anyway."""
        due, before = _last_due(self._keep.restart, wall), self._due
        self._due = due
        if due is None or due == before or wall - due >= LATE:
            return False
        if self._planned is not None and now - self._planned < APART:
            return False
        self._planned = now
        return True


def _last_due(at: time | None, wall: datetime) -> datetime | None:
    """When the newest nightly restart was due."""
    if at is None:
        return None
    today = datetime.combine(wall.date(), at)
    return today if today <= wall else today - timedelta(days=1)
