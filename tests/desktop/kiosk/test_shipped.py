"""The three kiosks that are shipped: read without a warning, running everywhere, fit to be read by children."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel

from desktop import language, theme
from desktop.kiosk.kiosk import Kiosk, Station
from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
from desktop.theme import DARK, Theme
from desktop.window.kiosk.card import Card
from models.text import Language
from pipelines.distortions.order import distort
from pipelines.frame import Frame
from pipelines.result import Box, Result
from pipelines.scene import LaneScene, Scene, read_scene
from pipelines.sources import demo_reel

KIOSKS = {
    "edges": "What eyes look for",
    "faces": "Who finds your face?",
    "network": "Inside a network",
}
STATIONS = [
    pytest.param(station, id=f"{name}/{station.title.en}")
    for name in KIOSKS
    for station in read_kiosk(SHIPPED / f"{name}.toml").stations
]
SCENES = sorted({read_kiosk(SHIPPED / f"{name}.toml").stations[n].scene for name in KIOSKS for n in range(5)})
DRAWINGS = sorted((SHIPPED / "pictures").glob("*.svg"))
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
LINES, EYES = {DARK.text, DARK.accent, DARK.second}, {DARK.ground, "none"}
"""What a line is drawn with, and what hides the lines behind it."""
FRAMES = (75, 80)
"""Of the demo: a face, and what it has become a moment later, for what needs motion."""


def kiosk(name: str) -> Kiosk:
    return read_kiosk(SHIPPED / f"{name}.toml")
