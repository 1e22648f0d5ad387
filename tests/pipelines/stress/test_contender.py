"""Who is put to the test: what it is called, how it is set, and what of its finds count."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from models.errors import PipelineError
from models.text import Text
from pipelines.frame import Frame
from pipelines.registry import find
from pipelines.result import Result
from pipelines.stress import contender
from pipelines.stress.contender import Contender, contenders, detectors, offered
from tests.pipelines.stress.patches import BOX, Patch, PatchParameters, patch_frame


class Network(Patch):
    name = "cnn-faces"
    title = Text("Network", "ネットワーク")


class Absent(Patch):
    name = "cnn-faces"

    @classmethod
    def reason_unavailable(cls) -> Text:
        return Text("It has no network here.", "ここにはネットワークがありません。")


def test_it_is_called_by_its_title_and_what_is_set_otherwise() -> None:
    assert Contender(Patch, PatchParameters()).title == Text("Patch", "明るい領域")
    assert Contender(Patch, PatchParameters(threshold=150, track=True, anonymise="blur")).title == Text(
        "Patch (Threshold 150 px, Hide Blur, Track on)",
        "明るい領域（しきい値 150 px、隠す ぼかし、追跡 オン）",
    )


def test_only_its_finds_count_in_pixels_of_the_frame() -> None:
    finder = Contender(Patch, PatchParameters()).open(1)
    [box] = finder.find(patch_frame())
    assert box.role == "first"
    assert box.box == BOX
    finder.close()


def test_nothing_is_followed_or_hidden_from_picture_to_picture() -> None:
    finder = Contender(Patch, PatchParameters(track=True, anonymise="blur")).open(1)
    assert len(finder.find(patch_frame())) == 1  # the detector refuses both
    finder.close()


def test_one_that_cannot_run_here_says_why() -> None:
    with pytest.raises(PipelineError, match="It has no network here"):
        Contender(Absent, PatchParameters()).open(1)


def test_nonsense_is_refused() -> None:
    class Nonsense(Patch):
        def process(self, frame: Frame, parameters: PatchParameters) -> Result:
            return "boxes"  # type: ignore[return-value]

    with pytest.raises(PipelineError, match="no picture"):
        Contender(Nonsense, PatchParameters()).open(1).find(patch_frame())


def test_the_network_meets_the_cascade_each_in_its_colour_of_the_contest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = MappingProxyType({"haar-faces": find("haar-faces"), "cnn-faces": Network})
    monkeypatch.setattr(contender, "discover", lambda: known)
    first, second = contenders()
    contest = find("versus").parameters()
    assert (first.pipeline, second.pipeline.name) == (Network, "haar-faces")
    assert (first.pipeline.name, second.pipeline.name) == (contest.first, contest.second)  # type: ignore[attr-defined]


def test_and_a_stricter_cascade_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    known = MappingProxyType({"haar-faces": find("haar-faces"), "cnn-faces": Absent})
    monkeypatch.setattr(contender, "discover", lambda: known)
    first, second = contenders()
    assert first.pipeline is second.pipeline
    assert first.parameters != second.parameters


def test_what_is_offered_runs_here_and_stands_there_once(monkeypatch: pytest.MonkeyPatch) -> None:
    haar = find("haar-faces")
    known = MappingProxyType({"haar-faces": haar, "cnn-faces": Absent, "patch": Patch, "dog": find("dog")})
    monkeypatch.setattr(contender, "discover", lambda: known)
    set_ = Contender(Patch, PatchParameters(threshold=9))
    names = [one.title.en for one in offered(set_, Contender(haar, haar.parameters()))]
    assert names == ["Haar cascade", "Patch", "Haar cascade (Neighbours 12)", "Patch (Threshold 9 px)"]


def test_what_compares_two_others_is_no_detector() -> None:
    names = [pipeline.name for pipeline in detectors()]
    assert "haar-faces" in names
    assert "versus" not in names
    assert "dog" not in names
