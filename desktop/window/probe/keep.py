"""Keeping the line profile, because a person asked for it then and there."""

from __future__ import annotations

from pathlib import Path

from desktop.window.layers.keep import CURVES, written
from models.text import Language
from pipelines.curves_file import csv_of
from pipelines.result import Plot


def save(plot: Plot, where: Path, language: Language) -> Path:
    """Write the curves of all lanes, as the other curves are written.

    Raises:
        FusiformError: it cannot be written.
    """
    return written(where, plot.title.pick(language), CURVES, csv_of(plot, language))
