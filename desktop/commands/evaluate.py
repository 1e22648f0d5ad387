"""`fusiform evaluate`: how well our networks do on labelled pictures, beside a reference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.commands.columns import GAP, table
from desktop.commands.network import OURS, network
from desktop.commands.options import Command, Option
from desktop.language import N_, _
from models.catalogue import weights
from models.detectors.finder import FaceFinder
from models.errors import FusiformError, ModelError
from models.evaluation.goals import Goal, goals
from models.evaluation.pictures import Boxes, Image, Picture, read_split
from models.evaluation.reference import reference_in
from models.evaluation.report import FLOOR, Figures, figures
from models.evaluation.tilt import ANGLES, Find, Tilt, tilted
from pipelines.files import reason
from pipelines.frame import Frame
from pipelines.registry import find
from pipelines.result import Box

REFERENCE, CASCADE = "yunet-n", "haar-faces"
SIDES = (640, 320)
MOST_SIDE = 1920
REFERENCE_THRESHOLD = 0.6
"""What its authors use."""


@click.command(
    cls=Command,
    help=N_(
        "Measure the face detector on labelled pictures: average precision by size and kind of face, false "
        "alarms, tilted heads, each beside YuNet-n on the same pictures."
    ),
)
@network
@click.option(
    "--data",
    cls=Option,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar=N_("FOLDER"),
    help=N_("Labelled pictures: labels_val.jsonl (or of another split) and the files it names."),
)
@click.option("--split", cls=Option, default="val", metavar=N_("NAME"), help=N_("Which split: val or train."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def command(name: str, data: Path, split: str, as_json: bool) -> None:
    pictures = _read(data, split)
    steps = len(pictures) * (len(SIDES) * 2 + len(ANGLES))
    with click.progressbar(length=steps, label=_("Measuring"), show_pos=True, hidden=as_json) as bar:
        measured = _measured(pictures, data, lambda count: bar.update(count))
    click.echo(json.dumps(measured, ensure_ascii=False, indent=2) if as_json else described(measured))


def described(measured: Mapping[str, Any]) -> str:
    """The figures as a person reads them."""
    lines = [_("{pictures} pictures, {faces} faces").format(**measured)]
    for detector in measured["detectors"]:
        rows = [["", "AP50", "AP30"]]
        for made in detector["figures"]:
            rows.append([f"{made['long_side']}", *_written(made)])
            for group in ("by_size", "by_class", "by_kind"):
                rows += [
                    [f"  {name} ({part['faces']})", *_written(part)] for name, part in made[group].items()
                ]
        lines += ["", detector["name"], table(rows, GAP)]
    lines += ["", _("Goals")]
    rows = [
        [goal["goal"], _figure(goal["value"]), goal["limit"], _verdict(goal)] for goal in measured["goals"]
    ]
    return "\n".join([*lines, table(rows, GAP)])


def _verdict(goal: Mapping[str, Any]) -> str:
    return _("reached") if goal["holds"] else _("missed")


def _written(part: Mapping[str, Any]) -> list[str]:
    return [_figure(part[name]) for name in ("ap50", "ap30")]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _read(data: Path, split: str) -> list[Picture]:
    """Raises `FusiformError` where there are no labels, or they are of another form."""
    try:
        return read_split(data, split)
    except OSError as error:
        why = reason(error)
        raise FusiformError(f"{error.filename}: {why.en}.", f"{error.filename}：{why.ja}。") from error


def _measured(pictures: Sequence[Picture], data: Path, tick: Any) -> dict[str, Any]:
    detector = find("cnn-faces")
    threshold = float(detector.parameters.spec("threshold").default)
    reference = _reference(data)
    with closing(FaceFinder(weights(OURS), "cpu")) as ours:
        mine = _figures(ours, pictures, threshold, tick)
        tilts = list(_tilts(ours, pictures, threshold, tick))
    theirs = None
    if reference:
        with closing(FaceFinder(reference, "cpu")) as other:
            theirs = _figures(other, pictures, REFERENCE_THRESHOLD, tick)
    detectors = [(OURS, mine)] + ([(REFERENCE, theirs)] if theirs else [])
    return {
        "data": str(data),
        "pictures": len(pictures),
        "faces": sum(int((~picture.ignored).sum()) for picture in pictures),
        "detectors": [
            {"name": name, "figures": [_plain(made) for made in by_side.values()]}
            for name, by_side in detectors
        ],
        "tilt": [_angle(ours, cascade) for ours, cascade in tilts],
        "goals": [_goal(goal) for goal in goals(mine, theirs, [ours for ours, _cascade in tilts])],
    }


def _reference(data: Path) -> Path | None:
    """The reference's file: fetched, or lying beside the pictures; none where there is none."""
    try:
        return weights(REFERENCE)
    except ModelError:
        return reference_in(data, REFERENCE)


def _figures(
    finder: FaceFinder, pictures: Sequence[Picture], threshold: float, tick: Any
) -> dict[int, Figures]:
    made = {}
    for side in SIDES:
        found = []
        for picture in pictures:
            answer = finder.find(picture.image(), FLOOR, side)
            found.append(np.concatenate([answer.boxes, answer.scores[:, None]], 1).astype(np.float32))
            tick(1)
        made[side] = figures(pictures, found, side, threshold)
    return made


def _tilts(
    finder: FaceFinder, pictures: Sequence[Picture], threshold: float, tick: Any
) -> Iterator[tuple[Tilt, Tilt]]:
    upright = _cascade()

    def ours(image: Image) -> Boxes:
        boxes: Boxes = finder.find(image, threshold, max(SIDES)).boxes
        return boxes

    for here, cascade in tilted(pictures, upright, (ours, upright)):
        yield here, cascade
        tick(len(pictures))


def _cascade() -> Find:
    """The frontal face with the lecture's settings, on the picture as it is stored."""
    kind = find(CASCADE)
    pipeline = kind()
    parameters = kind.parameters().changed(minimum_size=0, long_side=MOST_SIDE)

    def found(image: NDArray[np.uint8]) -> Boxes:
        result = pipeline.process(Frame.of(image, 0, 0.0), parameters)
        boxes = [mark.box for mark in result.marks if isinstance(mark, Box)]
        return np.array(boxes, np.float32).reshape(-1, 4)

    return found


def _plain(made: Figures) -> dict[str, Any]:
    """What is not a number becomes `null`, which JSON knows."""
    return {name: _known(value) for name, value in msgspec.to_builtins(made).items()}


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(part) for name, part in value.items()}
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 4)


def _angle(ours: Tilt, cascade: Tilt) -> dict[str, Any]:
    shares = {OURS: _number(ours.share), CASCADE: _number(cascade.share)}
    return {"degrees": ours.degrees, "faces": ours.faces, **shares}


def _goal(goal: Goal) -> dict[str, Any]:
    limit = f"{goal.sense} {goal.limit:.3f}"
    return {"goal": goal.name, "value": _number(goal.value), "limit": limit, "holds": goal.holds}
