"""Strokes cover what a round brush covers, by distances worked out on a finer grid."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from pipelines.sources.canvas_sheet import MOST_MARKS, MOST_POINTS, Point, Sheet

SIZE = (80, 60)
FINE = 8
ZIGZAG: tuple[Point, ...] = (
    (12.3, 40.1),
    (20.0, 12.6),
    (33.7, 45.2),
    (34.0, 20.0),
    (61.5, 21.9),
    (66.0, 41.3),
)


def drawn(*points: Point, width: float = 9.0, sheet: Sheet | None = None) -> Sheet:
    sheet = sheet or Sheet(SIZE)
    sheet.begin("pen", points[0], width)
    for point in points[1:]:
        sheet.go_on("pen", point)
    sheet.end("pen")
    return sheet


def brushed(*points: Point, width: float = 9.0) -> NDArray[np.float64]:
    """The share of each pixel that is nearer than half the width to the way, of 64 samples a pixel."""
    height, across = SIZE[1] * FINE, SIZE[0] * FINE
    away = np.ones((height, across), bool)
    for (x0, y0), (x1, y1) in pairwise((points[0], *points)):
        for share in np.linspace(0, 1, 2000):
            column, row = (int((a + (b - a) * share) * FINE) for a, b in ((x0, x1), (y0, y1)))
            if 0 <= row < height and 0 <= column < across:
                away[row, column] = False
    near = distance_transform_edt(away) <= width / 2 * FINE
    shares: NDArray[np.float64] = near.reshape(SIZE[1], FINE, SIZE[0], FINE).mean(axis=(1, 3))
    return shares


@pytest.mark.parametrize("width", [4.0, 9.0, 17.5])
@pytest.mark.parametrize("points", [ZIGZAG, ZIGZAG[:1], ZIGZAG[:2], ((-20.0, 30.0), (100.0, 33.3))])
def test_each_pixel_is_as_dark_as_the_brush_covers_it(points: tuple[Point, ...], width: float) -> None:
    ink = drawn(*points, width=width).ink / 255
    expected = brushed(*points, width=width)
    difference = np.sort(np.abs(ink - expected).ravel())
    assert difference[:-12].max() < 0.2, "a sample is an eighth of a pixel; in a notch two pieces meet"
    assert difference.mean() < 0.01
    assert ink.sum() == pytest.approx(expected.sum(), rel=0.05)


def test_a_stroke_of_many_pieces_is_as_smooth_as_one_piece() -> None:
    ends = ((10.3, 12.1), (70.2, 44.7))
    many = [(10.3 + 59.9 * share, 12.1 + 32.6 * share) for share in np.linspace(0, 1, 200)]
    assert np.abs(drawn(*many).ink.astype(int) - drawn(*ends).ink).max() <= 1
    grey = np.count_nonzero((drawn(*many).ink > 0) & (drawn(*many).ink < 255))
    assert grey > 100, "its edges are smooth"


def test_places_in_the_picture_count_from_its_corner() -> None:
    """A brush of one pixel that is put on the middle of a pixel fills this one."""
    ink = drawn((10.5, 20.5), width=1.0).ink
    assert ink[20, 10] == 255
    assert ink.sum() == 255


def test_two_pens_draw_at_once_each_its_own_stroke() -> None:
    sheet = Sheet(SIZE)
    sheet.begin("left", (10, 10), 5)
    sheet.begin("right", (60, 10), 5)
    sheet.go_on("left", (10, 50))
    sheet.go_on("right", (60, 50))
    both = drawn((10, 10), (10, 50), width=5, sheet=drawn((60, 10), (60, 50), width=5))
    assert np.array_equal(sheet.ink, both.ink)
    sheet.undo()
    assert np.array_equal(sheet.ink, drawn((10, 10), (10, 50), width=5).ink)
    assert not sheet.go_on("right", (70, 50)), "a stroke that was taken back is over"
    assert sheet.go_on("left", (20, 50))
    assert not sheet.go_on("nobody", (20, 50))


def test_undo_takes_back_stroke_by_stroke_and_a_clearing_too() -> None:
    sheet, states = Sheet(SIZE), []
    for x in (10, 30, 50):
        states.append(sheet.ink.copy())
        drawn((x, 10), (x + 10, 50), sheet=sheet)
    states.append(sheet.ink.copy())
    sheet.clear()
    assert sheet.blank
    for state in reversed(states):
        assert sheet.undoable
        sheet.undo()
        assert np.array_equal(sheet.ink, state)
    assert not sheet.undoable
    sheet.undo()
    assert sheet.blank


def test_clearing_an_empty_sheet_is_nothing_to_take_back() -> None:
    sheet = Sheet(SIZE)
    sheet.clear()
    assert not sheet.undoable
    drawn(*ZIGZAG, sheet=sheet)
    sheet.clear()
    sheet.clear()
    sheet.undo()
    assert np.array_equal(sheet.ink, drawn(*ZIGZAG).ink)


def test_what_is_too_old_to_be_taken_back_stays() -> None:
    """So that months of drawing fill no memory."""
    sheet = drawn((10, 10), (70, 10))
    for step in range(MOST_MARKS):
        drawn((10 + step / 2, 30), (10 + step / 2, 31), sheet=sheet)
    for _ in range(MOST_MARKS + 5):
        sheet.undo()
    assert not sheet.undoable
    assert np.array_equal(sheet.ink, drawn((10, 10), (70, 10)).ink)


def test_a_clearing_that_is_too_old_to_be_taken_back_stays_too() -> None:
    sheet = drawn((10, 10), (70, 10))
    sheet.clear()
    for step in range(MOST_MARKS):
        drawn((10 + step / 2, 30), (10 + step / 2, 31), sheet=sheet)
    for _ in range(MOST_MARKS):
        sheet.undo()
    assert sheet.blank


def test_a_stroke_without_an_end_goes_on_as_another() -> None:
    sheet = Sheet(SIZE)
    sheet.begin("pen", (1, 1), 3)
    for step in range(MOST_POINTS + 10):
        assert sheet.go_on("pen", (40 + 20 * np.cos(step / 100), 30 + 20 * np.sin(step / 100)))
    sheet.undo()
    assert not sheet.blank
