"""`fusiform bench`: how fast it is here, against what one would use instead."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from desktop.bench.case import FULL, QUICK, Case, Row
from desktop.bench.cases import chosen, every_case, rows_of
from desktop.bench.machine import describe
from desktop.commands.columns import table
from desktop.commands.options import Argument, Command, Option
from desktop.language import N_, _


@click.command(
    cls=Command,
    help=N_(
        "Measure the speed on this machine. Each case and what it is compared with take turns; "
        "medians are shown."
    ),
)
@click.argument(
    "patterns",
    cls=Argument,
    nargs=-1,
    metavar=N_("[CASE]…"),
    help=N_("Only these; * stands for anything, as in pipeline/*."),
)
@click.option(
    "--quick", cls=Option, is_flag=True, help=N_("Minutes instead of a quarter of an hour; less sure.")
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def command(patterns: tuple[str, ...], quick: bool, as_json: bool) -> None:
    cases = _chosen(patterns)
    machine = describe()
    rows: list[Row] = []
    for number, case in enumerate(cases, 1):
        _tell(f"{number}/{len(cases)} {case.name}")
        rows += rows_of(case, QUICK if quick else FULL)
    _tell("")
    if as_json:
        click.echo(json.dumps([row.as_json(machine) for row in rows], ensure_ascii=False, indent=2))
    else:
        click.echo(listed(rows, machine))


def listed(rows: Sequence[Row], machine: str) -> str:
    """The rows as a person reads them, and under them the machine."""
    head = [_("case"), _("measured"), _("reference"), _("ratio"), _("goal"), ""]
    return "\n".join((table([head, *(_cells(row) for row in rows)]), "", machine))


def _cells(row: Row) -> list[str]:
    if row.skipped is not None:
        return [row.case, "–", "", "", "", _("skipped: {reason}").format(reason=row.skipped)]
    return [
        row.case,
        _figure(row.value, row.unit),
        _figure(row.reference, row.unit),
        _figure(row.ratio),
        str(row.goal or ""),
        "" if row.holds is None else _("holds") if row.holds else _("does not hold"),
    ]


def _figure(value: float | None, unit: str = "") -> str:
    """Three digits that count."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f} {unit}".rstrip()


def _chosen(patterns: Sequence[str]) -> list[Case]:
    known = every_case()
    try:
        return chosen(known, patterns)
    except KeyError as unknown:
        sentence = _("there is no case {name!r}; there are: {names}.")
        raise click.BadParameter(
            sentence.format(name=unknown.args[0], names=", ".join(known)), param_hint=_("CASE")
        ) from None


def _tell(words: str) -> None:
    """Progress, on a terminal only: one line that is written over."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{words}", err=True, nl=False)
