"""What a lane shows, painted by the same hand on the screen and into a recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.window.bare_wall import BEHIND
from desktop.window.lane_picture import LanePicture
from pipelines.engine.view import Viewport

SCRIM = QColor(10, 11, 13, 175)


class LaneLook(NamedTuple):
    """How a picture is seen in its lane. Any thread may paint it. All in device pixels, of which `ratio`
    make one of the window's."""

    viewport: Viewport
    ratio: float
    shadows: tuple[tuple[int, QImage], ...]
    """Where each begins, from the top, and what it looks like."""
    words: tuple[QRectF, ...]
    """Where the name and the figures stand: labels keep off."""
    dimmed: bool
    scores: bool = True
    """Whether labels say how sure a detector is."""


def paint_lane(painter: QPainter, picture: LanePicture | None, look: LaneLook) -> None:
    """The picture with its marks between the shadows of the words, which are not painted here."""
    whole = QRectF(0, 0, look.viewport.width, look.viewport.height)
    if picture:
        picture.paint_image(painter, look.viewport)
        for top, shadow in look.shadows:
            painter.drawImage(0, top, shadow)
        picture.paint_marks(painter, look.viewport, look.ratio, look.words, scores=look.scores)
    else:
        painter.fillRect(whole, BEHIND)
    if look.dimmed:
        painter.fillRect(whole, SCRIM)


@contextmanager
def device_pixels(painter: QPainter, ratio: float) -> Iterator[None]:
    """Paint in the screen's own pixels, so that nothing is scaled."""
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    try:
        yield
    finally:
        painter.restore()
