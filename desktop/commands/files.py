"""The files that a command line names: what is in them, and where their results go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Literal

from msgspec import Struct

from models.errors import SourceError
from pipelines.frame import Frame
from pipelines.sources.endings import PICTURES, VIDEOS
from pipelines.sources.read_picture import read_picture
from pipelines.sources.source import End, NoSignal
from pipelines.sources.video import Video

Kind = Literal["picture", "video", "folder"]


class File(Struct, frozen=True):
    """`name` is what a person gave, joined with the file's own name where that was a folder."""

    name: str
    kind: Kind

    @property
    def path(self) -> Path:
        return Path(self.name)


class Frames(Struct, frozen=True):
    """The frames of one file, each with the seconds at which it is shown; a picture is one frame."""

    length: int
    rate: Fraction
    timed: Iterator[tuple[Frame, float]]


def files_of(paths: Iterable[str]) -> list[File]:
    """Every file in the order given; a folder stands for the pictures and videos in it, by name."""
    return [file for path in paths for file in _files_at(path)]


def destinations(files: Sequence[File], folder: Path) -> list[Path]:
    """A place in `folder` for the result of each file: no two alike, and none that is a file given.

    Pictures become .png and videos .mp4; the second `x` is called `x-2`.
    """
    taken = {_identity(file.path) for file in files}
    return [
        _free(folder, file.path.stem, ".mp4" if file.kind == "video" else ".png", taken) for file in files
    ]


@contextmanager
def frames_of(file: File) -> Iterator[Frames]:
    """Open a file.

    Raises:
        SourceError: at once or while its frames are read: it is missing, or cannot be read.
    """
    if file.kind == "video":
        video = Video(file.path, live=False)
        try:
            yield Frames(video.length, _exact(video.rate), _video_frames(video))
        finally:
            video.close()
    elif file.kind == "picture":
        frame = Frame.of(read_picture(file.path), 0, perf_counter())
        yield Frames(1, Fraction(1), iter([(frame, 0.0)]))
    else:
        raise SourceError(
            f"There is no picture and no video in the folder “{file.name}”.",
            f"フォルダー「{file.name}」に画像も動画もありません。",
        )


def _video_frames(video: Video) -> Iterator[tuple[Frame, float]]:
    while not isinstance(read := video.read(), End):
        if isinstance(read, NoSignal):
            raise SourceError(*read.text)
        if read is not None:
            yield read, video.moment


def _exact(rate: float) -> Fraction:
    """24000/1001 again from its rounded value."""
    return Fraction(rate).limit_denominator(1001)


def _files_at(path: str) -> list[File]:
    if not os.path.isdir(path):
        return [File(path, _kind(path) or "picture")]
    inside = [os.path.join(path, name) for name in sorted(_names(path)) if not name.startswith(".")]
    found = [File(name, kind) for name in inside if (kind := _kind(name)) and os.path.isfile(name)]
    return found or [File(path, "folder")]


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _kind(name: str) -> Kind | None:
    suffix = os.path.splitext(name)[1].lower()
    if suffix in VIDEOS:
        return "video"
    return "picture" if suffix in PICTURES else None


def _free(folder: Path, stem: str, suffix: str, taken: set[str]) -> Path:
    place, twin = folder / (stem + suffix), 1
    while _identity(place) in taken:
        twin += 1
        place = folder / f"{stem}-{twin}{suffix}"
    taken.add(_identity(place))
    return place


def _identity(path: Path) -> str:
    """The same for two names of one file, also where capitals make no difference."""
    return os.path.realpath(path).casefold()
