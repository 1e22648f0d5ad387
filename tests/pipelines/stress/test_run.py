"""The whole test, with detectors whose answers can be worked out by head."""

from __future__ import annotations

import pytest

from models.errors import PipelineError, SourceError
from pipelines.frame import Truth
from pipelines.result import Box
from pipelines.stress.contender import Contender
from pipelines.stress.curve import StressCurve
from pipelines.stress.run import Stopped, Stress, opened, with_faces
from pipelines.stress.sweeps import SWEEPS
from tests.pipelines.stress.patches import BOX, BRIGHT, Broken, Patch, PatchParameters, patch_frame, patches

BRIGHTNESS = SWEEPS["brightness"]


def last(stress: Stress) -> StressCurve:
    with opened(stress.contenders, 1) as finders:
        *_growing, curve = stress.run(finders)
    return curve


def test_hits_and_scores_are_those_of_plain_arithmetic() -> None:
    curve = last(Stress(BRIGHTNESS, patches(100, 150), (patch_frame(),)))
    assert [point.strength for point in curve.points] == list(BRIGHTNESS.strengths)
    for point in curve.points:
        level, ground = min(255, BRIGHT + point.strength), 30 + point.strength
        for tally, threshold in zip(point.tallies, (100, 150), strict=True):
            # where the ground is as bright as the threshold the box is the whole picture: 384 of 3072 pixels
            seen = level >= threshold > ground
            assert tally.faces == 1
            assert tally.hits == seen
            assert tally.score == pytest.approx(level / 255 if seen else 0.0)
            assert tally.false_alarms == (ground >= threshold)
    assert curve.stands(0) == (-100, 60)
    assert curve.stands(1) == (-40, 100)


def test_the_box_moves_along_with_the_picture_and_is_found_there() -> None:
    curve = last(Stress(SWEEPS["scale"], patches(), (patch_frame(),)))
    point = curve.at(0.5)
    assert point is not None
    assert point.tallies[0].hits == 1
    first = next(box for box in point.boxes if box.role == "first")
    # half as large about the middle (32, 24), to the two pixels that the detector's half picture leaves
    assert first.box == pytest.approx((26, 17, 12, 8), abs=2.1)


def test_several_pictures_are_counted_together_and_ignored_faces_are_not() -> None:
    ignored = patch_frame(1, truth=(Truth("patch", BOX, ignore=True),))
    empty = patch_frame(2, truth=())
    curve = last(Stress(BRIGHTNESS, patches(), (patch_frame(), ignored, empty)))
    start = curve.at(0.0)
    assert start is not None
    assert start.pictures == 3
    assert (start.tallies[0].faces, start.tallies[0].hits) == (1, 1)
    assert start.tallies[0].false_alarms == 1  # in the picture that is labelled as empty
    assert start.tallies[0].score == pytest.approx(BRIGHT / 255)


def test_the_curve_grows_from_the_undistorted_picture_outwards() -> None:
    pair = patches()
    with opened(pair, 1) as finders:
        grown = [
            [point.strength for point in curve.points]
            for curve in Stress(SWEEPS["mouth"], pair, (patch_frame(),)).run(finders)
        ]
    assert grown[:3] == [[0.0], [0.0, 4.0], [0.0, 4.0, 8.0]]
    assert len(grown) == len(SWEEPS["mouth"].strengths)


def test_it_is_told_of_every_look_and_stopped_there_at_once() -> None:
    pair, looks = patches(), 0
    stress = Stress(BRIGHTNESS, pair, (patch_frame(), patch_frame(1)))

    def tick() -> None:
        nonlocal looks
        looks += 1
        if looks == 6:
            raise Stopped

    with opened(pair, 1) as finders:
        curves = list(stress.run(finders, tick))
    assert looks == 6  # two looks at each of two pictures are one point; the second point was never whole
    assert [len(curve.points) for curve in curves] == [1]
    assert stress.steps == 2 * 2 * len(BRIGHTNESS.strengths)


def test_both_are_closed_whatever_happens() -> None:
    Patch.opened = Patch.closed = Broken.opened = Broken.closed = 0
    pair = (patches()[0], Contender(Broken, PatchParameters()))
    with pytest.raises(PipelineError, match=r"Patch failed, so the test was stopped \(ZeroDivisionError"):
        last(Stress(BRIGHTNESS, pair, (patch_frame(),)))
    assert (Patch.opened, Patch.closed) == (1, 1)
    assert (Broken.opened, Broken.closed) == (1, 1)


def test_known_faces_are_taken_as_they_are() -> None:
    with opened(patches(), 1) as finders:
        given = patch_frame()
        assert with_faces(given, finders) is given


def test_unknown_faces_are_what_both_find_drawn_between_them() -> None:
    finders = (
        Told(Box((10, 10, 20, 20), "face", 2.0), Box((50, 50, 9, 9), "face", 1.0)),
        Told(Box((14, 12, 20, 24), "face", 0.9)),
    )
    [face] = with_faces(patch_frame(labelled=False), finders).truth  # type: ignore[arg-type]
    assert face == Truth("face", (12, 11, 20, 22))


def test_where_they_agree_on_nothing_it_is_what_either_finds() -> None:
    one, other = Box((10, 10, 20, 20), "face", 2.0), Box((50, 50, 9, 9), "face", 1.0)
    found = with_faces(patch_frame(labelled=False), (Told(one), Told(other)))  # type: ignore[arg-type]
    assert {face.box for face in found.truth} == {one.box, other.box}


@pytest.mark.parametrize(
    ("labelled", "sentence"),
    [(True, "labelled as one without a face"), (False, "Neither detector finds a face")],
)
def test_without_any_face_it_says_so(labelled: bool, sentence: str) -> None:
    frame = patch_frame(truth=(), labelled=labelled)
    with pytest.raises(SourceError, match=sentence):
        with_faces(frame, (Told(), Told()))  # type: ignore[arg-type]


class Told:
    """Finds what it was told."""

    def __init__(self, *boxes: Box) -> None:
        self._boxes = boxes

    def find(self, _frame: object) -> tuple[Box, ...]:
        return self._boxes
