"""`fusiform stress`: how much of a distortion two detectors stand, measured on labelled pictures."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import cv2

from desktop.commands.choice import detector, name_and_values, parameters_of
from desktop.commands.columns import GAP, table
from desktop.commands.options import Command, Option
from desktop.commands.results import folder_at, write
from desktop.language import N_, _, say
from desktop.painting.stress_words import counted, stands
from desktop.system import complaint, missing_libraries
from models.errors import FusiformError, ParameterError
from pipelines.stress.contender import Contender, contenders, detectors
from pipelines.stress.curve import StressCurve
from pipelines.stress.pictures import LabelledPictures
from pipelines.stress.run import Finders, Stress, opened
from pipelines.stress.sweeps import SWEEPS, Sweep, sweep_called
from pipelines.stress.table import csv_of

SUMMARY = "stress.json"
SIDES = ("first", "second")


def contender(_ctx: click.Context, parameter: click.Parameter, given: str | None) -> Contender | None:
    """The callback of `--first NAME[:key=value[,key=value…]]`."""
    if given is None:
        return None
    name, values = name_and_values(given)
    option = parameter.opts[0]
    pipeline = detector(name, option)
    if pipeline not in detectors():
        raise click.BadParameter(
            _("{name!r} compares two detectors and is none itself.").format(name=name), param_hint=option
        )
    return Contender(pipeline, parameters_of(pipeline, values, option))


def sweeps(_ctx: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> tuple[Sweep, ...]:
    """The callback of `--sweep NAME`; all of them where none is asked for."""
    try:
        return tuple(dict.fromkeys(map(sweep_called, given))) or tuple(SWEEPS.values())
    except ParameterError as error:
        raise click.BadParameter(say(error.text)) from None


@click.command(
    cls=Command,
    help=N_("Distort labelled pictures more and more, and measure how long two detectors find the faces."),
)
@click.option(
    "--data",
    cls=Option,
    required=True,
    metavar=N_("FOLDER"),
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=N_("Labelled pictures: a folder with labels.jsonl, or one that has labels_val.jsonl and val."),
)
@click.option(
    "--out",
    cls=Option,
    required=True,
    metavar=N_("FOLDER"),
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Where the curves go, as CSV and PNG, and a summary as JSON."),
)
@click.option(
    "--first",
    cls=Option,
    callback=contender,
    metavar=N_("NAME[:key=value[,key=value…]]"),
    help=N_("A detector and its parameters; without it the network that finds faces."),
)
@click.option(
    "--second",
    cls=Option,
    callback=contender,
    metavar=N_("NAME[:key=value[,key=value…]]"),
    help=N_("The one it is compared with; without it the Haar cascade."),
)
@click.option(
    "--sweep",
    "chosen",
    cls=Option,
    multiple=True,
    callback=sweeps,
    metavar=N_("NAME"),
    help=N_(
        "Only this: rotation, scale, blur, noise, brightness, resolution, eyes or mouth. May be repeated."
    ),
)
@click.option(
    "--limit",
    cls=Option,
    default=50,
    type=click.IntRange(0),
    help=N_("How many of the pictures; 0 takes all, which lasts."),
)
@click.option("--seed", cls=Option, default=1, help=N_("The same seed takes the same pictures."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def command(
    data: Path,
    out: Path,
    first: Contender | None,
    second: Contender | None,
    chosen: tuple[Sweep, ...],
    limit: int,
    seed: int,
    as_json: bool,
) -> None:
    if missing := missing_libraries():
        raise FusiformError(*complaint(missing))
    from desktop.painting.stress_page import page  # Qt, whose libraries are there by now

    usual = contenders()
    pair = (first or usual[0], second or usual[1])
    pictures = LabelledPictures.of(data, limit, seed)
    folder = folder_at(out)
    rows = []
    with opened(pair, cv2.getNumberOfCPUs()) as finders:
        stresses = [Stress(sweep, pair, pictures) for sweep in chosen]
        for sweep, curve in _measured(stresses, finders):
            rows.append(_kept(sweep, curve, page(curve, sweep), folder))
            if not as_json:
                click.echo(described(sweep, curve))
    summary = {"data": str(data), "seed": seed, "pictures": len(pictures), **_told(pair), "sweeps": rows}
    words = json.dumps(summary, ensure_ascii=False, indent=2)
    write(folder / SUMMARY, words.encode())
    click.echo(words if as_json else f"→ {folder}")


def described(sweep: Sweep, curve: StressCurve) -> str:
    """One sweep as a person reads it: how far each detector stands it."""
    rows = [[say(curve.detectors[side]), stands(curve, sweep, side)] for side in (0, 1)]
    return "\n".join((f"{say(sweep.title)}{GAP}{counted(curve)}", table(rows, GAP)))


def _measured(stresses: Sequence[Stress], finders: Finders) -> Iterator[tuple[Sweep, StressCurve]]:
    """Each whole curve; how far it is stands where somebody looks on."""
    length = sum(stress.steps for stress in stresses)
    with click.progressbar(
        length=length, label=_("Stress test"), file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        for stress in stresses:
            *_growing, curve = stress.run(finders, lambda: bar.update(1))
            yield stress.sweep, curve


def _kept(sweep: Sweep, curve: StressCurve, png: bytes, folder: Path) -> dict[str, Any]:
    """The curve's files, and its place in the summary."""
    names = {"csv": f"{sweep.name}.csv", "png": f"{sweep.name}.png"}
    write(folder / names["csv"], csv_of(curve).encode())
    write(folder / names["png"], png)
    return {
        "sweep": sweep.name,
        "title": sweep.title._asdict(),
        "unit": sweep.unit,
        "neutral": sweep.neutral,
        **names,
        "holds": {side: curve.stands(place) for place, side in enumerate(SIDES)},
        "points": [_point(curve, place) for place in range(len(curve.points))],
    }


def _point(curve: StressCurve, place: int) -> dict[str, Any]:
    point = curve.points[place]
    return {
        "strength": point.strength,
        "pictures": point.pictures,
        **{side: _tally(curve, place, number) for number, side in enumerate(SIDES)},
    }


def _tally(curve: StressCurve, place: int, detector: int) -> dict[str, Any]:
    tally = curve.points[place].tallies[detector]
    return {
        "faces": tally.faces,
        "found": tally.hits,
        "share_found": _figure(tally.share),
        "score": round(tally.score, 6),
        "score_kept": _figure(curve.kept(detector)[place]),
        "false_alarms": tally.false_alarms,
    }


def _figure(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def _told(pair: tuple[Contender, Contender]) -> dict[str, Any]:
    return {
        side: {
            "name": one.pipeline.name,
            "title": one.title._asdict(),
            "parameters": one.parameters.to_table(),
        }
        for side, one in zip(SIDES, pair, strict=True)
    }
