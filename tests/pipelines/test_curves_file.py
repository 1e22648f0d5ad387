"""Curves as a table that spreadsheets and scripts read."""

from __future__ import annotations

import csv
import io

import numpy as np

from models.text import Text
from pipelines.curves_file import csv_of
from pipelines.result import Curve, Plot


def test_every_point_is_a_row() -> None:
    x = np.array([-1.0, 0.0])
    curves = (Curve(Text("Mean", "平均"), x, np.array([0.25, 1e-7])), Curve(Text("Most", "最大"), x, x * 2))
    plot = Plot(Text("Strength", "強さ"), Text("seconds", "秒"), curves)
    text = csv_of(plot, "ja").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["強さ", "秒", "y"],
        ["平均", "-1", "0.25"],
        ["平均", "0", "1e-07"],
        ["最大", "-1", "-2"],
        ["最大", "0", "0"],
    ]
