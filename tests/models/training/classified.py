"""Pictures of ten classes, made up: a colour for each kind of thing, a place of the stroke for each digit."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.classifiers import classifiers


def write_photographs(folder: Path, train: int = 4, val: int = 2, side: int = 48) -> Path:
    """`train` and `val` pictures of each class: noise about one of ten hues."""
    for split, count in (("train", train), ("val", val)):
        for number, name in enumerate(classifiers()["objects"].classes):
            place = folder / "objects" / split / name
            place.mkdir(parents=True)
            for one in range(count):
                random = np.random.default_rng((number, one, count))
                hue = np.full((side, side, 3), (number * 18, 200, 200), np.uint8)
                noise = random.integers(0, 50, (side, side, 3), dtype=np.uint8)
                cv2.imwrite(str(place / f"{one}.png"), cv2.cvtColor(hue, cv2.COLOR_HSV2BGR) + noise)
    return folder


def made_digits(count: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(count, 28, 28) and (count,): upright strokes that lean by the digit."""
    pictures = np.zeros((count, 28, 28), np.uint8)
    classes = (np.arange(count) % 10).astype(np.uint8)
    for picture, digit in zip(pictures, classes, strict=True):
        angle = np.pi * int(digit) / 10
        away = np.array([np.cos(angle), np.sin(angle)]) * 9
        start, end = (tuple(int(part) for part in np.rint(14 + sign * away)) for sign in (-1, 1))
        cv2.line(picture, start, end, 255, 3)
    return pictures, classes


def write_digits(folder: Path, train: int = 80, test: int = 20) -> Path:
    (folder / "digits").mkdir(parents=True)
    (x_train, y_train), (x_test, y_test) = made_digits(train), made_digits(test)
    file = folder / "digits" / "mnist.npz"
    np.savez(file, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return folder
