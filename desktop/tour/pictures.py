"""The tour itself: a picture of every stop, and one that moves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import (
    QBuffer,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QPixmap

from desktop.language import say
from desktop.tour.guide import FRAME, Guide, guided
from desktop.tour.stops import STOPS, four
from models.errors import FusiformError
from models.text import Language
from pipelines.files import reason, replace_file
from pipelines.frame import Image

EXCUSE = "This plugin does not support "
MOVING_FRAMES, MOVING_STEP, MOVING_MS, MOVING_WIDTH = 48, 3, 100, 720


def tour(folder: Path, language: Language, *, moving: bool = False) -> Iterator[Path]:
    """Write a PNG of every stop and `tour.json` into `folder`, giving each path as it is written.

    With `moving` also a short moving picture of the four lanes.

    Raises:
        FusiformError: something cannot be written.
    """
    listed = []
    with _without_excuses():
        for stop in STOPS:
            with guided(language) as guide:
                stop.go(guide)
                listed.append({"file": f"{stop.name}.png", "view": stop.name, "title": say(stop.words)})
                yield _written(folder / f"{stop.name}.png", _png(guide.picture()))
        if moving:
            with guided(language) as guide:
                yield _written(folder / "moving.webp", _moving(guide))
    yield _written(folder / "tour.json", json.dumps(listed, ensure_ascii=False, indent=2).encode())


@contextmanager
def _without_excuses() -> Iterator[None]:
    """Pictures need no screen; yet without one Qt says of every menu that it cannot raise it."""

    def hear(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if words.startswith(EXCUSE):
            return
        if former:
            former(kind, context, words)
        else:
            sys.stderr.write(qFormatLogMessage(kind, context, words) + "\n")

    former = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(former)


def _png(picture: QPixmap) -> bytes:
    memory = QBuffer()
    memory.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(memory, "PNG")
    return bytes(memory.data().data())


def _moving(guide: Guide) -> bytes:
    """The four lanes following the demo, as an animated WebP."""
    four(guide)
    film = cv2.Animation()
    film.frames = [_frame(guide, FRAME + step * MOVING_STEP) for step in range(MOVING_FRAMES)]
    film.durations = [MOVING_MS] * MOVING_FRAMES
    return cv2.imencodeanimation(".webp", film, [cv2.IMWRITE_WEBP_QUALITY, 60])[1].tobytes()


def _frame(guide: Guide, number: int) -> Image:
    guide.show(number)
    image = guide.picture().toImage().convertToFormat(QImage.Format.Format_BGR888)
    small = image.scaledToWidth(MOVING_WIDTH, Qt.TransformationMode.SmoothTransformation)
    rows = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())
    return rows[:, : small.width() * 3].reshape(small.height(), small.width(), 3).copy()


def _written(path: Path, data: bytes) -> Path:
    try:
        replace_file(path, data)
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"{path} could not be written: {why.en}.",
            f"{path} に書き込めませんでした（{why.ja}）。",
        ) from error
    return path
