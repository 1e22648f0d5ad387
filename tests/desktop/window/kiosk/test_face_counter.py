"""Faces are counted beside the lanes; nothing else is known of them."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import cv2
import numpy as np
import pytest
import skimage.data

from desktop.window.kiosk import face_counter
from desktop.window.kiosk.face_counter import FaceCounter
from pipelines.frame import Frame, Image

PATIENCE = 30.0
Counts = queue.Queue[int]


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FaceCounter, Counts]]:
    monkeypatch.setattr(face_counter, "EVERY", 0.01)
    counted: Counts = queue.Queue()
    made = FaceCounter(counted.put)
    made.start()
    yield made, counted
    made.close()


def portrait() -> Image:
    face: Image = cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2BGR)
    return face


@pytest.mark.parametrize("faces", [0, 1, 2])
def test_each_face_counts_once(counts: tuple[FaceCounter, Counts], faces: int) -> None:
    made, counted = counts
    image = np.full((512, 1024, 3), 90, np.uint8)
    for number in range(faces):
        image[:, 512 * number : 512 * (number + 1)] = portrait()
    made.show(Frame.of(image, 0, 0.0))
    assert counted.get(timeout=PATIENCE) == faces


def test_a_frame_is_looked_at_once(counts: tuple[FaceCounter, Counts]) -> None:
    made, counted = counts
    made.show(Frame.of(portrait(), 0, 0.0))
    assert counted.get(timeout=PATIENCE) == 1
    made.show(None)
    with pytest.raises(queue.Empty):
        counted.get(timeout=0.2)
