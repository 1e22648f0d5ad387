"""Boxes go where their faces go, whatever is done to the picture."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.evaluation.pictures import Label, Labelled, Picture
from models.training.faces.augment import Sample, crop, sample
from models.training.faces.scene import Scene, scene

FACE = (60, 40, 30, 40)
GREEN = (0, 255, 0)


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Black, with a green ellipse for a face."""
    image = np.zeros((120, 160, 3), np.uint8)
    x, y, w, h = FACE
    cv2.ellipse(image, (x + w // 2, y + h // 2), (w // 2, h // 2), 0, 0, 360, GREEN, -1)
    cv2.imwrite(str(tmp_path / "a.png"), image)
    return Picture(tmp_path, Labelled("a.png", [Label(FACE)], 160, 120, "mask"))


def test_the_box_holds_exactly_what_is_left_of_the_face(picture: Picture) -> None:
    looked_at = 0
    for seed in range(120):
        made = crop(scene(picture), 128, np.random.default_rng(seed))
        green = made.image[..., 1] > 128
        edge = np.concatenate([made.image[[0, -1]].reshape(-1), made.image[:, [0, -1]].reshape(-1)])
        if green.sum() < 50 or edge.any():  # too small to be measured, cut, or on a coloured ground
            continue
        rows, columns = np.nonzero(green)
        seen = np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
        assert np.abs(made.boxes[0] - seen).max() <= 3
        looked_at += 1
    assert looked_at > 20


@pytest.mark.parametrize("seed", range(30))
def test_a_sample_is_fit_for_the_network(picture: Picture, seed: int) -> None:
    made = sample(scene(picture), 96, np.random.default_rng(seed), [scene(picture)] * 3)
    assert made.image.shape == (96, 96, 3)
    assert made.image.dtype == np.uint8
    assert len(made.boxes) == len(made.ignored) == len(made.edges) == len(made.sure)
    assert made.boxes.dtype == np.float32
    assert (made.boxes >= 0).all()
    assert (made.boxes <= 96).all()
    assert (made.boxes[:, 2:] > made.boxes[:, :2]).all()


def test_the_same_seed_gives_the_same_sample(picture: Picture) -> None:
    def made() -> Sample:
        return sample(scene(picture), 64, np.random.default_rng(5), [scene(picture)] * 3)

    assert np.array_equal(made().image, made().image)


def test_edges_that_a_detector_drew_count_less(tmp_path: Path, picture: Picture) -> None:
    drawn = Picture(tmp_path, Labelled("a.png", [Label(FACE, origin="yunet+rfb")], 160, 120, "portrait"))
    ours, theirs = (crop(scene(one), 128, np.random.default_rng(2)).edges for one in (picture, drawn))
    assert theirs.max() < ours.max()
    assert picture.often
    assert not drawn.often


def test_what_was_taken_for_a_face_is_shown_more_often(picture: Picture) -> None:
    """In the corner, where crops at the face seldom reach."""
    lure = np.array([[0, 0, 20, 20]], np.float32)
    image = picture.image().copy()
    image[5:15, 5:15] = (255, 0, 0)
    picture.__dict__["_image"] = image

    def share(one: Scene) -> float:
        made = (crop(one, 64, np.random.default_rng(seed)).image for seed in range(150))
        return float(np.mean([(shown[..., 0] > 200).any() for shown in made]))

    assert share(scene(picture)._replace(lures=lure)) > share(scene(picture)) + 0.1
