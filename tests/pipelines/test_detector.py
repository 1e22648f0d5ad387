"""Whatever finds boxes can follow and hide them."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import pytest
import skimage.data

from models.text import Text
from pipelines.classic.haar_faces import HaarFaces
from pipelines.covering import covered
from pipelines.detector import Detector, DetectorParameters
from pipelines.frame import Frame, Image
from pipelines.haar.values import HaarParameters
from pipelines.parameters import number
from pipelines.result import Box, Caption, Reading, Result

FACE, EYE = Box((100, 100, 60, 60), "face", 0.9), Box((110, 110, 9, 9), "eye", 0.7, role="second")
WORDS = Caption((5, 5), Text("here", "ここ"))
NOISE = np.random.default_rng(2).integers(0, 256, (240, 320, 3), np.uint8)


class ListedParameters(DetectorParameters, frozen=True):
    threshold: Annotated[float, number(0, 1, title=Text("Threshold", "しきい値"))] = 0.0


class Listed(Detector[ListedParameters]):
    """Finds what it is told to, frame by frame, from `threshold` on."""

    name = "listed"
    title = Text("Listed", "一覧")
    parameters = ListedParameters

    def __init__(self, *finds: tuple[Box, ...], size: tuple[int, int] = (240, 320)) -> None:
        self.finds, self.size = finds, size

    def find(self, frame: Frame, parameters: ListedParameters) -> Result:
        boxes = [box for box in self.finds[frame.number] if (box.score or 0) >= parameters.threshold]
        picture = np.ascontiguousarray(frame.image[: self.size[0], : self.size[1]])
        return Result(picture, (WORDS, *boxes), (Reading("found", Text("Found", "検出数"), len(boxes)),))


class Passers(Listed):
    shows_people = frozenset({"person"})


def frame(number: int) -> Frame:
    return Frame.of(NOISE.copy(), number, number / 30)


def results(detector: Listed, count: int, **values: Any) -> list[Result]:
    return [detector.process(frame(n), ListedParameters(**values)) for n in range(count)]


def boxes(result: Result) -> list[Box]:
    return [mark for mark in result.marks if isinstance(mark, Box)]


def hidden(result: Result) -> np.ndarray[Any, np.dtype[np.bool_]]:
    changed: np.ndarray[Any, np.dtype[np.bool_]] = (result.picture != NOISE).any(2)
    return changed


def test_by_itself_it_gives_what_it_finds() -> None:
    (result,) = results(Listed((FACE, EYE)), 1)

    assert result.marks == (WORDS, FACE, EYE)
    assert [reading.name for reading in result.readings] == ["found"]
    assert not hidden(result).any()


def test_the_switches_stand_below_its_own_parameters() -> None:
    assert [spec.name for spec in ListedParameters.specs()] == ["threshold", "track", "anonymise"]
    assert [spec.name for spec in HaarParameters.specs()][-2:] == ["track", "anonymise"]


def test_tracked_a_face_has_its_number_and_its_parts_have_none() -> None:
    *_, last = results(Listed(*[(FACE, EYE)] * 3), 3, track=True)

    assert [(box.label, box.identity, box.found) for box in boxes(last)] == [
        ("face", 1, True),
        ("eye", None, True),
    ]
    assert boxes(last)[0].box == FACE.box
    assert {r.name: r.value for r in last.readings} == {"found": 2, "continuity": 100, "losses": 0}


def test_a_lost_face_leaves_a_ghost_under_everything_else() -> None:
    *_, last = results(Listed((FACE,), (FACE,), ()), 3, track=True)

    ghost = last.marks[0]
    assert isinstance(ghost, Box)
    assert (ghost.identity, ghost.found, ghost.role, ghost.score) == (1, False, "soft", None)
    assert ghost.box == pytest.approx(FACE.box)
    assert last.marks[1:] == (WORDS,)
    assert {r.name: r.value for r in last.readings} == {
        "found": 0,
        "continuity": pytest.approx(200 / 3),
        "losses": 1,
    }


@pytest.mark.parametrize("style", ["blur", "pixels"])
def test_anonymised_the_picture_is_hidden_and_the_marks_stay(style: Any) -> None:
    (result,) = results(Listed((FACE, EYE)), 1, anonymise=style)

    assert result.marks == (WORDS, FACE, EYE)
    np.testing.assert_array_equal(result.picture, covered(NOISE, [FACE.box], style))
    assert hidden(result)[100:160, 100:160].mean() > 0.99


def test_a_face_stays_hidden_while_the_detector_loses_it() -> None:
    first, *rest = results(Listed((FACE,), *[()] * 30), 31, anonymise="pixels")

    assert all(hidden(result)[100:160, 100:160].mean() > 0.99 for result in (first, *rest[:20]))
    assert not hidden(rest[-1]).any()
    assert all(result.marks == (WORDS,) for result in rest)
    assert [r.name for r in rest[3].readings] == ["found"]
    areas = [hidden(result).sum() for result in (first, *rest[:20])]
    assert areas[0] < areas[2] <= areas[20]


def test_where_it_finds_other_things_too_only_people_are_hidden() -> None:
    person, cup = Box((10, 10, 60, 60), "person", 0.9), Box((200, 150, 60, 60), "cup", 0.9)
    for finds in (((person, cup), ()), ((person, cup), (person, cup))):
        last = results(Passers(*finds), 2, anonymise="blur")[1]
        assert hidden(last)[10:70, 10:70].mean() > 0.99
        assert not hidden(last)[150:210, 200:260].any()


def test_a_still_frame_gives_the_same_again_and_obeys_another_threshold() -> None:
    detector = Listed((FACE,), (FACE,), (FACE,))
    results(detector, 2, track=True)
    first = detector.process(frame(2), ListedParameters(track=True))
    again = detector.process(frame(2), ListedParameters(track=True))
    higher = detector.process(frame(2), ListedParameters(track=True, threshold=1.0))
    back = detector.process(frame(2), ListedParameters(track=True))

    assert first.marks == again.marks == back.marks
    assert first.readings == again.readings == back.readings
    assert [box.found for box in boxes(higher)] == [False]


def test_switched_off_and_on_it_begins_anew() -> None:
    detector = Listed(*[(FACE,)] * 2, (FACE, Box((10, 100, 60, 60), "face", 0.9)))
    results(detector, 2, track=True)
    detector.process(frame(1), ListedParameters())

    last = detector.process(frame(2), ListedParameters(track=True))

    assert [box.identity for box in boxes(last)] == [2, 1]


def test_a_picture_of_another_size_than_the_frame_is_hidden_in_its_own_pixels() -> None:
    (result,) = results(Listed((FACE,), size=(200, 200)), 1, anonymise="blur")

    np.testing.assert_array_equal(result.picture, covered(NOISE[:200, :200], [FACE.box], "blur"))


def test_the_astronaut_is_recognised_as_a_face_no_more() -> None:
    picture: Image = np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])
    for style in ("blur", "pixels"):
        result = HaarFaces().process(
            Frame.of(picture, 0, 0.0), HaarParameters(track=True, anonymise=style, minimum_size=0)
        )
        (face,) = boxes(result)
        assert (face.identity, face.box) == (1, (177, 66, 95, 95))
        anew = HaarFaces().process(Frame.of(result.picture, 0, 0.0), HaarParameters(minimum_size=0))
        assert boxes(anew) == []
