"""What to try at a station is drawn by an SVG or a PNG, undistorted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.window.kiosk.drawing import Drawing

RED = QColor("red")
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<rect width="40" height="20" fill="red"/></svg>"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A red picture, twice as wide as high, in both formats."""
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(RED)
    made = {name: tmp_path / f"絵.{name}" for name in ("svg", "png")}
    made["svg"].write_text(SVG)
    assert image.save(str(made["png"]))
    return made


def painted(drawing: Drawing) -> QImage:
    image = QImage(drawing.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    drawing.render(image)
    return image


@pytest.mark.parametrize("order", [("svg", "png"), ("png", "svg")])
def test_it_is_as_large_as_it_fits_in_the_middle_of_its_place(
    look: QApplication, files: dict[str, Path], order: tuple[str, str]
) -> None:
    drawing = Drawing()
    drawing.resize(100, 100)
    for name in order:
        drawing.show_picture(files[name])
        image = painted(drawing)
        red = [(x, y) for x in range(100) for y in range(100) if image.pixelColor(x, y) == RED]
        columns, rows = [x for x, _y in red], [y for _x, y in red]
        assert (min(columns), max(columns)) == pytest.approx((0, 99), abs=1)
        assert (min(rows), max(rows)) == pytest.approx((25, 74), abs=1)
    drawing.deleteLater()
