"""Keeping a picture, because a person asked for it then and there.

A huge one takes a second: all of this may be called from any thread, with an application running.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import platformdirs
from PySide6.QtGui import QImage

from desktop.painting.picture import painted
from models.errors import FusiformError
from models.text import Language
from pipelines.engine.outcome import Done
from pipelines.files import reason, replace_file


def folder() -> Path:
    """Where snapshots go: the person's own pictures."""
    return platformdirs.user_pictures_path() / "Fusiform"


def save(done: Done, name: str, where: Path, language: Language, *, marks: bool) -> Path:
    """Write the result in its full size as a PNG into `where`, called by the time and `name`.

    Gives the file's path. Two at a time into one folder could take the same name.

    Raises:
        FusiformError: it cannot be written.
    """
    picture = painted(done.result, language, marks=marks)
    try:
        path = where / f"{free(where, name, '.png')}.png"
        replace_file(path, cv2.imencode(".png", picture)[1].tobytes())
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"The snapshot could not be saved in {where}: {why.en}.",
            f"{where} に画像を保存できませんでした（{why.ja}）。",
        ) from error
    return path


def image(done: Done, language: Language, *, marks: bool) -> QImage:
    """The result in its full size, for the clipboard."""
    picture = painted(done.result, language, marks=marks)
    height, width = picture.shape[:2]
    made = QImage(width, height, QImage.Format.Format_BGR888)
    rows = np.frombuffer(made.bits(), np.uint8).reshape(height, made.bytesPerLine())
    rows[:, : 3 * width] = picture.reshape(height, 3 * width)  # `QImage.copy` would hold up every thread
    return made


def safe(name: str) -> str:
    """Without what Windows, the strictest, refuses in a file's name."""
    return re.sub(r'[/\\:*?"<>|\x00-\x1f]', "-", name)


def free(where: Path, name: str, *endings: str) -> str:
    """The time and `name`, as a file's name without ending: with none of `endings` is it taken in `where`."""
    stem = f"{datetime.now():%Y-%m-%d %H.%M.%S} {safe(name)}"
    found, number = stem, 2
    while any((where / f"{found}{ending}").exists() for ending in endings):
        found, number = f"{stem} {number}", number + 1
    return found
