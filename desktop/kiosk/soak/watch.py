"""Watches an exhibit by its reports: when there was a picture, whether all is in order, what the window took.

Times are in seconds of a clock that never goes back.
"""

from __future__ import annotations

from math import inf

from desktop.kiosk.report import Report
from desktop.kiosk.soak.life import Life, Sample

LIVE = 2.0
"""A picture no older than this many seconds counts as live: a beat comes once a second."""
SAMPLE = 5.0
"""Seconds between two samples of what the window takes."""


class Watch:
    """Is shown every report, several a second.

    A picture is one that a visitor sees moving, also the fallback's while the camera is away: the exhibit
    goes on with it. Whether the camera itself is back is asked apart, by `is_back`.
    """

    def __init__(self, address: str) -> None:
        """`address` of the exhibit's own camera."""
        self.longest = 0.0
        """Seconds from one picture to the next."""
        self.gap = 0.0
        """The same, since `begin`."""
        self.plain = 0.0
        """Seconds for which only the plain station was shown."""
        self.reasons: list[str] = []
        """Of all restarts."""
        self.lives: list[list[Sample]] = [[]]
        """Of all window processes."""
        self._address = address
        self._pictured: float | None = None
        """When the newest picture was captured."""
        self._still = (inf, inf)
        """From when until when the camera's pictures do not change."""
        self._looked: float | None = None
        self._sampled = -SAMPLE

    @property
    def longest_life(self) -> Life:
        return max(self.lives, key=lambda life: life[-1].seconds if life else 0.0)

    def begin(self, now: float, *, stills: bool) -> None:
        """A fault does. `stills`: from now on the camera gives pictures that do not change."""
        self.gap = 0.0
        self._still = (now, inf) if stills else (inf, inf)

    def over(self, now: float) -> None:
        """The fault is."""
        self._still = (self._still[0], now)

    def look(self, report: Report, now: float, *, quiet: bool) -> None:
        """`quiet`: there is no fault at work."""
        self._note_restarts(report)
        if report.plain and self._looked is not None:
            self.plain += now - self._looked
        self._looked = now
        self._note_picture(report, now)
        if quiet and now - self._sampled >= SAMPLE:
            self._sample(report, now)

    def is_back(self, report: Report, now: float, since: float) -> bool:
        """Whether the exhibit's own pictures come again, captured after `since`, and nothing is wrong but
        what too many failures before have left: then the plain station is meant."""
        is_new = report.age is not None and report.age < LIVE and now - report.age > since
        is_in_order = report.healthy or (report.plain and len(report.reasons) == 1)
        return is_new and report.live and is_in_order

    def _note_picture(self, report: Report, now: float) -> None:
        if report.age is not None and not self._is_still(report, now - report.age):
            at = now - report.age
            if self._pictured is None:
                self._pictured = at
            elif at > self._pictured:
                self._note_gap(at)
                self._pictured = at
        self._note_gap(now)

    def _is_still(self, report: Report, at: float) -> bool:
        begun, over = self._still
        return report.source == self._address and begun <= at <= over

    def _note_gap(self, until: float) -> None:
        if self._pictured is not None:
            self.gap = max(self.gap, until - self._pictured)
            self.longest = max(self.longest, self.gap)

    def _note_restarts(self, report: Report) -> None:
        if new := report.restarts - len(self.reasons):
            known = [one.reason for one in report.newest_restarts[-new:]]
            self.reasons += [*["?"] * (new - len(known)), *known]
            self.lives.append([])

    def _sample(self, report: Report, now: float) -> None:
        if report.window_uptime is None or report.station is None or not report.megabytes:
            return
        self._sampled = now
        self.lives[-1].append(
            Sample(report.window_uptime, report.station, report.megabytes, report.handles, report.threads)
        )
