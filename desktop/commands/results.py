"""Results on their way into files, marks and all."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import cv2

from desktop.language import current
from desktop.system import complaint, missing_libraries
from models.errors import FusiformError
from models.text import Language
from pipelines.files import reason, replace_file
from pipelines.frame import Image
from pipelines.result import Result
from pipelines.video_writer import VideoWriter

Keep: TypeAlias = Callable[[Result, float], None]
"""Takes one result and the seconds at which it is shown."""


@contextmanager
def kept(destination: Path | None, rate: Fraction) -> Iterator[Keep]:
    """Write results to a .png or .mp4 file, which appears whole or not at all; nowhere for `None`.

    Raises:
        FusiformError: the file cannot be written.
    """
    if destination is None:
        yield lambda _result, _seconds: None
        return
    if destination.suffix == ".png":
        yield _keep_picture(destination)
        return
    video = VideoWriter(destination, rate)
    try:
        yield _keep_frame(video, destination)
    except BaseException:
        video.discard()
        raise
    with _refusals(destination):
        video.finish()


def folder_at(path: Path) -> Path:
    """The folder for results, made where it is missing.

    Raises:
        FusiformError: it cannot be made.
    """
    with _refusals(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def write(path: Path, data: bytes) -> None:
    """A file that appears whole or not at all.

    Raises:
        FusiformError: it cannot be written.
    """
    with _refusals(path):
        replace_file(path, data)


def picture_of(result: Result) -> Image:
    """The result's picture with its marks painted in; Qt is there only for these.

    Raises:
        FusiformError: there are marks, and Qt's system libraries are missing.
    """
    return _painter()(result, current()) if result.marks else result.picture


@functools.cache
def _painter() -> Callable[[Result, Language], Image]:
    if missing := missing_libraries():
        raise FusiformError(*complaint(missing))
    from desktop.painting.picture import painted

    return painted


def _keep_picture(destination: Path) -> Keep:
    def keep(result: Result, _seconds: float) -> None:
        data = _png(picture_of(result))
        with _refusals(destination):
            replace_file(destination, data)

    return keep


def _keep_frame(video: VideoWriter, destination: Path) -> Keep:
    def keep(result: Result, seconds: float) -> None:
        picture = picture_of(result)
        with _refusals(destination):
            video.write(picture, seconds)

    return keep


def _png(picture: Image) -> bytes:
    done, data = cv2.imencode(".png", picture)
    if not done:
        raise ValueError(f"OpenCV writes no PNG of shape {picture.shape}")
    return data.tobytes()


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"“{path}” cannot be written: {why.en}.", f"「{path}」に書き込めません（{why.ja}）。"
        ) from error
