"""A result becomes one picture in its own size, with marks and Japanese words, display or none."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import get_args

import numpy as np
import pytest
from PySide6.QtGui import QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from desktop.painting.colours import paint_of
from desktop.painting.marks import MarkStyle
from desktop.painting.picture import painted
from desktop.theme import DARK, LIGHT, Palette
from models.text import Text
from pipelines.result import Box, Caption, Points, Result, Role

BLUE_BGR = (0xFE, 0x9F, 0x4C)
BOX = Box((100, 100, 200, 150), "face", 0.9, title=Text("face", "顔"))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("shape", [(480, 640, 3), (480, 640), (1, 1), (1, 1, 3), (3, 2000, 3), (37, 53)])
def test_it_is_as_large_as_the_result_and_bgr(shape: tuple[int, ...]) -> None:
    picture = np.full(shape, 77, np.uint8)
    picture.flags.writeable = False
    marks = (BOX, Caption((0, 0), Text("here", "ここ")), Points(np.zeros((2, 2), np.float32)))
    out = painted(Result(picture, marks), "ja")
    assert out.shape == (*shape[:2], 3)
    assert out.dtype == np.uint8
    assert out.flags.c_contiguous


@pytest.mark.usefixtures("qapp")
def test_marks_are_painted_or_left_out() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
    plain = painted(Result(picture, (BOX,)), "en", marks=False)
    np.testing.assert_array_equal(plain, picture)
    marked = painted(Result(picture, (BOX,)), "en")
    assert tuple(marked[175, 100]) == BLUE_BGR
    np.testing.assert_array_equal(marked[110:240, 110:290], picture[110:240, 110:290])


@pytest.mark.usefixtures("qapp")
def test_words_grow_with_the_picture() -> None:
    def height(scale: int) -> int:
        box = Box((100 * scale, 100 * scale, 200 * scale, 150 * scale), "face")
        out = painted(Result(np.zeros((480 * scale, 640 * scale), np.uint8), (box,)), "en")
        rows = np.flatnonzero((out[: 98 * scale] == BLUE_BGR).all(axis=2).any(axis=1))
        return int(rows[-1] - rows[0])

    assert height(4) / height(1) == pytest.approx(4, rel=0.25)


@pytest.mark.parametrize("palette", [DARK, LIGHT])
@pytest.mark.parametrize("role", get_args(Role))
def test_words_on_a_tag_are_readable(role: Role, palette: Palette) -> None:
    paint = paint_of(role, palette)
    light, dark = sorted((luminance(paint.line.name()), luminance(paint.ink.name())), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def test_japanese_is_written_and_not_boxed(qapp: QApplication) -> None:
    font = MarkStyle(language="ja").font()
    if not any(QRawFont.fromFont(font).supportsCharacter(ord(letter)) for letter in "顔"):
        pytest.skip("no Japanese font is installed here")
    metrics = QFontMetrics(font)
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "顔検出器のカスケード")
    one, other = (tag_of(words) for words in ("顔", "猫"))
    assert one.shape == other.shape
    assert (one != other).any(), "two characters look alike: empty boxes"


def tag_of(words: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    box = Box((50, 100, 100, 50), title=Text("-", words))
    return painted(Result(np.zeros((200, 200), np.uint8), (box,)), "ja")[60:99, 45:120]


def test_it_needs_neither_display_nor_application() -> None:
    program = (
        "import numpy as np\n"
        "from desktop.painting.picture import painted\n"
        "from pipelines.result import Box, Result\n"
        "out = painted(Result(np.zeros((90, 120), np.uint8), (Box((20, 40, 50, 30), 'a', 0.5),)), 'en')\n"
        "assert out.any()\n"
    )
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run([sys.executable, "-c", program], env=bare, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
