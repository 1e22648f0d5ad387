"""Keeping numbers and curves, because a person asked for it then and there."""

from __future__ import annotations

from pathlib import Path

from desktop.window import snapshot
from models.errors import FusiformError
from models.text import Language
from pipelines.curves_file import csv_of
from pipelines.engine.outcome import Done
from pipelines.files import reason, replace_file
from pipelines.layers.numbers import npz_of
from pipelines.layers.values import FeatureMapsParameters

NUMBERS, CURVES = ".npz", ".csv"


def save_numbers(done: Done, name: str, where: Path) -> Path:
    """Write what every layer answers to the frame that is shown; the network is opened anew for that, beside
    the lane's.

    Raises:
        FusiformError: the lane shows no layers, or the file cannot be written.
    """
    if not isinstance(done.parameters, FeatureMapsParameters):
        raise FusiformError(
            "This lane shows no layers: choose “Feature maps” in it first.",
            "このレーンは層を表示していません。先に「特徴地図」を選んでください。",
        )
    return written(where, name, NUMBERS, npz_of(done.frame.image, done.parameters))


def save_curves(done: Done, name: str, where: Path, language: Language) -> Path:
    """Write the curves beside the picture.

    Raises:
        FusiformError: there are none, or the file cannot be written.
    """
    plot = done.result.plot
    if plot is None:
        raise FusiformError("This lane has no curves.", "このレーンには曲線がありません。")
    return written(where, name, CURVES, csv_of(plot, language))


def written(where: Path, name: str, ending: str, data: bytes) -> Path:
    """The path of a new file with `data` in it, called by the time and `name`.

    Raises:
        FusiformError: it cannot be written.
    """
    try:
        path = where / f"{snapshot.free(where, name, ending)}{ending}"
        replace_file(path, data)
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"The file could not be saved in {where}: {why.en}.",
            f"{where} にファイルを保存できませんでした（{why.ja}）。",
        ) from error
    return path
