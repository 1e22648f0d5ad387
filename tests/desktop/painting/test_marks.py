"""Marks land where the picture's points are, in the colours of their role, at every scale and mirrored."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.painting import marks as marks_module
from desktop.painting.colours import IDENTITIES
from desktop.painting.marks import MOST_BOXES, MarkStyle, Place, paint_marks, written_on
from desktop.painting.tags import LEGIBLE
from desktop.theme import DARK, LIGHT, Palette
from models.text import Language, Text
from pipelines.engine.view import Viewport, prepare
from pipelines.result import Box, Caption, Lines, Mark, Points

pytestmark = pytest.mark.usefixtures("qapp")
GREY = 0x808080
Pixels = NDArray[np.uint8]


def as_it_is(x: float, y: float) -> tuple[float, float]:
    return x, y


def painted(
    *marks: Mark,
    place: Place = as_it_is,
    scale: float = 1.0,
    style: MarkStyle | None = None,
    size: tuple[int, int] = (320, 240),
) -> Pixels:
    """(h, w, 3) red, green, blue of the marks on grey."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(GREY)
    painter = QPainter(image)
    paint_marks(painter, marks, place, scale, style or MarkStyle(), QRectF(0, 0, *size))
    painter.end()
    memory = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)
    return memory[..., 2::-1].copy()


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def here(pixels: Pixels, colour: str) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (pixels == rgb(colour)).all(axis=2)
    return same


def edges(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """First and last column, first and last row in which something is set."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(columns[-1]), int(rows[0]), int(rows[-1])


def test_the_edges_of_a_box_are_three_pixels_around_its_coordinates() -> None:
    blue = here(painted(Box((50, 60, 100, 80))), DARK.accent)
    assert edges(blue) == (49, 151, 59, 141)
    assert blue[100, 49:52].all()
    assert blue[100, 149:152].all()
    assert not blue[62:139, 52:149].any()


def test_a_box_has_a_dark_rim_on_both_sides() -> None:
    row = painted(Box((50, 60, 100, 80)))[100, 47:54]
    assert row[[0, 6]].tolist() == [[128] * 3] * 2
    assert (row[[1, 5]] < 40).all()


def test_the_second_role_is_orange_with_gaps_that_show_the_picture_and_whole_corners() -> None:
    pixels = painted(Box((50, 60, 100, 80), role="second"))
    edge = here(pixels, DARK.second)[59, 49:152]
    assert edge[:3].all()
    assert edge[-3:].all()
    assert 3 <= np.count_nonzero(np.diff(edge.astype(int)) == 1) <= 10
    assert 0.45 < edge.mean() < 0.7
    assert here(pixels, "#808080")[59, 49:152].mean() > 0.2


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_the_palette_chooses_the_colours(palette: Palette) -> None:
    marks = Box((50, 60, 100, 80)), Box((80, 90, 100, 80), role="second")
    pixels = painted(*marks, style=MarkStyle(palette))
    assert here(pixels, palette.accent).any()
    assert here(pixels, palette.second).any()


def test_a_mirrored_view_mirrors_the_box_and_not_its_words() -> None:
    picture = np.zeros((240, 320, 3), np.uint8)
    box = Box((20, 100, 60, 50), "L")
    straight, mirrored = (prepare(picture, Viewport(320, 240, mirror=mirror)) for mirror in (False, True))
    one = here(painted(box, place=straight.place), DARK.accent)
    other = here(painted(box, place=mirrored.place), DARK.accent)
    assert edges(one[98:])[:2] == (19, 81)
    assert edges(other[98:])[:2] == (320 - 81, 320 - 19)
    tag, tag_mirrored = one[:98, 19:45], other[:98, 239:265]
    np.testing.assert_array_equal(tag, tag_mirrored)


@pytest.mark.parametrize("scale", [0.5, 2.0, 3.7])
def test_a_scaled_view_scales_the_box_and_not_its_line(scale: float) -> None:
    def place(x: float, y: float) -> tuple[float, float]:
        return 10 + x * scale, 5 + y * scale

    blue = here(painted(Box((20, 20, 40, 30)), place=place, scale=scale), DARK.accent)
    assert edges(blue) == (
        round(10 + 20 * scale) - 1,
        round(10 + 60 * scale) + 1,
        round(5 + 20 * scale) - 1,
        round(5 + 50 * scale) + 1,
    )


def test_twice_the_pixels_give_twice_the_line_and_the_text() -> None:
    box = Box((100, 100, 60, 50), "face", 0.5)
    once, twice = (
        here(painted(box, style=MarkStyle(pixel_ratio=ratio)), DARK.accent) for ratio in (1.0, 2.0)
    )
    assert np.count_nonzero(once[125, :130]) == 3
    assert np.count_nonzero(twice[125, :130]) == 6
    assert 99 - edges(twice)[2] > 1.8 * (99 - edges(once)[2])


def test_points_and_lines_are_centred_on_their_coordinates() -> None:
    points = Points(np.array([[100, 60]], np.float32), role="second")
    left, right, top, bottom = edges(here(painted(points), DARK.second))
    assert ((left + right + 1) / 2, (top + bottom + 1) / 2) == (100, 60)
    ring = Points(np.array([[100, 60]], np.float32), np.array([20], np.float32))
    left, right, top, bottom = edges(here(painted(ring, scale=2.0), DARK.accent))
    assert ((left + right + 1) / 2, (top + bottom + 1) / 2) == pytest.approx((100, 60), abs=0.5)
    assert 38 <= right - left <= 43
    line = Lines(np.array([[40, 50, 200, 50]], np.float32))
    assert edges(here(painted(line), DARK.accent)) == (39, 200, 49, 50)


def test_nothing_is_painted_beside_the_picture() -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(GREY)
    painter = QPainter(image)
    marks = (Box((-50, -50, 200, 120), "outside"), Caption((-20, 5), Text("left", "左")))
    paint_marks(painter, marks, as_it_is, 1.0, MarkStyle(), QRectF(20, 20, 60, 60))
    painter.end()
    changed = np.frombuffer(image.constBits(), np.uint8).reshape(100, 100, 4)[..., 0] != 128
    assert edges(changed)[0] >= 20
    assert edges(changed)[1] < 80
    assert edges(changed)[2] >= 20
    assert edges(changed)[3] < 80


def test_a_label_says_title_and_score() -> None:
    box = Box((0, 0, 9, 9), "face", 0.987, title=Text("Face", "顔"))
    assert written_on(box, "en") == "Face 0.99"
    assert written_on(box, "ja") == "顔 0.99"
    assert written_on(box, "ja", scores=False) == "顔"
    assert written_on(Box((0, 0, 9, 9), "face"), "ja") == "face"
    assert written_on(Box((0, 0, 9, 9), score=0.5), "en") == "0.50"
    assert written_on(Box((0, 0, 9, 9)), "en") == ""


def test_a_label_says_which_it_is_and_that_it_is_only_expected() -> None:
    face = Box((0, 0, 9, 9), "face", 0.987, title=Text("Face", "顔"), identity=3)
    assert written_on(face, "ja") == "#3 顔 0.99"
    lost = Box((0, 0, 9, 9), "face", role="soft", identity=3, found=False)
    assert written_on(lost, "en") == "#3 expected"
    assert written_on(lost, "ja") == "#3 予測位置"


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_each_identity_has_its_colour_in_both_palettes_and_solid(palette: Palette) -> None:
    for number, colour in enumerate((*IDENTITIES, IDENTITIES[0]), 1):
        pixels = painted(Box((50, 60, 100, 80), identity=number), style=MarkStyle(palette))
        assert here(pixels, colour)[59, 49:152].all()
        assert not here(pixels, palette.accent).any()


def test_what_is_only_expected_is_grey_with_gaps() -> None:
    pixels = painted(Box((50, 60, 100, 80), role="soft", identity=2, found=False))
    assert 0.45 < here(pixels, DARK.soft)[59, 49:152].mean() < 0.7
    assert not here(pixels, IDENTITIES[1]).any()


def test_the_painter_is_left_as_it_was(qapp: QApplication) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pen, hints = painter.pen(), painter.renderHints()
    paint_marks(painter, (Box((10, 10, 50, 50), "a"),), as_it_is, 1.0, MarkStyle(), QRectF(0, 0, 100, 100))
    assert painter.pen() == pen
    assert painter.renderHints() == hints
    assert not painter.hasClipping()
    painter.end()


def test_of_very_many_boxes_the_surest_are_painted() -> None:
    unsure = [Box((10, 10, 100, 100), score=0.1) for _ in range(MOST_BOXES)]
    sure = [Box((200, 150, 50, 50), score=0.9), Box((150, 20, 30, 30))]
    blue = here(painted(*unsure, *sure), DARK.accent)
    assert blue[175, 199:202].all()
    assert blue[35, 149:152].all()
    assert blue[60, 9:12].all()
    everything = [Box((10, 10, 100, 100), score=0.5) for _ in range(MOST_BOXES)]
    blue = here(painted(Box((200, 150, 50, 50), score=0.4), *everything), DARK.accent)
    assert not blue[175, 199:202].any()


def test_no_more_words_are_made_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def write(box: Box, _language: Language, *, scores: bool) -> str:
        made.append(box.label)
        return box.label

    monkeypatch.setattr(marks_module, "written_on", write)
    painted(*(Box((n % 300, n % 200, 20, 20), str(n), score=n / 1000) for n in range(500)))
    assert made == [str(n) for n in range(499, 499 - LEGIBLE, -1)]


def test_what_is_out_of_sight_takes_no_place_from_what_is_seen() -> None:
    away = [Box((1000, 10, 50, 50), "away", 0.9) for _ in range(2 * LEGIBLE)]
    seen = Box((100, 100, 80, 80), "here", 0.1)
    np.testing.assert_array_equal(painted(*away, seen), painted(seen))
