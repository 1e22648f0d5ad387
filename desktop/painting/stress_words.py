"""What is said about the curves of a stress test, in the window, on paper and on the terminal."""

from __future__ import annotations

import math

from desktop.language import _
from desktop.painting.ticks import written
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import Sweep


def how_to_read() -> str:
    """What may be compared in the curves, and what may not."""
    return _(
        "Found: a box that shares 30 % or more with the face. Score left: the mean of the best scores on all "
        "faces, 0 for a lost one, in per cent of what the same detector gave without distortion. The scores "
        "of two detectors are different quantities: compare how they fall, not how high they are."
    )


def counted(curve: StressCurve) -> str:
    """How much was looked at: pictures, and the faces in them as they are."""
    start = curve.at(curve.neutral)
    pictures, faces = (start.pictures, start.tallies[0].faces) if start else (0, 0)
    return _("Pictures: {pictures}, faces: {faces}").format(pictures=pictures, faces=faces)


def strength(value: float, sweep: Sweep) -> str:
    """`−15°`, `0.5 ×`, `4 px`."""
    gap = "" if sweep.unit in ("", "°") else " "
    return f"{written(value)}{gap}{sweep.unit}"


def percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.0f} %"


def stands(curve: StressCurve, sweep: Sweep, detector: int) -> str:
    """How far a detector still finds half of what it finds without distortion."""
    reach = curve.stands(detector)
    if reach is None:
        return _("finds no face even without distortion")
    return _("holds from {low} to {high}").format(
        low=strength(reach[0], sweep), high=strength(reach[1], sweep)
    )
