"""Who found what: boxes, counts, scores and curves of two detectors that are told what to find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
import pytest

from models.errors import PipelineError
from models.text import Text
from pipelines.contest import side
from pipelines.detector import Detector, DetectorParameters
from pipelines.frame import Frame, Truth
from pipelines.neural.versus import Versus, VersusParameters
from pipelines.parameters import choice
from pipelines.result import Box, Lines, Result
from pipelines.sources import demo_reel
from pipelines.status import Status
from tests.pipelines.contest.scenes import (
    BROKEN,
    Place,
    ThresholdParameters,
    Told,
    blank,
    finder,
    told,
)

A, B, C = (10.0, 10.0, 40.0, 40.0), (80.0, 10.0, 40.0, 40.0), (150.0, 10.0, 40.0, 40.0)
NEAR_A = (14.0, 12.0, 40.0, 40.0)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> tuple[type[Told], type[Told]]:
    """In the places of the two detectors that are there at first: A and B, near A and C."""
    pair = told("cnn-faces", A, B), told("haar-faces", NEAR_A, C)
    monkeypatch.setattr(side, "find", finder(*pair))
    return pair


@pytest.fixture
def pipeline() -> Versus:
    made = Versus()
    made.open(1)
    return made


def boxes(result: Result) -> list[tuple[str, str, str, Place]]:
    return [
        (mark.role, mark.label, mark.title.en if mark.title else "", mark.box)
        for mark in result.marks
        if isinstance(mark, Box)
    ]


def row(result: Result, title: str) -> tuple[object, object]:
    assert result.comparison is not None
    return next((row.first, row.second) for row in result.comparison.rows if row.title.en == title)


def reading(result: Result, name: str) -> float:
    return next(reading.value for reading in result.readings if reading.name == name)


@pytest.mark.usefixtures("two")
def test_a_glance_tells_who_found_what(pipeline: Versus) -> None:
    result = pipeline.process(blank(), VersusParameters())
    assert boxes(result) == [
        ("first", "cnn-faces", "Cnn-Faces", A),
        ("first", "cnn-faces", "Cnn-Faces only", B),
        ("second", "haar-faces", "Haar-Faces", NEAR_A),
        ("second", "haar-faces", "Haar-Faces only", C),
    ]
    assert row(result, "In this picture") == (2, 2)
    assert row(result, "Found alone") == (1, 1)
    assert reading(result, "both") == 1


@pytest.mark.usefixtures("two")
def test_the_overlap_that_counts_as_the_same_can_be_set(pipeline: Versus) -> None:
    result = pipeline.process(blank(), VersusParameters(overlap=0.95))
    assert reading(result, "both") == 0
    assert row(result, "Found alone") == (2, 2)


@pytest.mark.usefixtures("two")
def test_counts_go_on_with_the_stream_and_begin_again_with_other_parameters(pipeline: Versus) -> None:
    for number in range(5):
        result = pipeline.process(blank(number), VersusParameters())
    assert row(result, "Alone so far") == (5, 5)
    assert reading(result, "both-total") == 5
    assert reading(result, "agreement") == pytest.approx(100 / 3)
    assert reading(result, "pictures") == 5
    assert reading(pipeline.process(blank(5), VersusParameters(curve="agreement")), "pictures") == 6
    assert reading(pipeline.process(blank(6), VersusParameters(overlap=0.5)), "pictures") == 1


@pytest.mark.usefixtures("two")
def test_another_stream_begins_from_nothing(pipeline: Versus) -> None:
    for number in range(5):
        pipeline.process(blank(number), VersusParameters())
    result = pipeline.process(blank(0, captured=50.0), VersusParameters())
    assert reading(result, "pictures") == 1
    assert result.plot is not None
    assert result.plot.curves[0].x.tolist() == [0.0]


@pytest.mark.usefixtures("two")
def test_labelled_pictures_say_who_is_right_each_counted_once(pipeline: Versus) -> None:
    truth = (Truth("face", A), Truth("face", B), Truth("face", C, ignore=True))
    for number in range(30):
        pipeline.process(blank(number, truth, name="a.png"), VersusParameters())
    result = pipeline.process(blank(30, (), name="nobody.png"), VersusParameters())
    # a.png: the first finds A and B; the second finds A, and C, which does not count
    # nobody.png: both find two where there is nothing
    assert row(result, "Precision") == (pytest.approx(100 * 2 / 4), pytest.approx(100 * 1 / 3))
    assert row(result, "Recall") == (100, 50)
    assert row(result, "F1") == (pytest.approx(100 * 4 / 6), pytest.approx(100 * 2 / 5))
    assert row(result, "False alarms") == (2, 2)
    assert (reading(result, "labelled"), reading(result, "pictures")) == (2, 2)


@pytest.mark.usefixtures("two")
def test_without_labels_nobody_is_right_or_wrong(pipeline: Versus) -> None:
    result = pipeline.process(blank(), VersusParameters())
    assert result.comparison is not None
    assert result.comparison.soft is None
    assert "Precision" not in [row.title.en for row in result.comparison.rows]
    assert "labelled" not in [reading.name for reading in result.readings]


@pytest.mark.usefixtures("two")
def test_labels_are_drawn_softly_and_are_no_finds(pipeline: Versus) -> None:
    result = pipeline.process(
        blank(truth=(Truth("face", A), Truth("face", C, ignore=True))), VersusParameters()
    )
    lines = [mark for mark in result.marks if isinstance(mark, Lines)]
    assert [mark.role for mark in lines] == ["soft"]
    assert len(lines[0].lines) == 4 + 5, "what does not count is crossed"
    assert (lines[0].lines[:4].min(0)[:2].tolist(), lines[0].lines[:4].max(0)[2:].tolist()) == (
        [10, 10],
        [50, 50],
    )
    assert result.comparison is not None
    assert result.comparison.soft is not None


def test_a_detector_that_fails_costs_its_own_side_only(
    two: tuple[type[Told], type[Told]], pipeline: Versus
) -> None:
    two[0].raises = BROKEN
    result = pipeline.process(blank(truth=(Truth("face", A),)), VersusParameters())
    assert result.comparison is not None
    assert result.comparison.troubles == (BROKEN.text, None)
    assert [found[:3] for found in boxes(result)] == [("second", "haar-faces", "Haar-Faces")] * 2
    assert row(result, "In this picture") == (None, 2)
    assert row(result, "Found alone") == (None, None)
    assert row(result, "Recall") == (None, 100)
    assert "both" not in [reading.name for reading in result.readings]


def test_when_it_comes_back_the_counts_begin_again(
    two: tuple[type[Told], type[Told]], pipeline: Versus
) -> None:
    two[0].raises = BROKEN
    pipeline.process(blank(0, captured=0.0), VersusParameters())
    two[0].raises = None
    result = pipeline.process(blank(1, captured=5.0), VersusParameters())
    assert reading(result, "pictures") == 1
    assert row(result, "In this picture") == (2, 2)


@pytest.mark.usefixtures("two")
def test_a_detector_of_another_machine_costs_its_own_side_only(pipeline: Versus) -> None:
    """A scene names a plug-in that is not installed here."""
    result = pipeline.process(blank(), VersusParameters.from_table({"first": "their-faces"}))
    assert result.comparison is not None
    assert result.comparison.first == Text("their-faces", "their-faces")
    assert result.comparison.troubles[0] is not None
    assert "There is no pipeline 'their-faces'" in result.comparison.troubles[0].en
    assert row(result, "In this picture") == (None, 2)


def test_both_are_prepared_and_tell_where_they_compute(
    two: tuple[type[Told], type[Told]], pipeline: Versus
) -> None:
    pipeline.prepare(VersusParameters())
    assert [each.prepared for each in two] == [1, 1]
    pipeline.process(blank(), VersusParameters())
    assert pipeline.status() is None
    two[0].state = Status(Text("GPU", "GPU"), notice=Text("It is warm.", "熱くなっています。"))
    two[1].state = Status(Text("CPU", "CPU"))
    assert pipeline.status() == Status(Text("GPU / CPU", "GPU／CPU"), notice=two[0].state.notice)


def test_where_both_fail_both_sentences_are_said(
    two: tuple[type[Told], type[Told]], pipeline: Versus
) -> None:
    two[0].raises = BROKEN
    two[1].unavailable = Text("It is not here.", "ここにはありません。")
    with pytest.raises(PipelineError) as caught:
        pipeline.process(blank(), VersusParameters())
    assert caught.value.text == Text(
        "The network is gone. It is not here.", "ネットワークがありません。ここにはありません。"
    )


@pytest.mark.usefixtures("two")
def test_each_has_its_own_threshold_and_size(two: tuple[type[Told], type[Told]], pipeline: Versus) -> None:
    result = pipeline.process(
        blank(), VersusParameters(first_threshold=50, second_threshold=-50, second_long_side=160)
    )
    assert row(result, "Threshold") == (6, 1)
    assert [mark[0] for mark in boxes(result)] == ["second", "second"]
    assert [each.used_with[-1].long_side for each in two] == [320, 160]


@pytest.mark.usefixtures("two")
def test_a_detector_against_itself_is_told_apart_by_number(pipeline: Versus) -> None:
    result = pipeline.process(blank(), VersusParameters(first="haar-faces", second_threshold=100))
    assert result.comparison is not None
    assert (result.comparison.first.en, result.comparison.second.en) == ("Haar-Faces 1", "Haar-Faces 2")


@pytest.mark.usefixtures("two")
def test_curves_over_the_last_minute(pipeline: Versus) -> None:
    for number in range(50):
        truth = (Truth("face", A),)
        result = pipeline.process(blank(number, truth, captured=number / 5), VersusParameters())
    assert result.plot is not None
    assert result.plot.x_range == (-60.0, 0.0)
    assert [curve.role for curve in result.plot.curves] == ["soft", "first", "second"]
    labelled, first, second = (curve.y for curve in result.plot.curves)
    assert set(labelled) == {1.0}
    assert set(first) == set(second) == {2.0}
    share = pipeline.process(blank(50, captured=10.0), VersusParameters(curve="agreement")).plot
    assert share is not None
    np.testing.assert_allclose(share.curves[0].y, 100 / 3)
    times = pipeline.process(blank(51, captured=10.0), VersusParameters(curve="milliseconds")).plot
    assert times is not None
    assert [curve.role for curve in times.curves] == ["first", "second"]


def speckled(number: int) -> Frame:
    """The same picture in every frame."""
    image = np.random.default_rng(7).integers(0, 256, (100, 200, 3), np.uint8)
    return Frame.of(image, number, number / 10)


def test_how_often_each_loses_what_is_there(two: tuple[type[Told], type[Told]], pipeline: Versus) -> None:
    """The second one finds near A and C in two frames of three."""
    shown = two[1].boxes
    for number in range(9):
        two[1].boxes = () if number % 3 == 2 else shown
        result = pipeline.process(speckled(number), VersusParameters())
    assert row(result, "Continuity") == (100, pytest.approx(100 * 6 / 9))
    assert row(result, "Times lost") == (0, 6)
    quiet = pipeline.process(speckled(9), VersusParameters(track=False))
    assert quiet.comparison is not None
    assert "Continuity" not in [row.title.en for row in quiet.comparison.rows]


@pytest.mark.usefixtures("two")
def test_pictures_that_do_not_follow_each_other_have_no_continuity(pipeline: Versus) -> None:
    random = np.random.default_rng(3)
    for number in range(3):
        image = random.integers(0, 256, (100, 200, 3), np.uint8)
        result = pipeline.process(Frame.of(image, number, number / 10), VersusParameters())
    assert result.comparison is not None
    assert "Continuity" not in [row.title.en for row in result.comparison.rows]


@pytest.mark.usefixtures("two")
def test_whom_one_of_the_two_finds_is_hidden(pipeline: Versus) -> None:
    frame = speckled(0)
    result = pipeline.process(frame, VersusParameters(anonymise="pixels"))
    changed = (result.picture != frame.image).any(2)
    for x, y, width, height in (A, B, C):
        face = changed[int(y + 5) : int(y + height - 5), int(x + 5) : int(x + width - 5)]
        assert face.mean() > 0.95
    assert not changed[80:].any()
    assert (pipeline.process(speckled(1), VersusParameters()).picture == frame.image).all()


def test_who_is_lost_for_a_moment_stays_hidden(two: tuple[type[Told], type[Told]], pipeline: Versus) -> None:
    for number in range(4):
        if number == 3:
            two[0].boxes = two[1].boxes = ()
        frame = speckled(number)
        result = pipeline.process(frame, VersusParameters(anonymise="blur", track=False))
    x, y, width, height = map(int, B)
    assert (result.picture != frame.image).any(2)[y : y + height, x : x + width].mean() > 0.9


def test_things_are_not_people(two: tuple[type[Told], type[Told]], pipeline: Versus) -> None:
    class Passers(Detector[DetectorParameters]):
        name = "cnn-faces"
        title = Text("Passers", "通行人")
        parameters = DetectorParameters
        shows_people = frozenset({"person"})

        def find(self, frame: Frame, parameters: DetectorParameters) -> Result:
            return Result(frame.image, (Box(A, "person", 0.9), Box(B, "car", 0.9)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(side, "find", finder(Passers, two[1]))
        frame = speckled(0)
        parameters = VersusParameters(anonymise="pixels", second_threshold=100)
        changed = (pipeline.process(frame, parameters).picture != frame.image).any(2)
    assert changed[15:45, 15:45].mean() > 0.95
    assert not changed[:, 80:].any()


def networks() -> Mapping[str, Text]:
    return {"face-detector": Text("Ours", "付属"), "other": Text("Other", "別")}


class NetworkParameters(ThresholdParameters, frozen=True):
    network: Annotated[str, choice(title=Text("Network", "ネットワーク"), titles=networks, open=True)] = (
        "face-detector"
    )


def test_two_networks_of_one_detector_compete(pipeline: Versus, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = told("cnn-faces", A)
    kind.parameters = NetworkParameters
    monkeypatch.setattr(side, "find", finder(kind))
    parameters = VersusParameters(second="cnn-faces", second_network="other")
    found = boxes(pipeline.process(blank(), parameters))
    assert found == [("first", "cnn-faces", "Cnn-Faces", A), ("second", "other", "Other", A)]
    assert [used.to_table().get("network") for used in kind.used_with] == [None, "other"]
    again = pipeline.process(blank(1), parameters.changed(second_network="third"))
    assert reading(again, "pictures") == 1, "another network is another contestant"


def test_a_network_is_of_no_matter_to_a_detector_without_one() -> None:
    assert VersusParameters(second_network="other").sides[1].network == ""


def test_a_network_that_is_not_here_is_said_beside_the_other_detector(
    pipeline: Versus, two: tuple[type[Told], type[Told]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side, "find", finder(two[1]))
    result = pipeline.process(blank(), VersusParameters(first_network="yunet"))
    assert result.comparison is not None
    trouble = result.comparison.troubles[0]
    assert trouble is not None
    assert "fusiform models fetch yunet" in trouble.en
    assert result.comparison.first.en == "YuNet"
    assert row(result, "In this picture") == (None, 2)


def test_haar_on_the_face_of_the_demo() -> None:
    image, truth = demo_reel.frame(75)
    pipeline = Versus()
    pipeline.open(1)
    parameters = VersusParameters(first="haar-faces", second="haar-faces", second_threshold=100)
    result = pipeline.process(Frame.of(image, 0, 0.0, truth, labelled=True), parameters)
    pipeline.close()
    assert row(result, "Recall") == (100, 0)
