"""Keeping the curves, because a person asked for it then and there."""

from __future__ import annotations

from pathlib import Path

from desktop.language import _, say
from desktop.painting.stress_page import page
from desktop.window import snapshot
from models.errors import FusiformError
from pipelines.files import reason, replace_file
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import Sweep
from pipelines.stress.table import csv_of


def save(curve: StressCurve, sweep: Sweep, where: Path) -> Path:
    """Write the curve into `where` as CSV and as PNG of one name; gives the path of the PNG.

    Called from any thread, with an application running.

    Raises:
        FusiformError: one cannot be written.
    """
    name = _("Stress test: {distortion}").format(distortion=say(sweep.title))
    try:
        stem = snapshot.free(where, name, ".csv", ".png")
        replace_file(where / f"{stem}.csv", csv_of(curve).encode())
        replace_file(where / f"{stem}.png", page(curve, sweep))
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"The curves could not be saved in {where}: {why.en}.",
            f"{where} に曲線を保存できませんでした（{why.ja}）。",
        ) from error
    return where / f"{stem}.png"
