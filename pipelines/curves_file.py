"""Curves as a table."""

from __future__ import annotations

import csv
import io

from models.text import Language
from pipelines.result import Plot


def csv_of(plot: Plot, language: Language) -> bytes:
    """A row for each point: the curve's title, x and y. UTF-8 with the mark that spreadsheets look for."""
    memory = io.StringIO()
    rows = csv.writer(memory)
    rows.writerow([plot.title.pick(language), plot.x_title.pick(language), "y"])
    for curve in plot.curves:
        title = curve.title.pick(language)
        rows.writerows([title, f"{x:.6g}", f"{y:.6g}"] for x, y in zip(curve.x, curve.y, strict=True))
    return memory.getvalue().encode("utf-8-sig")
