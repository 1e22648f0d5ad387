"""`fusiform export`: a network of ours as an ONNX file that any program can run, its parity stated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click
import numpy as np

from desktop.commands.network import FACES, network
from desktop.commands.options import Command, Option
from desktop.language import N_, _
from models.errors import FusiformError, ModelError
from models.shipped import SHIPPED
from models.text import Text
from pipelines.files import reason, replace_file

NOT_INSTALLED = Text(
    "The export needs {name}, which is not installed. “make install LEAN=0” adds it.",
    "書き出しには {name} が必要ですが、インストールされていません。「make install LEAN=0」で追加できます。",
)


@click.command(
    cls=Command, help=N_("Write a network of ours as ONNX, and say how exactly it agrees with torch.")
)
@network
@click.option(
    "--out",
    cls=Option,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_("The ONNX file; its weights for torch where it ends in .safetensors."),
)
@click.option(
    "--weights",
    cls=Option,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_("Other weights than the shipped ones: .safetensors, or the checkpoint of a training."),
)
def command(name: str, out: Path, weights: Path | None) -> None:
    try:
        data, words = exported(
            name, weights or SHIPPED / f"{name}.safetensors", as_onnx=out.suffix != ".safetensors"
        )
    except ModuleNotFoundError as error:
        raise FusiformError(*NOT_INSTALLED.filled(name=error.name)) from error
    try:
        replace_file(out, data)
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"{out} could not be written: {why.en}.", f"{out} に書き込めませんでした（{why.ja}）。"
        ) from error
    click.echo(_("{file}: {size} kB").format(file=out, size=round(len(data) / 1000)))
    if words:
        click.echo(words)


def exported(name: str, weights: Path, *, as_onnx: bool) -> tuple[bytes, str]:
    """The file, and what is to be said of its parity.

    Raises:
        ModelError: the weights are broken, or ONNX Runtime computes something else with the file than torch.
    """
    return (_detector if name == FACES else partial(_classifier, name))(weights, as_onnx=as_onnx)


def _detector(weights: Path, *, as_onnx: bool) -> tuple[bytes, str]:
    from models.networks import export
    from models.networks.weights import as_safetensors

    detector = export.read_detector(weights)
    if not as_onnx:
        return as_safetensors(detector), ""
    data = export.as_onnx(detector)
    found = export.parity(detector, data)
    _prove(found, export.PARITY)
    return data, _(
        "Largest difference between torch and ONNX Runtime: face-ness {face}, box {box} of its size "
        "(at most {allowed} is allowed)."
    ).format(face=f"{found.face:.1e}", box=f"{found.box:.1e}", allowed=f"{export.PARITY:.0e}")


def _classifier(name: str, weights: Path, *, as_onnx: bool) -> tuple[bytes, str]:
    from models.networks import classifier_export
    from models.networks.weights import as_safetensors

    network = classifier_export.read_classifier(name, weights)
    if not as_onnx:
        return as_safetensors(network), ""
    data = classifier_export.as_onnx(name, network)
    found = classifier_export.parity(name, network, data)
    _prove([found], classifier_export.PARITY)
    return data, _(
        "Largest difference of a score between torch and ONNX Runtime: {found} "
        "(at most {allowed} is allowed)."
    ).format(found=f"{found:.1e}", allowed=f"{classifier_export.PARITY:.0e}")


def _prove(found: Sequence[float], allowed: float) -> None:
    largest = float(np.max(found))  # not a number where one of them is none
    if not largest <= allowed:
        raise ModelError(
            f"torch and ONNX Runtime differ by {largest:.1e}, and {allowed:.0e} is allowed; "
            "nothing was written.",
            f"torch と ONNX Runtime の差が {largest:.1e} あり、許容値 {allowed:.0e} を超えるため、"
            "書き出しませんでした。",
        )
