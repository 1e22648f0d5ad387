"""Labelled pictures of a folder, read one at a time when they are asked for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import overload

import msgspec
from msgspec import Struct

from pipelines.frame import Frame, Truth
from pipelines.sources.read_picture import read_picture

LABELS = "labels_val.jsonl"


class _Box(Struct):
    xywh: tuple[float, float, float, float]
    ignore: bool = False


class _Labelled(Struct):
    file: str
    boxes: list[_Box]


class LabelledPictures(Sequence[Frame]):
    """Frames with their truth, numbered in their order; nothing of them is kept."""

    def __init__(self, folder: Path, listed: Sequence[_Labelled]) -> None:
        self._folder = folder
        self._listed = listed

    @classmethod
    def of(cls, folder: Path, limit: int, seed: int) -> LabelledPictures:
        """At most `limit` of the labelled pictures in `folder`, drawn under `seed`; 0 takes all.

        Raises:
            SourceError: there are no labels, or they cannot be read.
        """
        path = folder / LABELS
        listed = [
            msgspec.json.decode(line, type=_Labelled)
            for line in path.read_bytes().splitlines()
            if line.strip()
        ]
        if limit and limit < len(listed):
            listed = sorted(random.Random(seed).sample(listed, limit), key=lambda one: one.file)
        return cls(folder, listed)

    def __len__(self) -> int:
        return len(self._listed)

    @overload
    def __getitem__(self, place: int) -> Frame: ...
    @overload
    def __getitem__(self, place: slice) -> LabelledPictures: ...
    def __getitem__(self, place: int | slice) -> Frame | LabelledPictures:
        if isinstance(place, slice):
            return LabelledPictures(self._folder, self._listed[place])
        one = self._listed[place]
        image = read_picture(self._folder / one.file)
        return Frame.of(image, place, 0.0, tuple(Truth("face", box.xywh, box.ignore) for box in one.boxes))
