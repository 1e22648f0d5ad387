"""The program's icon in the formats of Windows and macOS, each size drawn anew from the SVG."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resources import ROOT

if TYPE_CHECKING:
    from PIL.Image import Image

DRAWING: Final = ROOT / "fusiform.svg"
SIZES: Final = {"ico": (16, 20, 24, 32, 40, 48, 64, 96, 128, 256), "icns": (32, 64, 128, 256, 512, 1024)}
"""Sides in pixels that the two systems ask for."""


def icon_file(folder: Path, platform: str = sys.platform) -> str | None:
    """The path of the icon for this system's executables, made in `folder`; `None` where they have none."""
    ending = {"win32": "ico", "darwin": "icns"}.get(platform)
    return str(written(folder / f"fusiform.{ending}")) if ending else None


def written(path: Path) -> Path:
    """`path`, `.ico` or `.icns`, holds every size that its system asks for."""
    *smaller, largest = drawn(SIZES[path.suffix.removeprefix(".")])
    path.parent.mkdir(parents=True, exist_ok=True)
    largest.save(path, append_images=smaller, sizes=[picture.size for picture in (*smaller, largest)])
    return path


def drawn(sides: tuple[int, ...]) -> list[Image]:
    """Square RGBA pictures of these sides on a transparent ground."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    pictures = [_drawn(side) for side in sides]
    del application
    return pictures


def _drawn(side: int) -> Image:
    from PIL import Image
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(side, side, QImage.Format.Format_RGBA8888)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(picture.rect()))
    painter.end()
    return Image.frombytes("RGBA", (side, side), bytes(picture.constBits()))
