"""Which small picture is under a point of the large one."""

from __future__ import annotations

from pipelines.grid import Grid

GRID = Grid(columns=3, rows=2, cell=(10, 6), gap=2, units=(4, 0, 3, 1, 2))


def test_every_cell_is_found_where_it_stands() -> None:
    found: dict[int, list[tuple[int, int]]] = {}
    width, height = GRID.size
    for y in range(height):
        for x in range(width):
            if (place := GRID.place_at(x + 0.5, y + 0.5)) is not None:
                found.setdefault(place, []).append((x, y))
    assert set(found) == set(range(5))
    for place, points in found.items():
        assert len(points) == 60
        assert points[0] == GRID.corner(place)


def test_nothing_stands_between_and_beyond() -> None:
    width, height = GRID.size
    assert (width, height) == (38, 18)
    for point in ((0, 0), (12.5, 5), (-3, 5), (width + 5, 5), (5, height + 5), (30, 12)):
        assert GRID.place_at(*point) is None
