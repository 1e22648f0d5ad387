"""Crops and mosaics: the faces of a picture at every size, place and turn."""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.random import Generator

from models.evaluation.pictures import Boxes, Image
from models.training.disturb import disturb
from models.training.faces.scene import Scene
from models.training.faces.teacher import Lesson, Teacher

SMALLEST, SMALL, LARGEST = 6.0, 48.0, 400.0
"""Pixels: how large a face is made, evenly over the octaves up to `SMALL`, and over those from there on."""
SMALLER = 0.65
"""The share of the faces that are made no larger than `SMALL`: they are the hard ones."""
TINY = 5.0
"""Pixels: a side below which a face is not asked for."""
ENLARGEMENT = 3.0
FILLED = 0.6
"""Share of the crop's side that the picture's long side takes at least."""
MOSAICS = 0.6
"""The share of samples that are made of four pictures."""
LURES = 0.5
"""The share of pictures in which something was taken for a face that are cut to bring that into view."""
BARE = 4.0
"""How many times as often as another face a bare one is chosen: in the pictures they are the fewer."""
WHOLE = 0.3
"""The share of pictures that are shown as they are, not cut to bring a face to a size."""
SLACK = 0.08
"""The share of the crop's side that may stay empty at an edge without need."""
TURN, TURNED = 55.0, 0.5
"""Degrees to either side at most, and the share of the pictures that are turned."""
SEEN = 0.4
"""The share of a face that must be left in the crop for it to be asked for."""
OCCLUDED = 0.2
"""The share of the samples in which something may stand before faces."""


class Sample(NamedTuple):
    """What the network is shown, and what it should say."""

    image: Image
    """(side, side, 3) BGR."""
    boxes: Boxes
    """(n, 4) x1, y1, x2, y2 in pixels of `image`."""
    ignored: np.ndarray
    """(n,) bool: neither a face nor none."""
    edges: np.ndarray
    """(n,) float32, 0 to 1: how much the box's edges count."""
    sure: np.ndarray
    """(n,) float32, 0 to 1: how surely it is a face."""
    lesson: Lesson | None = None


def sample(
    scene: Scene, side: int, rng: Generator, others: list[Scene], teacher: Teacher | None = None
) -> Sample:
    """A crop of `scene`, or of four scenes, changed at random; the teacher sees it undisturbed."""
    if len(others) == 3 and rng.random() < MOSAICS:
        made = _mosaic([scene, *others], side, rng)
    else:
        made = crop(scene, side, rng)
    lesson = teacher.look(made.image) if teacher else None
    image = disturb(made.image, rng)
    if rng.random() < OCCLUDED:
        _occlude(image, made.boxes, rng)
    return made._replace(image=image, lesson=lesson)


def _mosaic(scenes: list[Scene], side: int, rng: Generator) -> Sample:
    half = side // 2
    parts = [crop(scene, half, rng) for scene in scenes]
    image = np.zeros((half * 2, half * 2, 3), np.uint8)
    boxes = []
    for number, part in enumerate(parts):
        x, y = number % 2 * half, number // 2 * half
        image[y : y + half, x : x + half] = part.image
        boxes.append(part.boxes + np.array([x, y, x, y], np.float32))
    return Sample(
        image,
        np.concatenate(boxes),
        np.concatenate([part.ignored for part in parts]),
        np.concatenate([part.edges for part in parts]),
        np.concatenate([part.sure for part in parts]),
    )


def crop(scene: Scene, side: int, rng: Generator) -> Sample:
    """A part of the picture: turned, mirrored, enlarged or shrunk, its light as it was."""
    image = scene.image()
    height, width = image.shape[:2]
    scale, middle = _aim(scene, (width, height), side, rng)
    aspect = np.exp(rng.normal(0, 0.08))
    mirror = -1.0 if rng.random() < 0.5 else 1.0
    turn = np.deg2rad(rng.uniform(-TURN, TURN)) if rng.random() < TURNED else 0.0
    cos, sin = np.cos(turn), np.sin(turn)
    linear = scale * np.array([[cos, -sin], [sin, cos]]) @ np.diag([mirror * aspect, 1 / aspect])
    landing = np.array([side / 2, side / 2]) + rng.uniform(-0.3, 0.3, 2) * side
    shift = _covering(landing - linear @ middle, linear, (width, height), side)
    matrix = np.concatenate([linear, shift[:, None]], 1)
    if scale < 0.5:  # what is shrunk much is averaged first, or it would flicker
        image = cast(Image, cv2.blur(image, (round(0.7 / scale), round(0.7 / scale))))
    border = tuple(int(v) for v in rng.integers(0, 256, 3)) if rng.random() < 0.5 else (0, 0, 0)
    flat = cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_LINEAR, borderValue=border)
    return _kept(cast(Image, flat), _moved(scene.boxes, linear, shift), scene, side)


def _aim(scene: Scene, size: tuple[int, int], side: int, rng: Generator) -> tuple[float, np.ndarray]:
    """The enlargement, and the point of the picture that lands near the middle of the crop."""
    if len(scene.lures) and rng.random() < LURES:
        x, y, w, h = scene.lures[rng.integers(len(scene.lures))]
        scale = np.exp(rng.uniform(-0.6, 0.6))  # it fooled the network at the size that it has
        return float(max(scale, FILLED * side / max(size))), np.array([x + w / 2, y + h / 2])
    wanted = np.flatnonzero(~scene.ignored)
    if len(wanted) == 0 or rng.random() < WHOLE:
        scale = side / max(size) * np.exp(rng.uniform(-0.3, 0.9))
        return float(scale), rng.uniform(0.2, 0.8, 2) * size
    weights = np.where(scene.bare[wanted], BARE, 1.0)
    x, y, w, h = scene.boxes[rng.choice(wanted, p=weights / weights.sum())]
    largest = min(LARGEST, float(side))
    low, high = (SMALLEST, SMALL) if rng.random() < SMALLER else (min(SMALL, largest), largest)
    goal = np.exp(rng.uniform(np.log(low), np.log(high)))
    scale = min(goal / max(np.sqrt(w * h), 1.0), ENLARGEMENT)
    return float(max(scale, FILLED * side / max(size))), np.array([x + w / 2, y + h / 2])


def _covering(shift: np.ndarray, linear: np.ndarray, size: tuple[int, int], side: int) -> np.ndarray:
    """`shift`, changed so that no more of the crop stays empty than must, but for a little."""
    half = np.abs(linear) @ size / 2
    middle = linear @ np.array(size) / 2
    edges = np.sort([half, side - half], axis=0)
    inside: np.ndarray = np.clip(middle + shift, edges[0] - SLACK * side, edges[1] + SLACK * side) - middle
    return inside


def _moved(boxes: Boxes, linear: np.ndarray, shift: np.ndarray) -> Boxes:
    """Upright boxes around the turned faces, each taken for an ellipse: of a turned box they would grow."""
    centres = (boxes[:, :2] + boxes[:, 2:] / 2) @ linear.T + shift
    half = boxes[:, 2:] / 2
    reach = np.sqrt((half**2) @ (linear**2).T)
    return np.concatenate([centres - reach, centres + reach], 1).astype(np.float32)


def _kept(image: Image, boxes: Boxes, scene: Scene, side: int) -> Sample:
    """Boxes cut at the edges; what is cut too much or too small is ignored, what is outside is gone."""
    cut = boxes.clip(0, side)
    whole = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1e-6)
    sides = cut[:, 2:] - cut[:, :2]
    left = sides[:, 0] * sides[:, 1] / whole
    inside = (sides > 1).all(1)
    ignored = scene.ignored | (left < SEEN) | (sides.min(1, initial=side) < TINY)
    return Sample(image, cut[inside], ignored[inside], scene.edges[inside], scene.sure[inside])


def _occlude(image: Image, boxes: Boxes, rng: Generator) -> None:
    """A bar of one colour over less than half of some faces."""
    for x1, y1, x2, y2 in boxes:
        if rng.random() < 0.5:
            share = rng.uniform(0.15, 0.4)
            width, height = x2 - x1, y2 - y1
            if rng.random() < 0.5:
                width *= share
            else:
                height *= share
            left, top = x1 + rng.random() * (x2 - x1 - width), y1 + rng.random() * (y2 - y1 - height)
            colour = rng.integers(0, 256, 3)
            image[round(top) : round(top + height), round(left) : round(left + width)] = colour
