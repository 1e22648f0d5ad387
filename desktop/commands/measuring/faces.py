"""How well a face detector does, beside a reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.commands.columns import GAP, table
from desktop.commands.measuring.goals import as_json, described_goals, figure, number
from desktop.commands.measuring.task import Task
from desktop.commands.network import FACES
from desktop.language import _
from models.catalogue import weights
from models.detectors.finder import FaceFinder
from models.errors import ModelError
from models.evaluation.goals import goals
from models.evaluation.pictures import Boxes, Image, Picture, read_split
from models.evaluation.reference import reference_in
from models.evaluation.report import FLOOR, Figures, figures
from models.evaluation.tilt import ANGLES, Find, Tilt, tilted
from pipelines.frame import Frame
from pipelines.registry import find
from pipelines.result import Box

REFERENCE, CASCADE = "yunet-n", "haar-faces"
SIDES = (640, 320)
MOST_SIDE = 1920
REFERENCE_THRESHOLD = 0.6
"""What its authors use."""


def task(onnx: Path, data: Path, split: str | None) -> Task:
    """The detector in `onnx`, beside YuNet-n and a cascade.

    Raises:
        OSError, FusiformError: there are no labels, or they are of another form.
    """
    pictures = read_split(data, split or "val")
    steps = len(pictures) * (len(SIDES) * 2 + len(ANGLES))
    return Task(steps, lambda tick: _measured(onnx, pictures, data, tick), described)


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
    return "\n".join([*lines, *described_goals(measured["goals"])])


def _written(part: Mapping[str, Any]) -> list[str]:
    return [figure(part[name]) for name in ("ap50", "ap30")]


def _measured(
    onnx: Path, pictures: Sequence[Picture], data: Path, tick: Callable[[int], object]
) -> dict[str, Any]:
    detector = find("cnn-faces")
    threshold = float(detector.parameters.spec("threshold").default)
    reference = _reference(data)
    with closing(FaceFinder(onnx, "cpu")) as ours:
        mine = _figures(ours, pictures, threshold, tick)
        tilts = list(_tilts(ours, pictures, threshold, tick))
    theirs = None
    if reference:
        with closing(FaceFinder(reference, "cpu")) as other:
            theirs = _figures(other, pictures, REFERENCE_THRESHOLD, tick)
    detectors = [(FACES, mine)] + ([(REFERENCE, theirs)] if theirs else [])
    return {
        "data": str(data),
        "pictures": len(pictures),
        "faces": sum(int((~picture.ignored).sum()) for picture in pictures),
        "detectors": [
            {"name": name, "figures": [_plain(made) for made in by_side.values()]}
            for name, by_side in detectors
        ],
        "tilt": [
            {
                "degrees": ours.degrees,
                "faces": ours.faces,
                FACES: number(ours.share),
                CASCADE: number(haar.share),
            }
            for ours, haar in tilts
        ],
        "goals": [as_json(goal) for goal in goals(mine, theirs, [ours for ours, _haar in tilts])],
    }


def _reference(data: Path) -> Path | None:
    """The reference's file: fetched, or lying beside the pictures; none where there is none."""
    try:
        return weights(REFERENCE)
    except ModelError:
        return reference_in(data, REFERENCE)


def _figures(
    finder: FaceFinder, pictures: Sequence[Picture], threshold: float, tick: Callable[[int], object]
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
    finder: FaceFinder, pictures: Sequence[Picture], threshold: float, tick: Callable[[int], object]
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
    return number(value) if isinstance(value, float) else value
