"""The tour's labelled folder is one that the program itself reads without a complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.tour.album import FRAMES, album, name_of
from pipelines.frame import Frame
from pipelines.sources import demo_reel
from pipelines.sources.pictures import Pictures
from tests.pipelines.sources.hand_clock import HandClock


def test_each_picture_carries_the_faces_that_the_demo_knows(tmp_path: Path) -> None:
    source = Pictures(album(tmp_path / "new" / "album"), clock=HandClock())
    assert source.length == len(FRAMES)
    seen = 0
    for position, number in enumerate(FRAMES):
        source.seek(position)
        frame = source.read()
        assert isinstance(frame, Frame)
        assert frame.name == name_of(position)
        assert frame.labelled
        expected = demo_reel.frame(number)[1]
        assert [known.label for known in frame.truth] == [known.label for known in expected]
        for known, original in zip(frame.truth, expected, strict=True):
            assert known.box == pytest.approx(original.box)
            assert not known.ignore
        seen += len(frame.truth)
    assert 0 < seen < len(FRAMES), "pictures with faces and without"
    assert source.complaint is None
