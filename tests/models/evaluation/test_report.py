"""Each group of faces is counted by itself, and false alarms where there is no face."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.evaluation.pictures import Label
from models.evaluation.report import figures
from tests.models.evaluation.made import found, picture


def test_groups_and_false_alarms(tmp_path: Path) -> None:
    bare, masked = Label((0, 0, 10, 10), cls="bare"), Label((40, 40, 40, 40), cls="masked")
    pictures = [picture(tmp_path, bare, masked, kind="street"), picture(tmp_path, kind="none")]
    answers = [found((0, 0, 10, 10, 0.9)), found((5, 5, 20, 20, 0.4), (50, 50, 9, 9, 0.8))]

    made = figures(pictures, answers, 640, 0.5)

    assert made.by_class["bare"].faces == made.by_class["masked"].faces == 1
    assert made.by_class["bare"].ap50 == pytest.approx(1.0)
    assert made.by_class["masked"].ap50 == 0
    assert made.by_size["<16"].ap30 == pytest.approx(1.0)
    assert made.by_size["32-96"].ap30 == 0
    assert np.isnan(made.by_size[">96"].ap30)
    assert list(made.by_kind) == ["street"]
    assert made.by_kind["street"].ap50 == pytest.approx(0.5)
    assert (made.empty_pictures, made.false_alarms) == (1, 1)
    assert made.recall == 0.5
    assert made.precision == 0.5
