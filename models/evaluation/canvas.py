"""Digits as a person draws them on a canvas: large, somewhere, white on black or black on white."""

from __future__ import annotations

import cv2
import numpy as np

from models.classifiers import Classifier
from models.preparation import Image, fitted

SIZE = (320, 240)
LARGER = 5


def drawn(classifier: Classifier, digit: Image, number: int) -> Image:
    """What the network sees of the canvas: (side, side, 1), as `digit` is. `number` decides where it lies."""
    width, height = SIZE
    large = cv2.resize(digit, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
    rows, columns = large.shape[:2]
    random = np.random.default_rng(number)
    top, left = random.integers(0, height - rows + 1), random.integers(0, width - columns + 1)
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[top : top + rows, left : left + columns] = large[..., None]
    return fitted(canvas if number % 2 else 255 - canvas, classifier.picture)
