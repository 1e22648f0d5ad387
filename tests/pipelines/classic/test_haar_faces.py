from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import skimage.data
from cv2.data import haarcascades

from models.errors import PipelineError
from pipelines.classic.haar_faces import HaarFaces
from pipelines.frame import Frame, Image
from pipelines.haar import cascade
from pipelines.haar.cascade import Cascade, Detections
from pipelines.haar.cascades import FACES, NAMES, SHIPPED, CascadeName
from pipelines.haar.values import HaarParameters
from pipelines.result import Box, Result

FOLDER = Path(haarcascades)
FRONTAL = FOLDER / "haarcascade_frontalface_default.xml"
FACE: tuple[float, float, float, float] = (177, 66, 95, 95)
"""The astronaut's, as `detectMultiScale` gives it with its default settings."""


@pytest.fixture(scope="module")
def astronaut() -> Image:
    """(512, 512, 3) BGR, one smiling face."""
    picture: Image = skimage.data.astronaut()[:, :, ::-1]
    return picture


def grey(picture: Image) -> Image:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def seen(picture: Image, **values: Any) -> Result:
    return HaarFaces().process(Frame.of(picture, 0, 0.0), HaarParameters(**values))


def boxes(result: Result, label: str | None = None) -> list[Box]:
    return [mark for mark in result.marks if isinstance(mark, Box) and label in (None, mark.label)]


def theirs(path: Path, picture: Image, factor: float = 1.1, neighbours: int = 3) -> list[list[int]]:
    """What `detectMultiScale` finds."""
    found = cv2.CascadeClassifier(str(path)).detectMultiScale(picture, factor, neighbours)
    return sorted(np.asarray(found).tolist())


def ours(path: Path, picture: Image, factor: float = 1.1, neighbours: int = 3) -> list[list[int]]:
    return sorted(Cascade(path).find(picture, factor, neighbours, 0).boxes.tolist())


def test_every_cascade_that_opencv_ships_can_be_chosen_the_frontal_face_first() -> None:
    assert {shipped.file for shipped in SHIPPED.values()} == {path.name for path in FOLDER.glob("*.xml")}
    assert tuple(SHIPPED) == NAMES == HaarParameters.spec("cascade").choices
    assert len(NAMES) == 17
    assert HaarParameters().cascade == NAMES[0] == "frontal-face"
    assert SHIPPED["frontal-face"].file == FRONTAL.name


@pytest.mark.parametrize("name", NAMES)
def test_every_cascade_finds_what_detect_multi_scale_finds(name: CascadeName, astronaut: Image) -> None:
    path, picture = FOLDER / SHIPPED[name].file, grey(astronaut)[:300, :400]

    for neighbours in (0, 1, 3):
        assert ours(path, picture, 1.2, neighbours) == theirs(path, picture, 1.2, neighbours)
    assert (Cascade(path).find(picture, 1.2, 1, 0).scores >= 0).all()


@pytest.mark.parametrize(("factor", "neighbours"), [(1.05, 3), (1.1, 3), (1.2, 1), (1.4, 1)])
def test_a_face_at_the_border_is_grouped_as_by_opencv(
    factor: float, neighbours: int, astronaut: Image
) -> None:
    for bottom, right in ((162, 264), (162, 276), (155, 272), (158, 267), (164, 267)):
        cut = np.ascontiguousarray(grey(astronaut)[60:bottom, 165:right])
        wider = np.ascontiguousarray(grey(astronaut)[:bottom, 150:right])
        for picture in (cut, wider):
            assert ours(FRONTAL, picture, factor, neighbours) == theirs(FRONTAL, picture, factor, neighbours)


def test_real_pictures_give_the_boxes_of_opencv(shared: Path) -> None:
    files = sorted((shared / "data" / "faces" / "val").glob("*.webp"))[::40]
    cascade, reference = Cascade(FRONTAL), cv2.CascadeClassifier(str(FRONTAL))
    total = 0
    for file in files:
        picture = np.asarray(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), np.uint8)
        wanted = np.asarray(reference.detectMultiScale(picture, 1.1, 3)).tolist()
        assert sorted(cascade.find(picture, 1.1, 3, 0).boxes.tolist()) == sorted(wanted), file.name
        total += len(wanted)
    assert total > 5


def test_the_astronaut_is_found_with_the_lectures_settings(astronaut: Image) -> None:
    result = seen(astronaut, minimum_size=0)

    (face,) = boxes(result)
    assert face.box == FACE
    assert (face.label, face.role) == ("face", "first")
    assert face.title is not None
    assert face.title.ja == "顔"
    assert result.picture.shape == astronaut.shape
    assert {reading.name: reading.value for reading in result.readings} == {"found": 1, "windows": 47}


def test_a_score_is_how_far_the_surest_window_is_above_the_last_bar(astronaut: Image) -> None:
    stages = ET.parse(FRONTAL).findall("./cascade/stages/_/stageThreshold")
    reference = cv2.CascadeClassifier(str(FRONTAL))
    _, _, weights = reference.detectMultiScale3(grey(astronaut), 1.1, 0, outputRejectLevels=True)

    (face,) = boxes(seen(astronaut))
    assert face.score == pytest.approx(max(weights) - float(stages[-1].text or ""), abs=1e-6)


def test_every_single_window_is_shown_without_neighbours_the_surest_first(astronaut: Image) -> None:
    result = seen(astronaut, neighbours=0, minimum_size=0)
    scores = [box.score for box in boxes(result)]

    assert len(scores) == 47
    assert scores == sorted(scores, key=lambda score: -(score or 0))


def test_the_threshold_keeps_what_scores_at_least_as_much(astronaut: Image) -> None:
    everything = boxes(seen(astronaut, neighbours=0))
    middle = everything[20].score
    assert middle is not None

    kept = boxes(seen(astronaut, neighbours=0, threshold=middle))

    assert kept == [box for box in everything if box.score is not None and box.score >= middle]
    assert not boxes(seen(astronaut, threshold=40.0))


def test_a_smaller_working_size_still_answers_in_pixels_of_the_picture(astronaut: Image) -> None:
    wide = np.ascontiguousarray(np.tile(astronaut, (1, 2, 1))[:, :700].repeat(2, axis=0).repeat(2, axis=1))

    for long_side in (350, 701, 1400):
        best = boxes(seen(wide, long_side=long_side))[0]
        np.testing.assert_allclose(best.box, np.multiply(FACE, 2), atol=24)


def test_smaller_things_than_the_minimum_are_not_looked_for(astronaut: Image) -> None:
    assert boxes(seen(astronaut, minimum_size=80))
    assert not boxes(seen(astronaut, minimum_size=130))
    assert all(min(box.box[2:]) >= 84 for box in boxes(seen(astronaut, minimum_size=84, neighbours=0)))
    assert boxes(seen(astronaut, minimum_size=80, long_side=256))
    assert not boxes(seen(astronaut, minimum_size=130, long_side=256))


def test_eyes_and_smile_are_found_inside_the_face(astronaut: Image) -> None:
    result = seen(astronaut, eyes=True, smile=True)
    x, y, width, height = FACE
    eyes, smiles = boxes(result, "eye"), boxes(result, "smile")

    assert len(eyes) == 2
    assert len(smiles) == 1
    for part, top, bottom in (*((eye, 0.0, 0.6) for eye in eyes), (smiles[0], 0.5, 1.0)):
        left, upper, wide, high = part.box
        assert part.role == "second"
        assert x <= left
        assert left + wide <= x + width
        assert y + top * height - 1 <= upper
        assert upper + high <= y + bottom * height + 1
    assert result.readings == seen(astronaut).readings


def test_parts_are_looked_for_in_faces_only(astronaut: Image) -> None:
    eyes = boxes(seen(astronaut, cascade="eye", eyes=True, smile=True))

    assert {(box.label, box.role) for box in eyes} == {("eye", "first")}
    assert not HaarParameters.spec("eyes").matters(HaarParameters(cascade="eye"))
    assert all(HaarParameters.spec("smile").matters(HaarParameters(cascade=name)) for name in FACES)


def test_cascades_are_exchanged_while_it_runs(astronaut: Image) -> None:
    pipeline, frame = HaarFaces(), Frame.of(astronaut, 0, 0.0)
    labels = [
        {box.label for box in boxes(pipeline.process(frame, HaarParameters(cascade=name)))}
        for name in ("frontal-face", "eye", "frontal-face-alt2")
    ]

    assert labels == [{"face"}, {"eye"}, {"face"}]


def test_nothing_found_is_said_in_figures(astronaut: Image) -> None:
    result = seen(np.full_like(astronaut, 128))

    assert result.marks == ()
    assert [reading.value for reading in result.readings] == [0, 0]


def test_from_inside_the_same_is_found(astronaut: Image) -> None:
    for neighbours in (0, 3):
        plain = seen(astronaut, neighbours=neighbours, long_side=320)
        for view in ("stages", "integral"):
            inside = seen(astronaut, neighbours=neighbours, view=view)
            assert boxes(inside, "face") == boxes(plain, "face")
            assert inside.readings[:2] == plain.readings
            assert inside.picture.shape == astronaut.shape
            assert inside.aim is not None


def test_where_few_windows_are_left_each_is_drawn(astronaut: Image) -> None:
    result = seen(astronaut, view="stages", stage=25)
    windows = [box for box in boxes(result) if box.role == "soft"]
    assert len(windows) == {reading.name: reading.value for reading in result.readings}["alive"] > 5
    assert not [box for box in boxes(seen(astronaut, view="stages", stage=1)) if box.role == "soft"]


def test_the_window_at_a_place_is_told_of(astronaut: Image) -> None:
    result = seen(astronaut, view="stages", votes=True, x=44.0, y=22.0, stage=2)
    assert result.verdict is not None
    assert result.verdict.stage == 2
    (marked,) = [box for box in boxes(result) if box.role == "second"]
    assert marked.box[0] < 0.44 * 512 < marked.box[0] + marked.box[2]
    assert seen(astronaut, view="stages").verdict is None
    hidden = seen(astronaut, view="stages", votes=True, anonymise="pixels").verdict
    assert hidden is not None
    assert len(np.unique(hidden.picture)) == 1


def test_a_cascade_of_the_old_format_finds_as_before_and_says_that_one_cannot_look_inside(
    astronaut: Image,
) -> None:
    pipeline, frame = HaarFaces(), Frame.of(astronaut, 0, 0.0)
    old = HaarParameters(cascade="plate-16-stages", view="stages")
    pipeline.prepare(old)
    result = pipeline.process(frame, old)
    status = pipeline.status()
    assert status is not None
    assert status.notice is not None
    assert "OpenCV 1" in status.notice.ja
    assert result.picture is frame.image
    pipeline.process(frame, old.changed(view="picture"))
    status = pipeline.status()
    assert status is not None
    assert status.notice is None


def test_lanes_after_different_stages_are_told_apart_by_their_names(astronaut: Image) -> None:
    pipeline, inside = HaarFaces(), HaarParameters(view="stages")
    said = []
    for parameters in (inside.changed(stage=4), inside, inside.changed(view="integral", stage=4)):
        pipeline.process(Frame.of(astronaut, 0, 0.0), parameters)
        status = pipeline.status()
        assert status is not None
        said.append(status.subject and (status.subject.en, status.subject.ja))
    assert said == [("after stage 4", "4 段目の後"), None, None]


@pytest.mark.parametrize(
    "text", [None, "", "<opencv_storage>", "no cascade", "<opencv_storage></opencv_storage>"]
)
def test_a_file_that_is_no_cascade_is_refused_in_both_languages(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "haarcascade_eye.xml"
    if text is not None:
        path.write_text(text)

    with pytest.raises(PipelineError, match=r"OpenCV cannot read the cascade haarcascade_eye\.xml") as caught:
        Cascade(path)
    assert "haarcascade_eye.xml を読み込めません" in caught.value.text.ja


def test_a_cascade_is_read_from_a_folder_with_japanese_letters(tmp_path: Path, astronaut: Image) -> None:
    path = tmp_path / "山田 太郎" / FRONTAL.name
    path.parent.mkdir()
    path.write_bytes(FRONTAL.read_bytes())

    assert ours(path, grey(astronaut)) == [list(FACE)]


def test_many_windows_are_compared_in_portions_with_the_same_scores(
    astronaut: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> Detections:
        return Cascade(FRONTAL).find(grey(astronaut), 1.03, 1, 0)

    whole = found()
    assert len(whole.boxes) > 2
    monkeypatch.setattr(cascade, "PAIRS", 2 * whole.windows)
    np.testing.assert_array_equal(found().scores, whole.scores)
    monkeypatch.setattr(cascade, "PAIRS", 1)
    np.testing.assert_array_equal(found().scores, whole.scores)
