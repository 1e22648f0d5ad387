"""The tour's sheet shows every stimulus once, as the menu lists them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from desktop.tour.laboratory import GAP, SIDE, contact_sheet
from pipelines.stimuli import discover
from pipelines.stimulus import Motion


def test_every_stimulus_is_on_it_in_the_order_of_the_menu(tmp_path: Path) -> None:
    sheet = cv2.imread(str(contact_sheet(tmp_path / "new" / "sheet.png")))
    assert sheet is not None
    step = SIDE + 2 * GAP
    for place, stimulus in enumerate(discover().values()):
        top, left = place // 5 * step + GAP, place % 5 * step + GAP
        parameters = stimulus.parameters()
        expected = stimulus.picture(parameters, Motion().after(parameters, 1.2), (SIDE, SIDE))
        assert np.array_equal(sheet[top : top + SIDE, left : left + SIDE], expected), stimulus.name
