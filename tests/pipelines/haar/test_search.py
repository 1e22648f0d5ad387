"""Our own search passes the same windows as OpenCV's, with the same sums, and counts what it did."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from cv2.data import haarcascades

from pipelines.frame import Image
from pipelines.haar import stages
from pipelines.haar.cascades import NAMES, SHIPPED, CascadeName
from pipelines.haar.reading import read_model
from pipelines.haar.search import SKIPPED, Place, Search, Searched
from pipelines.haar.votes import verdict

FOLDER = Path(haarcascades)


@pytest.fixture(scope="module")
def astronaut() -> Image:
    """(512, 512) grey."""
    return np.asarray(cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2GRAY), np.uint8)


def ours(name: CascadeName, grey: Image, factor: float, minimum: int) -> Searched:
    model = read_model(FOLDER / SHIPPED[name].file)
    return Search(model, (grey.shape[1], grey.shape[0]), factor, minimum).through(grey)


def assert_same(name: CascadeName, grey: Image, factor: float, minimum: int) -> int:
    """As OpenCV; how many windows there are."""
    reference = cv2.CascadeClassifier(str(FOLDER / SHIPPED[name].file))
    windows, _levels, weights = reference.detectMultiScale3(
        grey, factor, 0, minSize=(minimum, minimum), outputRejectLevels=True
    )
    wanted = zip(np.reshape(windows, (-1, 4)).tolist(), np.ravel(weights).tolist(), strict=True)
    searched = ours(name, grey, factor, minimum)
    height, width = grey.shape
    boxes = searched.boxes
    boxes[:, 2:] = np.minimum(boxes[:, 2:], (width, height) - boxes[:, :2])  # as OpenCV cuts them
    found = zip(boxes.tolist(), searched.sums.tolist(), strict=True)
    assert sorted(found) == sorted(wanted)
    return len(boxes)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "plate-16-stages"])
def test_the_windows_of_every_cascade_are_opencvs(name: CascadeName, astronaut: Image) -> None:
    assert_same(name, np.ascontiguousarray(astronaut[20:220, 100:340]), 1.3, 0)


@pytest.mark.parametrize(
    ("factor", "minimum"), [(1.1, 0), (1.1, 40), (1.05, 60), (1.4, 30), (2.0, 0), (1.1, 500)]
)
def test_at_every_step_and_least_size(factor: float, minimum: int, astronaut: Image) -> None:
    found = assert_same("frontal-face", np.ascontiguousarray(astronaut[20:221, 100:333]), factor, minimum)
    assert found or minimum == 500


@pytest.mark.parametrize("shape", [(24, 24), (23, 200), (25, 31), (120, 24), (97, 151)])
def test_in_pictures_of_every_size(shape: tuple[int, int], astronaut: Image) -> None:
    small = np.asarray(cv2.resize(astronaut[50:180, 160:290], shape[::-1]), np.uint8)
    assert_same("frontal-face", small, 1.1, 0)
    assert_same("eye-glasses", small, 1.1, 0)


def test_on_other_pictures() -> None:
    for picture in (skimage.data.camera(), skimage.data.coins(), skimage.data.chelsea()[:, :, 1]):
        small = np.asarray(cv2.resize(picture, (200, 150), interpolation=cv2.INTER_AREA), np.uint8)
        assert_same("frontal-face-alt2", small, 1.2, 0)
        assert_same("cat-face", small, 1.2, 0)


def test_real_pictures_pass_the_windows_of_opencv(shared: Path) -> None:
    files = sorted((shared / "data" / "faces" / "val").glob("*.webp"))[::60]
    total = 0
    for file in files:
        picture = np.asarray(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), np.uint8)
        small = np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        total += assert_same("frontal-face", small, 1.1, 0)
    assert total > 20


def test_few_and_many_windows_are_judged_alike(astronaut: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    small = np.ascontiguousarray(astronaut[40:190, 150:300])
    names: tuple[CascadeName, ...] = ("frontal-face", "eye-glasses")
    for name in names:
        found = []
        for many in (0, 10**9):
            monkeypatch.setattr(stages, "MANY", many)
            found.append(ours(name, small, 1.3, 0))
        one, other = found
        assert one.alive == other.alive
        assert one.tests == other.tests
        np.testing.assert_array_equal(one.sums, other.sums)


@pytest.mark.parametrize("name", ["frontal-face-alt2", "eye-glasses", "plate"])
def test_levels_and_counts_are_those_of_window_after_window(name: CascadeName, astronaut: Image) -> None:
    """Recomputed from each window's own pixels, in OpenCV's order."""
    grey = np.ascontiguousarray(astronaut[70:118, 190:262])
    searched = ours(name, grey, 1.5, 0)
    alive: Counter[int] = Counter()
    tests = 0
    for number, (layer, levels) in enumerate(zip(searched.layers, searched.levels, strict=True)):
        for row in range(layer.down):
            column = 0
            while column < layer.across:
                place = Place(number, column, row)
                judged = verdict(searched, grey, place, 0, shown=True)
                passed = _passed(searched, grey, place) if not judged.flat else 0
                assert levels[row, column] == passed
                alive.update(range(passed + 1))
                tests += judged.computed
                if passed == 0 and not judged.flat:
                    column += 1
                    assert column == layer.across or levels[row, column] == SKIPPED
                column += 1
    assert searched.tests == tests
    assert searched.alive == tuple(alive[stage] for stage in range(len(searched.model.stages) + 1))


def _passed(searched: Searched, grey: Image, place: Place) -> int:
    for stage in range(1, len(searched.model.stages) + 1):
        judged = verdict(searched, grey, place, stage, shown=True)
        if math.fsum(vote.vote for vote in judged.votes) < judged.bar - 1e-5:
            return stage - 1
    return len(searched.model.stages)


def test_a_picture_smaller_than_the_window_has_no_windows(astronaut: Image) -> None:
    searched = ours("frontal-face", np.ascontiguousarray(astronaut[:10, :300]), 1.1, 0)
    assert searched.layers == ()
    assert set(searched.alive) == {0}
    assert searched.boxes.shape == (0, 4)


def test_a_flat_picture_is_given_up_without_a_feature() -> None:
    searched = ours("frontal-face", np.full((60, 80), 90, np.uint8), 1.1, 0)
    assert searched.alive[0] > 100
    assert searched.alive[1:] == (0,) * 25
    assert searched.tests == 0
