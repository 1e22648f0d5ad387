"""Pictures with the boxes of their faces: a folder with `labels_train.jsonl` and `labels_val.jsonl`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Boxes = NDArray[np.float32]


class Label(msgspec.Struct):
    """One box: x, y, width, height in pixels. `ignore`: neither to be learnt nor counted."""

    xywh: tuple[float, float, float, float]
    ignore: bool = False
    origin: str = "human"
    cls: str = "unknown"


class Labelled(msgspec.Struct):
    """One picture of a split, by its path in the folder."""

    file: str
    width: int
    height: int
    kind: str
    boxes: list[Label]


HELD = 4_000_000_000
"""Bytes of decoded pictures that a split may take; a larger one is decoded anew each time."""


class Picture:
    """A picture in memory with its boxes, decoded when it is first asked for, and then kept or not."""

    def __init__(self, folder: Path, labelled: Labelled, *, held: bool = False) -> None:
        self.labelled = labelled
        self._stored = (folder / labelled.file).read_bytes()
        self._held = held
        self._image: Image | None = None
        self.boxes: Boxes = np.array([box.xywh for box in labelled.boxes], np.float32).reshape(-1, 4)
        """(n, 4) x, y, width, height in pixels."""
        self.ignored = np.array([box.ignore for box in labelled.boxes], bool)
        self.by_hand = np.array([box.origin == "human" for box in labelled.boxes], bool)
        """Whether a person drew the box; the others are a detector's, whose boxes are of another style."""
        self.classes = np.array([box.cls for box in labelled.boxes], str)
        """(n,): bare, masked, half (a mask worn wrongly) or unknown."""
        self.bare = self.classes == "bare"

    @property
    def often(self) -> bool:
        """Whether a person drew its boxes: it is shown twice, for the figures are counted on such."""
        return bool(self.by_hand.any()) and self.labelled.kind.startswith("mask")

    def image(self) -> Image:
        """(h, w, 3) BGR; not to be written to."""
        if self._image is not None:
            return self._image
        image = cast(Image, cv2.imdecode(np.frombuffer(self._stored, np.uint8), cv2.IMREAD_COLOR))
        if self._held:
            self._image, self._stored = image, b""
        return image


def read_split(folder: Path, split: str) -> list[Picture]:
    """Every picture of `train` or `val`."""
    lines = (folder / f"labels_{split}.jsonl").read_bytes().splitlines()
    labelled = [msgspec.json.decode(line, type=Labelled) for line in lines if line.strip()]
    held = 3 * sum(one.width * one.height for one in labelled) <= HELD
    return [Picture(folder, one, held=held) for one in labelled]
