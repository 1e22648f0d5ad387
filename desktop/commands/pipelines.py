"""`fusiform pipelines`: which pipelines there are and what can be set."""

from __future__ import annotations

import json
from typing import Any

import click

from desktop.commands.choice import known
from desktop.commands.columns import GAP, table, wrapped
from desktop.commands.options import Argument, Command, Option
from desktop.language import N_, _, say
from models.text import Text
from pipelines.parameters import Spec
from pipelines.registry import AnyPipeline, discover

WIDTH = 96


@click.command(cls=Command, help=N_("List the pipelines; with names, explain these and their parameters."))
@click.argument(
    "names", cls=Argument, nargs=-1, metavar=N_("[NAME]…"), help=N_("Only these, with their parameters.")
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def command(names: tuple[str, ...], as_json: bool) -> None:
    chosen = [known(name) for name in names] or list(discover().values())
    if as_json:
        click.echo(json.dumps([described(pipeline) for pipeline in chosen], ensure_ascii=False, indent=2))
    elif names:
        click.echo("\n\n".join(map(explained, chosen)))
    else:
        click.echo(table([_row(pipeline) for pipeline in chosen]))


def described(pipeline: type[AnyPipeline]) -> dict[str, Any]:
    """The pipeline as other people's scripts read it."""
    reason = pipeline.reason_unavailable()
    return {
        "name": pipeline.name,
        "title": pipeline.title._asdict(),
        "explanation": pipeline.explanation._asdict(),
        "kind": pipeline.kind,
        "available": reason is None,
        "reason": None if reason is None else say(reason),
        "parameters": [_parameter(spec) for spec in pipeline.parameters.specs()],
    }


def explained(pipeline: type[AnyPipeline]) -> str:
    """The pipeline as a person reads it: what it shows, and what can be set how."""
    lines = [f"{pipeline.name}{GAP}{say(pipeline.title)}", *wrapped(say(pipeline.explanation), WIDTH)]
    if reason := pipeline.reason_unavailable():
        lines += wrapped(say(reason), WIDTH)
    specs = pipeline.parameters.specs()
    return "\n".join([*lines, *([table([_knob(spec) for spec in specs], GAP)] if specs else [])])


def _row(pipeline: type[AnyPipeline]) -> list[str]:
    kind = _("classic") if pipeline.kind == "classic" else _("neural")
    reason = pipeline.reason_unavailable()
    return [pipeline.name, say(pipeline.title), kind, "" if reason is None else say(reason)]


def _knob(spec: Spec) -> list[str]:
    default = "true" if spec.default is True else "false" if spec.default is False else str(spec.default)
    return [f"{spec.name}={default}", _allowed(spec), say(spec.knob.title)]


def _allowed(spec: Spec) -> str:
    if spec.choices:
        return " | ".join(spec.choices)
    if spec.kind == "bool":
        return "true | false"
    return f"{spec.knob.minimum:g} … {spec.knob.maximum:g} {spec.knob.unit}".rstrip()


def _parameter(spec: Spec) -> dict[str, Any]:
    knob = spec.knob
    title: Text = knob.title
    return {
        "name": spec.name,
        "type": spec.kind,
        "default": spec.default,
        "minimum": knob.minimum,
        "maximum": knob.maximum,
        "choices": list(spec.choices) or None,
        "unit": knob.unit or None,
        "title": title._asdict(),
    }
