"""`fusiform evaluate`: how well our networks do on labelled pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.commands.network import FACES, network
from desktop.commands.options import Command, Option
from desktop.language import N_, _
from models.catalogue import weights
from models.errors import FusiformError
from models.text import Text
from pipelines.files import reason

if TYPE_CHECKING:
    from desktop.commands.measuring.task import Task

NOT_INSTALLED = Text(
    "Measuring needs {name}, which is not installed. “make install LEAN=0” adds it.",
    "測定には {name} が必要ですが、インストールされていません。「make install LEAN=0」で追加できます。",
)


@click.command(
    cls=Command,
    help=N_(
        "Measure a network of ours on labelled pictures. The face detector: average precision by size and "
        "kind of face, false alarms, tilted heads, each beside YuNet-n on the same pictures. The others: "
        "accuracy by class, what is taken for what, and the same with blurred, dim and noisy pictures."
    ),
)
@network
@click.option(
    "--data",
    cls=Option,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar=N_("FOLDER"),
    help=N_(
        "Labelled pictures. Faces: labels_val.jsonl (or of another split) and the files it names; objects: "
        "val (or train) with a folder for each class; lenet-5: mnist.npz."
    ),
)
@click.option(
    "--split",
    cls=Option,
    metavar=N_("NAME"),
    help=N_("Which split: train, val or test; without it val, and test of the digits."),
)
@click.option(
    "--weights",
    "onnx",
    cls=Option,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_("Another ONNX file than the shipped one."),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def command(name: str, data: Path, split: str | None, onnx: Path | None, as_json: bool) -> None:
    try:
        task = _task(name, onnx or weights(name), data, split)
        with click.progressbar(length=task.steps, label=_("Measuring"), show_pos=True, hidden=as_json) as bar:
            measured = task.run(bar.update)
    except ModuleNotFoundError as error:
        raise FusiformError(*NOT_INSTALLED.filled(name=error.name)) from error
    except OSError as error:
        why = reason(error)
        raise FusiformError(f"{error.filename}: {why.en}.", f"{error.filename}：{why.ja}。") from error
    click.echo(json.dumps(measured, ensure_ascii=False, indent=2) if as_json else task.described(measured))


def _task(name: str, onnx: Path, data: Path, split: str | None) -> Task:
    from desktop.commands.measuring import classifiers, faces

    return faces.task(onnx, data, split) if name == FACES else classifiers.task(name, onnx, data, split)
