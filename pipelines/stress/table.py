"""A curve as a table: CSV for a spreadsheet or a script."""

from __future__ import annotations

import csv
import io
import math

from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import SWEEPS

COLUMNS = (
    "sweep",
    "strength",
    "unit",
    "side",
    "detector",
    "pictures",
    "faces",
    "found",
    "share_found",
    "score",
    "score_kept",
    "false_alarms",
)
"""One row for each strength and each detector, by rising strength; `side` is `first` or `second`.

`faces` are those still in the picture at this strength, `found` how many of them had a box on them with an
intersection over union of 0.3 or more, `share_found` = found / faces. `score` is the mean over the faces of
the best score on each, a lost face counting 0, in the detector's own scale; `score_kept` is that divided by
the same detector's score without distortion. `false_alarms` are boxes where no face is, in all `pictures`
together. A cell is empty where there is nothing to divide by.
"""


def csv_of(curve: StressCurve) -> str:
    """The table with its head; words in it are English in both languages, for scripts."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    kept = [curve.kept(detector) for detector in (0, 1)]
    for place, point in enumerate(curve.points):
        for detector, (side, tally) in enumerate(zip(("first", "second"), point.tallies, strict=True)):
            writer.writerow(
                (
                    curve.sweep,
                    f"{point.strength:g}",
                    SWEEPS[curve.sweep].unit,
                    side,
                    curve.detectors[detector].en,
                    point.pictures,
                    tally.faces,
                    tally.hits,
                    _figure(tally.share),
                    f"{tally.score:.6g}",
                    _figure(kept[detector][place]),
                    tally.false_alarms,
                )
            )
    return lines.getvalue()


def _figure(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4f}"
