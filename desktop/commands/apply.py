"""`fusiform apply`: any pipeline over pictures and videos, its results as pictures and videos."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from desktop.commands.choice import distort_option, known, parameters_of, paths_argument, set_option
from desktop.commands.files import File, destinations, files_of, frames_of
from desktop.commands.options import Argument, Command, Option
from desktop.commands.results import folder_at, kept
from desktop.commands.worker import Worker
from desktop.language import N_, say
from models.errors import FusiformError
from pipelines.distortions import Distortions


@click.command(cls=Command, help=N_("Send pictures, folders of pictures, or videos through a pipeline."))
@click.argument("name", cls=Argument, metavar=N_("NAME"), help=N_("Any pipeline."))
@paths_argument
@click.option(
    "--out",
    cls=Option,
    required=True,
    metavar=N_("DIR"),
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Where the results go: PNG pictures and MP4 videos."),
)
@set_option
@distort_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    paths: tuple[str, ...],
    out: Path,
    words: dict[str, str],
    distortions: Distortions | None,
) -> None:
    pipeline = known(name)
    parameters = parameters_of(pipeline, words)
    files = files_of(paths)
    failed = False
    with Worker(pipeline, parameters, distortions) as worker:
        for file, place in zip(files, destinations(files, folder_at(out)), strict=True):
            try:
                _apply(worker, file, place)
                click.echo(f"{file.name} → {place}")
            except FusiformError as error:
                failed = True
                click.echo(f"{file.name}: {say(error.text)}", err=True)
    ctx.exit(1 if failed else 0)


def _apply(worker: Worker, file: File, place: Path) -> None:
    """The whole of one file; a video shows how far it is where somebody looks on."""
    looked_at = file.kind == "video" and sys.stderr.isatty()
    with frames_of(file) as frames, kept(place, frames.rate) as keep:
        if file.kind == "video":
            worker.begin()
        with click.progressbar(
            length=frames.length, label=file.path.name, file=sys.stderr, hidden=not looked_at
        ) as bar:
            for frame, seconds in frames.timed:
                result, _milliseconds = worker.process(frame)
                keep(result, seconds)
                bar.update(1)
