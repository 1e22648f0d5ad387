"""Faces are found again where they are turned to."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.evaluation.pictures import Boxes, Image, Label, Labelled, Picture
from models.evaluation.tilt import tilted, turned, turned_boxes

FACE = (30.0, 20.0, 30.0, 40.0)
OTHER = (110.0, 70.0, 20.0, 20.0)


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Two white ellipses, of which the cascade below only knows the larger one."""
    image = np.zeros((120, 160, 3), np.uint8)
    for x, y, w, h in (FACE, OTHER):
        cv2.ellipse(
            image, (int(x + w / 2), int(y + h / 2)), (int(w / 2), int(h / 2)), 0, 0, 360, (255,) * 3, -1
        )
    cv2.imwrite(str(tmp_path / "a.png"), image)
    return Picture(tmp_path, Labelled("a.png", [Label(FACE), Label(OTHER)], 160, 120, "made"))


def blobs(image: Image) -> Boxes:
    count, _labels, stats, _middles = cv2.connectedComponentsWithStats((image[..., 0] > 200).astype(np.uint8))
    return np.array(stats[1:count, :4], np.float32).reshape(-1, 4)


def largest_if_tall(image: Image) -> Boxes:
    """A cascade that is lost as soon as the head is tilted."""
    found = blobs(image)
    return found[found[:, 3] > 39]


@pytest.mark.parametrize("degrees", [-45, 0, 20, 90])
def test_the_boxes_go_where_the_faces_go(picture: Picture, degrees: int) -> None:
    image, matrix = turned(picture.image(), degrees)
    expected = blobs(image)
    moved = turned_boxes(picture.boxes, matrix)
    nearest = [expected[np.abs(expected - box).sum(1).argmin()] for box in moved]
    assert np.abs(moved - nearest).max() < 2.5


def test_the_share_found_at_each_angle(picture: Picture) -> None:
    rows = list(tilted([picture], largest_if_tall, [blobs, largest_if_tall], (0, 40)))
    assert [(row.faces, row.found) for row in rows[0]] == [(1, 1), (1, 1)]
    assert [(row.faces, row.found) for row in rows[1]] == [(1, 1), (1, 0)]
    assert rows[1][1].share == 0
