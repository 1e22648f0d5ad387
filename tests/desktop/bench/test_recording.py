"""The case of recording: two rows, both in per cent, and no file left."""

from __future__ import annotations

import pytest

from desktop.bench.case import Effort
from desktop.bench.cases import every_case, rows_of

TINY = Effort(turns=0.01, segments=1, segment=0.5, backlog=0.2, starts=1)


@pytest.mark.usefixtures("look")
def test_a_lane_is_watched_with_recording_and_without() -> None:
    shown, kept = rows_of(every_case()["record/720p30"], TINY)
    assert str(shown.goal) == "ratio >= 0.97"
    assert (shown.case, kept.case) == ("record/720p30", "record/720p30-kept")
    for row in (shown, kept):
        assert row.skipped is None
        assert row.unit == "%"
        assert row.value is not None
        assert 0 <= row.value <= 100
