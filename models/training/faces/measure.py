"""How well the network does that is being trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from models.evaluation.pictures import Image, Picture
from models.evaluation.precision import ranking
from models.networks.face_detector import MULTIPLE, FaceDetector
from models.training.faces.targets import cells_of

FLOOR = 0.02
OVERLAP = 0.4
MOST = 400


class Precision(NamedTuple):
    at_half: float
    at_third: float
    """At an overlap of 0.3."""


def network_input(image: Image, side: int) -> tuple[NDArray[np.float32], float]:
    """(1, 3, h, w) from -1 to 1, the long side shrunk to at most `side`, and the factor."""
    height, width = image.shape[:2]
    factor = min(1.0, side / max(height, width))
    if factor < 1:
        size = max(1, round(width * factor)), max(1, round(height * factor))
        image = cast(Image, cv2.resize(image, size, interpolation=cv2.INTER_AREA))
    height, width = image.shape[:2]
    padded = cv2.copyMakeBorder(
        image, 0, -height % MULTIPLE, 0, -width % MULTIPLE, cv2.BORDER_CONSTANT, value=(0, 0, 0)
    )
    blob = cv2.dnn.blobFromImage(padded, 1 / 127.5, mean=(127.5, 127.5, 127.5))
    return cast(NDArray[np.float32], blob), factor


def detect(network: FaceDetector, image: Image, side: int) -> NDArray[np.float32]:
    """(n, 5) x, y, width, height, score in pixels of `image`."""
    given, factor = network_input(image, side)
    with torch.inference_mode():
        cells = cells_of(network(torch.from_numpy(given)))
    scores, boxes = cells.faces[0].sigmoid(), cells.boxes[0]
    sure = scores > FLOOR
    scores, boxes = scores[sure].numpy(), boxes[sure].numpy()
    best = np.argsort(-scores)[:MOST]
    found = np.concatenate([boxes[best, :2], boxes[best, 2:] - boxes[best, :2]], 1) / factor
    if len(found) == 0:
        return np.zeros((0, 5), np.float32)
    kept = np.asarray(cv2.dnn.NMSBoxes(found.tolist(), scores[best].tolist(), FLOOR, OVERLAP)).reshape(-1)
    return np.concatenate([found[kept], scores[best][kept, None]], 1).astype(np.float32)


def precision(network: FaceDetector, pictures: Sequence[Picture], side: int) -> Precision:
    network.eval()
    found = [detect(network, picture.image(), side) for picture in pictures]
    at_half, at_third = (ranking(pictures, found, limit).average_precision() for limit in (0.5, 0.3))
    return Precision(at_half, at_third)
