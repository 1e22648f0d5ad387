"""Pictures with the boxes of their faces: a folder with `labels_train.jsonl` and `labels_val.jsonl`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from models.errors import SourceError

Image = NDArray[np.uint8]
Boxes = NDArray[np.float32]


class Label(msgspec.Struct):
    """One box: x, y, width, height in pixels. `ignore`: neither to be learnt nor counted."""

    xywh: tuple[float, float, float, float]
    ignore: bool = False
    origin: str = "human"
    cls: str = "unknown"


class Labelled(msgspec.Struct):
    """One picture of a split, by its path in the folder. `kind` is where it comes from, empty where nobody
    has written that down; nor need there be a size."""

    file: str
    boxes: list[Label]
    width: int = 0
    height: int = 0
    kind: str = ""


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
        """(h, w, 3) BGR; not to be written to. Raises `SourceError` where it is no picture."""
        if self._image is not None:
            return self._image
        stored = np.frombuffer(self._stored, np.uint8)
        image = cv2.imdecode(stored, cv2.IMREAD_COLOR) if stored.size else None
        if image is None:
            raise _no_picture(self.labelled.file)
        if self._held:
            self._image, self._stored = cast(Image, image), b""
        return cast(Image, image)


def read_split(folder: Path, split: str) -> list[Picture]:
    """Every picture of `train` or `val`.

    Raises:
        OSError: there are no labels, or not all of the pictures.
        SourceError: a line of the labels is broken.
    """
    labels = folder / f"labels_{split}.jsonl"
    lines = enumerate(labels.read_bytes().splitlines(), start=1)
    labelled = [_labelled(labels, number, line) for number, line in lines if line.strip()]
    sizes = [one.width * one.height for one in labelled]
    held = all(sizes) and 3 * sum(sizes) <= HELD
    return [Picture(folder, one, held=held) for one in labelled]


def _labelled(labels: Path, number: int, line: bytes) -> Labelled:
    try:
        return msgspec.json.decode(line, type=Labelled)
    except msgspec.DecodeError as error:
        raise SourceError(
            f"Line {number} of {labels.name} cannot be read as the labels of a picture: {error}.",
            f"{labels.name} の {number} 行目は画像のラベルとして読めません（{error}）。",
        ) from error


def _no_picture(file: str) -> SourceError:
    return SourceError(
        f"{file} is not a picture that can be read, or it is damaged; take it out of the labels.",
        f"{file} は画像として読めないか、壊れています。ラベルから除いてください。",
    )
