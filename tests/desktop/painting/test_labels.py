"""Labels stay inside, never cover each other, and cover a box only where nothing else is left."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.painting.labels import Labels, arrange, overlap

PICTURE = np.array([[0.0, 0.0, 1280.0, 720.0]])
NOWHERE = np.empty((0, 4))


def labels(
    boxes: NDArray[np.float64], size: tuple[float, float] = (70, 20), below: bool = False, fixed: bool = False
) -> Labels:
    many = len(boxes)
    return Labels(
        boxes, np.tile(np.array(size, float), (many, 1)), np.full(many, below), np.full(many, fixed)
    )


def some_boxes(seed: int, many: int) -> NDArray[np.float64]:
    """Anywhere, also partly outside."""
    dice = np.random.default_rng(seed)
    corner = dice.uniform((-60, -60), (1240, 700), (many, 2))
    return np.hstack([corner, corner + dice.uniform(5, 300, (many, 2))])


def shown(places: NDArray[np.float64]) -> NDArray[np.float64]:
    return places[~np.isnan(places).any(axis=1)]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("many", [1, 7, 50, 500])
def test_they_stay_inside_and_do_not_touch(seed: int, many: int) -> None:
    places = shown(arrange(labels(some_boxes(seed, many)), PICTURE, NOWHERE))
    assert len(places) > min(many, 60) / 3
    assert (places[:, :2] >= 0).all()
    assert (places[:, 2:] <= PICTURE[0, 2:]).all()
    np.testing.assert_allclose(places[:, 2:] - places[:, :2], np.tile((70, 20), (len(places), 1)))
    shared = overlap(places, places)
    np.fill_diagonal(shared, 0)
    assert shared.max() == 0


@pytest.mark.parametrize("below", [False, True])
def test_a_lone_box_is_never_covered(below: bool) -> None:
    for box in some_boxes(3, 200):
        inside = np.clip(box, 0, (1280, 720) * 2)
        if (inside[2:] - inside[:2] <= 0).any() or (inside[2:] - inside[:2] > (1100, 600)).any():
            continue
        place = arrange(labels(box[None], below=below), PICTURE, NOWHERE)
        assert overlap(place, box[None])[0, 0] == 0


def test_above_is_the_first_wish_and_below_that_of_the_other() -> None:
    box = np.array([[200.0, 200.0, 300.0, 300.0]])
    above = arrange(labels(box), PICTURE, NOWHERE)[0]
    below = arrange(labels(box, below=True), PICTURE, NOWHERE)[0]
    assert 170 < above[3] <= 200
    assert above[0] == below[0] == 200
    assert below[1] >= 300


def test_a_box_that_fills_the_picture_has_its_label_inside() -> None:
    place = arrange(labels(PICTURE.copy()), PICTURE, NOWHERE)[0]
    assert (place[:2] >= 0).all()
    assert (place[2:] <= (1280, 720)).all()


def test_reserved_places_are_kept_free() -> None:
    reserved = np.array([[0.0, 0.0, 400.0, 50.0]])
    box = np.array([[20.0, 45.0, 200.0, 300.0]])
    assert overlap(arrange(labels(box), PICTURE, NOWHERE), reserved)[0, 0] > 0
    assert overlap(arrange(labels(box), PICTURE, reserved), reserved)[0, 0] == 0


def test_what_does_not_fit_has_no_place() -> None:
    boxes = np.array([[0.0, 0.0, 1.0, 1.0]])
    assert np.isnan(arrange(labels(boxes), np.array([[0.0, 0.0, 1.0, 1.0]]), NOWHERE)).all()


def test_a_fixed_one_hangs_from_its_corner_where_the_place_is_reserved() -> None:
    at = np.array([[100.0, 60, 100, 60]])
    header = np.array([[0.0, 0, 300, 62]])
    place = arrange(labels(at, fixed=True), PICTURE, header)[0]
    assert place[0] == 100
    assert place[1] >= 62


def test_a_fixed_one_stands_on_its_corner() -> None:
    at = np.array([[300.0, 200.0, 300.0, 200.0]])
    place = arrange(labels(at, fixed=True), PICTURE, NOWHERE)[0]
    assert place.tolist() == [300, 180, 370, 200]


def test_the_first_labels_win() -> None:
    box = np.array([[5.0, 5.0, 60.0, 20.0]] * 30)
    room = np.array([[0.0, 0.0, 100.0, 60.0]])
    places = arrange(labels(box), room, NOWHERE)
    found = np.flatnonzero(~np.isnan(places[:, 0]))
    assert found[0] == 0
    assert len(found) < 10
    assert found.max() < 10
