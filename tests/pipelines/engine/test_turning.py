"""Many pictures in one, in a mirrored view."""

from __future__ import annotations

import numpy as np

from pipelines.engine.turning import turned_marks, view_of
from pipelines.engine.view import Viewport, prepare
from pipelines.grid import Grid
from pipelines.result import Box, Result
from pipelines.units import Units

GRID = Grid(3, 2, (4, 5), 1, (0, 1, 2, 3, 4))
PLACE = (7, 2)


def mosaic(*, turns: bool) -> Result:
    """Something else beside the grid, and no two pixels alike."""
    width, height = GRID.size
    shape = (height + PLACE[1] + 3, width + PLACE[0] + 3, 3)
    picture = np.random.default_rng(1).integers(0, 255, shape, np.uint8)
    units = Units("conv1", GRID, np.zeros(5, np.float32), (5, 4), origin=PLACE, turns=turns)
    return Result(picture, units=(units,))


def seen(result: Result) -> np.ndarray:
    """In a mirrored view, a pixel for each."""
    height, width = result.picture.shape[:2]
    return view_of(result, Viewport(width, height, mirror=True)).pixels[..., :3]


def test_each_map_is_turned_over_in_its_place() -> None:
    result = mosaic(turns=True)
    (units,), shown, wanted = result.units, seen(result), result.picture.copy()
    for place in range(5):
        x, y = units.corner(place)
        wanted[y : y + 5, x : x + 4] = result.picture[y : y + 5, x : x + 4][:, ::-1]
    for place in range(5):
        x, y = units.corner(place)
        np.testing.assert_array_equal(shown[y : y + 5, x : x + 4], wanted[y : y + 5, x : x + 4])
    np.testing.assert_array_equal(shown[:, : PLACE[0]], result.picture[:, : PLACE[0]])


def test_what_has_no_places_stays_as_it_is() -> None:
    """Bars, and kernels, whose numbers have their order."""
    result = mosaic(turns=False)
    np.testing.assert_array_equal(seen(result), result.picture)


def test_a_single_picture_is_mirrored_as_a_whole() -> None:
    picture = mosaic(turns=True).picture
    viewport = Viewport(picture.shape[1], picture.shape[0], mirror=True)
    view = view_of(Result(picture), viewport)
    assert view.mirror
    np.testing.assert_array_equal(view.pixels, prepare(picture, viewport).pixels)


def test_a_mark_goes_with_its_map_and_the_unit_is_found_there() -> None:
    units = mosaic(turns=True).units
    x, y = units[0].corner(4)
    mark, ring = Box((x + 0.0, y + 1.0, 1.0, 1.0)), Box((x - 0.5, y - 0.5, 5.0, 6.0))
    turned, same = turned_marks((mark, ring), units)
    assert isinstance(turned, Box)
    assert turned.box == (x + 3.0, y + 1.0, 1.0, 1.0)
    assert isinstance(same, Box)
    assert same.box == ring.box
    assert units[0].at(x + 3.5, y + 1.5, mirror=True) == (4, 1, 0)
    assert units[0].at(x + 0.5, y + 1.5) == (4, 1, 0)
    assert units[0].at(float(x), float(y), mirror=True) == (4, 0, 3)
