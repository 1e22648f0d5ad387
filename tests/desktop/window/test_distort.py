"""The distortions in the window: the page of sliders, the chip over the pictures, the keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from pipelines.distortions import Distortions, distort
from pipelines.frame import Frame
from pipelines.scene import Scene, read_scene, write_scene
from tests.desktop.window.whole import Whole, picture

NEGATIVE = Distortions(invert=True)


def page(whole: Whole):  # type: ignore[no-untyped-def]
    return whole.window.chrome.distortions.page


def chip(whole: Whole):  # type: ignore[no-untyped-def]
    return whole.window.chrome.distortions.chip
