"""How well a classifier names what it sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast, get_args

import click
import numpy as np
from msgspec import to_builtins

from desktop.commands.columns import GAP, table
from desktop.commands.measuring.goals import as_json, described_goals
from desktop.commands.measuring.task import Task
from desktop.language import N_, _, current
from models.classifiers import Classifier, classifiers
from models.evaluation.answers import Answers, Look
from models.evaluation.camera import CAMERAS
from models.evaluation.canvas import drawn
from models.evaluation.examples import Examples, Split, read_examples
from models.evaluation.naming import Accuracy, accuracy, goals

PLAIN = "plain"
TITLES = {
    PLAIN: N_("as they are"),
    "blurred": N_("blurred"),
    "dim": N_("dim"),
    "noisy": N_("noisy"),
    "poor": N_("all three"),
    "drawn": N_("on a canvas"),
}


def task(name: str, onnx: Path, data: Path, split: str | None) -> Task:
    """The classifier in `onnx` on these pictures, and on the same as worse cameras would have taken them.

    Raises:
        FusiformError: the pictures or the network cannot be read.
    """
    known = classifiers()[name]
    chosen = _split(split, known)
    examples = read_examples(known, data, chosen)
    answers, looks = Answers(onnx, known), _looks(known)
    told = {"network": name, "data": str(data), "split": chosen, "pictures": len(examples.classes)}

    def run(tick: Callable[[int], object]) -> dict[str, Any]:
        found = {look: _found(answers, examples, known, looks[look], tick) for look in looks}
        return {
            **told,
            "classes": [{"name": key, **words._asdict()} for key, words in known.classes.items()],
            "figures": {look: _plain(one) for look, one in found.items()},
            "goals": [as_json(goal) for goal in goals(name, found[PLAIN])],
        }

    return Task(len(examples.classes) * len(looks), run, described)


def _split(asked: str | None, known: Classifier) -> Split:
    if asked is None:
        return "test" if known.picture.fit == "centred" else "val"
    for split in get_args(Split):
        if asked == split:
            return cast(Split, split)
    raise click.BadParameter(_("There are train, val and test."), param_hint="--split")


def described(measured: Mapping[str, Any]) -> str:
    """The figures as a person reads them."""
    figures = measured["figures"]
    head = ["", *(_(TITLES[look]) for look in figures)]
    rows = [head, [_("all"), *(_share(one["accuracy"]) for one in figures.values())]]
    for kind in measured["classes"]:
        shares = [_share(one["by_class"][kind["name"]]) for one in figures.values()]
        rows.append([kind[current()], *shares])
    lines = [_("{pictures} pictures").format(**measured), "", table(rows, GAP)]
    lines += ["", _("What (rows) was taken for what (columns)")]
    lines.append(_confusion(measured["classes"], figures[PLAIN]["confusion"]))
    return "\n".join([*lines, *described_goals(measured["goals"])])


def _looks(known: Classifier) -> dict[str, Look]:
    looks: dict[str, Look] = {PLAIN: lambda picture, _number: picture, **CAMERAS}
    return looks | {"drawn": partial(drawn, known)} if known.picture.fit == "centred" else looks


def _found(
    answers: Answers, examples: Examples, known: Classifier, look: Look, tick: Callable[[int], object]
) -> Accuracy:
    said = answers.to(examples.pictures, look, tick)
    return accuracy(list(known.classes), examples.classes, said)


def _plain(found: Accuracy) -> dict[str, Any]:
    """What is not a number becomes `null`, which JSON knows."""
    by_class = {name: None if np.isnan(share) else round(share, 4) for name, share in found.by_class.items()}
    return {**to_builtins(found), "accuracy": round(found.accuracy, 4), "by_class": by_class}


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"


def _confusion(classes: Sequence[Mapping[str, str]], counts: Sequence[Sequence[int]]) -> str:
    """Columns are known by their numbers: names would be too wide."""
    numbers = [f"{number}" for number in range(len(classes))]
    width = max(len(f"{count}") for row in counts for count in row)
    rows = [["", *(number.rjust(width) for number in numbers)]]
    for number, kind, row in zip(numbers, classes, counts, strict=True):
        words = kind[current()]
        label = number if words == number else f"{number} {words}"
        rows.append([label, *(f"{count or '·'}".rjust(width) for count in row)])
    return table(rows, GAP)
