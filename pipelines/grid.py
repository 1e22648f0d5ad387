"""Many small pictures in one: which stands where."""

from __future__ import annotations

from msgspec import Struct


class Grid(Struct, frozen=True):
    """Where each map stands in the picture."""

    columns: int
    rows: int
    cell: tuple[int, int]
    """Width and height of a map, in pixels."""
    gap: int
    """Pixels between two of them, and around all."""
    units: tuple[int, ...]
    """Numbers of the maps, from 0, row by row."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        across, down = (side + self.gap for side in self.cell)
        return self.columns * across + self.gap, self.rows * down + self.gap

    def corner(self, place: int) -> tuple[int, int]:
        """x, y of the upper left pixel of the map that stands at this place."""
        row, column = divmod(place, self.columns)
        return self.gap + column * (self.cell[0] + self.gap), self.gap + row * (self.cell[1] + self.gap)

    def place_at(self, x: float, y: float) -> int | None:
        """The place of the map under this point of the picture."""
        column, left = divmod(x - self.gap, self.cell[0] + self.gap)
        row, top = divmod(y - self.gap, self.cell[1] + self.gap)
        inside = 0 <= column < self.columns and left < self.cell[0] and row >= 0 and top < self.cell[1]
        place = int(row) * self.columns + int(column) if inside else -1
        return place if 0 <= place < len(self.units) else None
