"""A cascade's file that is dropped on the window is kept and offered, or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

from pipelines.haar import own
from pipelines.haar.values import HaarParameters
from tests.desktop.window.whole import Whole


def test_it_is_offered_for_the_lane(whole: Whole, tmp_path: Path) -> None:
    whole.film("dog")
    mine = tmp_path / "mine.xml"
    mine.write_bytes(own.file_of("eye").read_bytes())
    whole.window.chrome.keeping.take_in(str(mine))
    whole.until(whole.notices)
    assert whole.notices() == ["The cascade mine was added."]
    whole.click(whole.window.chrome.notices.line("cascade-own").offer)
    assert whole.lane().pipeline.name == "haar-faces"
    parameters = whole.lane().parameters
    assert isinstance(parameters, HaarParameters)
    assert parameters.cascade == "mine"


def test_what_is_none_is_said_and_the_lane_goes_on(whole: Whole, tmp_path: Path) -> None:
    whole.film("dog")
    odd = tmp_path / "odd.xml"
    odd.write_text("<svg/>")
    whole.window.chrome.keeping.take_in(str(odd))
    whole.until(whole.notices)
    assert whole.notices() == ["odd.xml is no Haar cascade; choose another one."]
    assert whole.lane().pipeline.name == "dog"
