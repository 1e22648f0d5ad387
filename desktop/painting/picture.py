"""A result as one picture, marks and all: for files, without a window."""

from __future__ import annotations

import sys

import cv2
import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from desktop.painting.marks import MarkStyle, paint_marks
from models.text import Language
from pipelines.frame import Image
from pipelines.result import Result

SMALLEST_TEXT = 10.0
TEXT_PER_SIDE = 1 / 38
"""Height of the text in shorter sides of the picture: 19 pixels in 1280 × 720."""

_application: QGuiApplication | None = None


def painted(result: Result, language: Language, *, marks: bool = True) -> Image:
    """(h, w, 3) BGR in the size of the result's picture, which is left as it is.

    Marks are as large as suits the picture's size. Without an application a small one is made that
    opens no display.
    """
    colour = cv2.COLOR_GRAY2BGRA if result.picture.ndim == 2 else cv2.COLOR_BGR2BGRA
    pixels = cv2.cvtColor(result.picture, colour)
    if marks and result.marks:
        ensure_fonts()
        _paint_over(pixels.astype(np.uint8, copy=False), result, language)
    return cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR).astype(np.uint8, copy=False)


def _paint_over(pixels: Image, result: Result, language: Language) -> None:
    height, width = pixels.shape[:2]
    canvas = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
    style = MarkStyle(language=language, text_size=max(SMALLEST_TEXT, min(width, height) * TEXT_PER_SIDE))
    painter = QPainter(canvas)
    try:
        paint_marks(painter, result.marks, _as_it_is, 1.0, style, QRectF(0, 0, width, height))
    finally:
        painter.end()


def _as_it_is(x: float, y: float) -> tuple[float, float]:
    return x, y


def ensure_fonts() -> None:
    """Qt writes text only where an application exists; on Linux the usual one wants a display."""
    global _application
    if QGuiApplication.instance() is None:
        platform = ["-platform", "offscreen"] if sys.platform == "linux" else []
        _application = QGuiApplication([sys.argv[0], *platform])
