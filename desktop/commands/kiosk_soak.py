"""`fusiform kiosk soak`: months of an exhibit in hours."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import click
from msgspec.structs import asdict, replace

from desktop.commands.options import Command, Option
from desktop.language import N_, _
from models.errors import FusiformError

GROWTH = 1.0
"""Megabytes an hour that it may grow after the first ten minutes."""


@click.command(
    "soak",
    cls=Command,
    help=N_(
        "Drive the exhibit through touches, faults of the camera and of pipelines, kills, hangs, a disk that "
        "refuses, jumps of the clock and suspends, and say how it stood them."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", required=False)
@click.option(
    "--hours", cls=Option, type=click.FloatRange(0, min_open=True), default=1.0, help=N_("How long.")
)
@click.option(
    "--speed-up",
    cls=Option,
    type=click.FloatRange(1, 100),
    default=1.0,
    help=N_("So many times as many touches and faults."),
)
@click.option(
    "--seed", cls=Option, type=int, default=None, help=N_("The same number brings the same faults.")
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def soak(file: Path | None, hours: float, speed_up: float, seed: int | None, as_json: bool) -> None:
    from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
    from desktop.kiosk.soak.soak import Soak

    kiosk = read_kiosk(file or SHIPPED / "edges.toml")
    seed = random.randrange(1_000_000) if seed is None else seed
    with tempfile.TemporaryDirectory() as folder:
        kiosk = replace(kiosk, counts=Path(folder))
        found = Soak(kiosk, hours, speed_up, seed, lambda words: click.echo(words, err=True)).run()
    holds = found.holds and (found.megabytes_an_hour is None or found.megabytes_an_hour <= GROWTH)
    if as_json:
        click.echo(json.dumps({**asdict(found), "seed": seed, "holds": holds}, indent=2))
    else:
        click.echo(_said(found.survived, sum(found.faults.values()), found.longest_without_picture))
        click.echo(_("restarts: {n}").format(n=found.restarts))
        if found.megabytes_an_hour is not None:
            click.echo(_("growth: {n} MB an hour").format(n=f"{found.megabytes_an_hour:.2f}"))
        click.echo(
            _("handles {low} to {high}, threads {few} to {many}").format(
                low=found.handles[0], high=found.handles[1], few=found.threads[0], many=found.threads[1]
            )
        )
    if not holds:
        raise FusiformError(
            f"The exhibit did not stand it (seed {seed}).", f"展示は耐えられませんでした（シード {seed}）。"
        )


def _said(survived: int, faults: int, seconds: float) -> str:
    return _("{n} of {all} faults survived; longest without a live picture: {s} s").format(
        n=survived, all=faults, s=f"{seconds:.1f}"
    )
