"""`fusiform tour`: every view of the window as pictures."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.options import Command, Option
from desktop.language import N_, current
from desktop.system import complaint, missing_libraries, without_screen
from models.errors import FusiformError


@click.command(
    cls=Command,
    help=N_("Walk through every view of the window and write a picture of each; needs no screen."),
)
@click.option(
    "--out",
    cls=Option,
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar=N_("FOLDER"),
    help=N_("Where the pictures and their list go."),
)
@click.option("--moving", cls=Option, is_flag=True, help=N_("Write a short moving picture as well."))
def command(out: Path, moving: bool) -> None:
    walk(out, moving=moving)


def walk(out: Path, *, moving: bool = False) -> None:
    """Write the tour and name each file. Raises `FusiformError`."""
    if missing := missing_libraries():
        text = complaint(missing)
        raise FusiformError(text.en, text.ja)
    without_screen()
    from desktop.tour.pictures import tour

    for path in tour(out, current(), moving=moving):
        click.echo(path)
