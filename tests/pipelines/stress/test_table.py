"""The CSV, read back by another reader."""

from __future__ import annotations

import csv
import io
import math

import pytest

from pipelines.stress.run import Stress, opened
from pipelines.stress.sweeps import SWEEPS
from pipelines.stress.table import COLUMNS, csv_of
from tests.pipelines.stress.patches import Patch, patch_frame, patches


def test_every_figure_of_the_curve_is_in_the_table() -> None:
    pair = patches()
    with opened(pair, 1) as finders:
        *_, curve = Stress(SWEEPS["brightness"], pair, (patch_frame(), patch_frame(1))).run(finders)
    rows = list(csv.DictReader(io.StringIO(csv_of(curve))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 2 * len(curve.points)
    for detector, side in enumerate(("first", "second")):
        own = [row for row in rows if row["side"] == side]
        assert [float(row["strength"]) for row in own] == list(SWEEPS["brightness"].strengths)
        assert {row["detector"] for row in own} == {pair[detector].title.en}
        for row, point, kept in zip(own, curve.points, curve.kept(detector), strict=True):
            tally = point.tallies[detector]
            assert (int(row["pictures"]), int(row["faces"]), int(row["found"])) == (
                2,
                tally.faces,
                tally.hits,
            )
            assert float(row["share_found"]) == pytest.approx(tally.hits / tally.faces, abs=1e-4)
            assert float(row["score"]) == pytest.approx(tally.score, rel=1e-5)
            assert float(row["score_kept"]) == pytest.approx(kept, abs=1e-4)
            assert int(row["false_alarms"]) == tally.false_alarms


def test_what_cannot_be_divided_is_empty() -> None:
    pair = patches()
    with opened(pair, 1) as finders:
        curve = next(Stress(SWEEPS["blur"], pair, (patch_frame(truth=()),)).run(finders))
    assert math.isnan(curve.shares(0)[0])
    [first, _second] = csv.DictReader(io.StringIO(csv_of(curve)))
    assert (first["share_found"], first["score_kept"]) == ("", "")
    assert first["detector"] == Patch.title.en
