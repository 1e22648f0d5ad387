"""Labelled pictures of a folder, read one at a time when they are asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import overload

from msgspec import Struct

from models.errors import SourceError
from models.text import Text
from pipelines.frame import Frame, Truth
from pipelines.sources.endings import PICTURES
from pipelines.sources.labels import Labels
from pipelines.sources.read_picture import read_picture

VALIDATION = "val"
"""The part of a folder made for training that is there to measure with."""


class _Labelled(Struct, frozen=True):
    file: Path
    truth: tuple[Truth, ...]


class LabelledPictures(Sequence[Frame]):
    """Frames with their truth, numbered in their order; no picture is kept in memory."""

    def __init__(self, listed: Sequence[_Labelled]) -> None:
        self._listed = listed

    @classmethod
    def of(cls, folder: Path, limit: int = 0, seed: int = 0, first: str = "") -> LabelledPictures:
        """At most `limit` of the labelled pictures in `folder`, drawn under `seed`; 0 takes all.

        The one called `first` is always taken, and stands before the others.
        Where the folder has a part for validation beside its labels, that is taken. Pictures without labels
        and those that cannot be read are left out.

        Raises:
            SourceError: there is no labelled picture, or no face to be found in those that were drawn.
        """
        part = folder / VALIDATION
        if (folder / f"labels_{VALIDATION}.jsonl").is_file() and part.is_dir():
            folder = part
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURES)
        random.Random(seed).shuffle(files)
        files.sort(key=lambda file: file.name != first)
        labels = Labels(folder)
        drawn = list(islice(_labelled(labels, files), limit or None))
        if not drawn:
            raise _no_labels(folder, labels.complaint)
        if all(face.ignore for one in drawn for face in one.truth):
            raise _no_faces(folder)
        return cls(sorted(drawn, key=lambda one: (one.file.name != first, one.file)))

    def __len__(self) -> int:
        return len(self._listed)

    @overload
    def __getitem__(self, place: int) -> Frame: ...
    @overload
    def __getitem__(self, place: slice) -> LabelledPictures: ...
    def __getitem__(self, place: int | slice) -> Frame | LabelledPictures:
        """Raises `SourceError` where a picture cannot be read any more."""
        if isinstance(place, slice):
            return LabelledPictures(self._listed[place])
        one = self._listed[place]
        return Frame.of(read_picture(one.file), place, 0.0, one.truth, True, one.file.name)


def _labelled(labels: Labels, files: Sequence[Path]) -> Iterator[_Labelled]:
    for file in files:
        try:
            height, width = read_picture(file).shape[:2]
        except SourceError:
            continue
        truth = labels.of(file, (width, height))
        if truth is not None:
            yield _Labelled(file, truth)


def _no_labels(folder: Path, complaint: Text | None) -> SourceError:
    why = complaint or Text(
        f"Labels are read from labels.jsonl in it or labels_{folder.name}.jsonl beside it, or from a text "
        "file beside each picture.",
        f"ラベルは、フォルダーの中の labels.jsonl、隣の labels_{folder.name}.jsonl、"
        "または各画像と同じ名前のテキストファイルから読み込みます。",
    )
    return SourceError(
        f"There is no labelled picture in the folder “{folder}”. {why.en}",
        f"フォルダー「{folder}」にラベル付きの画像がありません。{why.ja}",
    )


def _no_faces(folder: Path) -> SourceError:
    return SourceError(
        f"There is no face to be found in the labelled pictures of “{folder}”, so there is nothing to lose.",
        f"フォルダー「{folder}」のラベル付き画像には見つけるべき顔がないため、テストできません。",
    )
