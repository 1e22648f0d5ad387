"""What a teacher adds to the labels of a picture, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.evaluation.pictures import Label, Labelled, Picture
from models.training.faces.scene import STYLE, scene, taken_for_faces


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """A bare face that a person drew, one that another detector drew, and one that is left open."""
    labels = [
        Label((10, 10, 20, 20), cls="bare"),
        Label((50, 10, 20, 20), origin="yunet+rfb"),
        Label((90, 10, 20, 20), ignore=True),
    ]
    (tmp_path / "a.png").write_bytes(b"")
    return Picture(tmp_path, Labelled("a.png", labels, 160, 120, "mask"))


def found(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, np.float32).reshape(-1, 5)


def test_alone_the_labels_are_what_is_asked_for(picture: Picture) -> None:
    for made in (scene(picture), scene(picture, found())):
        assert np.array_equal(made.boxes, picture.boxes)
        assert made.ignored.tolist() == [False, False, True]
        assert made.edges.tolist() == pytest.approx([1.0, STYLE, STYLE if not picture.by_hand[2] else 1.0])
        assert made.sure.tolist() == [1.0, 1.0, 1.0]


def test_a_face_that_has_a_label_stays_as_it_was_drawn(picture: Picture) -> None:
    made = scene(picture, found((12, 8, 20, 22, 0.9)))
    assert np.array_equal(made.boxes, picture.boxes)


def test_a_face_without_a_label_is_asked_for_as_surely_as_it_was_seen(picture: Picture) -> None:
    made = scene(picture, found((10, 80, 15, 15, 0.8)))
    assert made.boxes[-1].tolist() == [10, 80, 15, 15]
    assert not made.ignored[-1]
    assert made.edges[-1] == pytest.approx(STYLE)
    assert made.sure[-1] == pytest.approx(0.8)
    assert not made.bare[-1]


def test_what_it_is_not_sure_of_is_left_open(picture: Picture) -> None:
    made = scene(picture, found((10, 80, 15, 15, 0.4)))
    assert made.ignored.tolist() == [False, False, True, True]


def test_what_the_labels_leave_open_it_decides_where_it_is_sure(picture: Picture) -> None:
    decided = scene(picture, found((91, 11, 20, 20, 0.7)))
    assert decided.ignored.tolist() == [False, False, False]
    assert decided.boxes[-1].tolist() == [91, 11, 20, 20]
    undecided = scene(picture, found((91, 11, 20, 20, 0.4)))
    assert undecided.ignored.tolist() == [False, False, True, True]


def test_what_is_taken_for_a_face_is_nowhere_near_one(picture: Picture) -> None:
    """Not what covers a face or is unsure, nor what is about a place that is left open; the surest first."""
    made = scene(picture)
    lures = taken_for_faces(
        made,
        found(
            (10, 80, 15, 15, 0.3),
            (60, 80, 15, 15, 0.7),
            (100, 80, 15, 15, 0.05),
            (12, 12, 20, 20, 0.9),
            (92, 12, 10, 10, 0.9),
        ),
    )
    assert lures.tolist() == [[60, 80, 15, 15], [10, 80, 15, 15]]
    many = found(*((x, 80, 5, 5, 0.5) for x in range(0, 150, 6)))
    assert len(taken_for_faces(made, many)) == 8
