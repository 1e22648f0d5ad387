"""Keeping a picture, because a person asked for it then and there."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import cv2
import platformdirs
from PySide6.QtGui import QGuiApplication, QImage

from desktop import language
from desktop.painting.picture import painted
from models.errors import FusiformError
from pipelines.engine.outcome import Done
from pipelines.files import reason, replace_file
from pipelines.frame import Image


def folder() -> Path:
    """Where snapshots go: the person's own pictures."""
    return platformdirs.user_pictures_path() / "Fusiform"


def save(done: Done, name: str, where: Path, *, marks: bool) -> Path:
    """Write the result in its full size as a PNG into `where`, called by the time and `name`.

    Gives the file's path.

    Raises:
        FusiformError: it cannot be written.
    """
    try:
        path = _free(where, f"{datetime.now():%Y-%m-%d %H.%M.%S} {_safe(name)}")
        replace_file(path, cv2.imencode(".png", picture(done, marks=marks))[1].tobytes())
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"The snapshot could not be saved in {where}: {why.en}.",
            f"{where} に画像を保存できませんでした（{why.ja}）。",
        ) from error
    return path


def copy(done: Done, *, marks: bool) -> None:
    """Put the result on the clipboard."""
    image = picture(done, marks=marks)
    height, width = image.shape[:2]
    borrowed = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_BGR888)
    QGuiApplication.clipboard().setImage(borrowed.copy())


def picture(done: Done, *, marks: bool) -> Image:
    return painted(done.result, language.current(), marks=marks)


def _safe(name: str) -> str:
    """Without what Windows, the strictest, refuses in a file's name."""
    return re.sub(r'[/\\:*?"<>|\x00-\x1f]', "-", name)


def _free(where: Path, stem: str) -> Path:
    """A name in `where` that nothing has yet."""
    path = where / f"{stem}.png"
    number = 2
    while path.exists():
        path, number = where / f"{stem} {number}.png", number + 1
    return path
