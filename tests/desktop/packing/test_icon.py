"""The icon for Windows and macOS holds every size, drawn and not scaled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.packing.icon import SIZES, drawn, icon_file, written

ORANGE = (255, 159, 67)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ending", ["ico", "icns"])
def test_every_size_is_in_the_file(tmp_path: Path, ending: str) -> None:
    with Image.open(written(tmp_path / f"fusiform.{ending}")) as picture:
        sizes = {size[0] * (size[2] if len(size) > 2 else 1) for size in picture.info["sizes"]}
    assert set(SIZES[ending]) <= sizes


@pytest.mark.usefixtures("qapp")
def test_the_middle_is_orange_and_the_corners_are_clear() -> None:
    for picture in drawn((16, 64, 256)):
        pixels = np.asarray(picture)
        side = pixels.shape[0]
        assert pixels.shape == (side, side, 4)
        assert np.abs(pixels[side // 2, side // 2, :3].astype(int) - ORANGE).max() <= 8
        assert pixels[0, 0, 3] == pixels[-1, -1, 3] == 0


@pytest.mark.usefixtures("qapp")
def test_linux_has_no_icon_in_its_programs(tmp_path: Path) -> None:
    assert icon_file(tmp_path, "linux") is None
    assert str(icon_file(tmp_path, "win32")).endswith(".ico")
    assert str(icon_file(tmp_path, "darwin")).endswith(".icns")
