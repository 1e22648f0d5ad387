"""`fusiform detect`: what a detector finds in pictures and videos, a line for each frame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from desktop.commands.choice import detector, parameters_of, paths_argument, set_option
from desktop.commands.columns import GAP, table
from desktop.commands.files import File, destinations, files_of, frames_of
from desktop.commands.options import Argument, Command, Option
from desktop.commands.results import folder_at, kept
from desktop.commands.worker import Worker
from desktop.language import N_, _, say
from models.errors import FusiformError
from pipelines.frame import Frame
from pipelines.result import Box, Result


@click.command(cls=Command, help=N_("Find things in pictures, folders of pictures, or videos."))
@click.argument("name", cls=Argument, metavar=N_("NAME"), help=N_("A pipeline that detects."))
@paths_argument
@set_option
@click.option(
    "--json", "as_json", cls=Option, is_flag=True, help=N_("Print a JSON object a line, nothing else.")
)
@click.option(
    "--out",
    cls=Option,
    metavar=N_("DIR"),
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Also write each picture or video there, with what was found drawn in."),
)
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    paths: tuple[str, ...],
    words: dict[str, str],
    as_json: bool,
    out: Path | None,
) -> None:
    pipeline = detector(name)
    parameters = parameters_of(pipeline, words)
    files = files_of(paths)
    places = destinations(files, folder_at(out)) if out else [None] * len(files)
    failed = False
    with Worker(pipeline, parameters) as worker:
        for file, place in zip(files, places, strict=True):
            try:
                _detect(worker, file, place, as_json)
            except FusiformError as error:
                failed = True
                _tell_failure(file, say(error.text), as_json)
    ctx.exit(1 if failed else 0)


def found_in(file: File, number: int, frame: Frame, result: Result, milliseconds: float) -> dict[str, Any]:
    """One frame's detections as other people's scripts read them, in pixels of the frame."""
    width, height = frame.size
    across, down = width / result.picture.shape[1], height / result.picture.shape[0]
    return {
        "file": file.name,
        **({"frame": number} if file.kind == "video" else {}),
        "width": width,
        "height": height,
        "milliseconds": round(milliseconds, 2),
        "detections": [_detection(box, across, down) for box in _boxes(result)],
    }


def _boxes(result: Result) -> list[Box]:
    return [mark for mark in result.marks if isinstance(mark, Box) and mark.found]


def _detection(mark: Box, across: float, down: float) -> dict[str, Any]:
    x, y, width, height = map(float, mark.box)
    return {
        "label": mark.label,
        "score": None if mark.score is None else round(float(mark.score), 4),
        "box": [round(side, 1) for side in (x * across, y * down, width * across, height * down)],
        **({} if mark.identity is None else {"identity": mark.identity}),
    }


def _detect(worker: Worker, file: File, place: Path | None, as_json: bool) -> None:
    with frames_of(file) as frames, kept(place, frames.rate) as keep:
        if file.kind == "video":
            worker.begin()
        for number, (frame, seconds) in enumerate(frames.timed):
            result, milliseconds = worker.process(frame)
            found = found_in(file, number, frame, result, milliseconds)
            click.echo(json.dumps(found, ensure_ascii=False) if as_json else described(found, result))
            keep(result, seconds)
    if place and not as_json:
        click.echo(f"→ {place}")


def described(found: dict[str, Any], result: Result) -> str:
    """One frame's detections as a person reads them."""
    place = found["file"] + (f" #{found['frame']}" if "frame" in found else "")
    count = _("{n} found").format(n=len(found["detections"]))
    size = f"{found['width']} × {found['height']}"
    head = GAP.join([place, size, count, f"{found['milliseconds']:.1f} ms"])
    titles = [_titled(mark) for mark in _boxes(result)]
    rows = [_row(*each) for each in zip(titles, found["detections"], strict=True)]
    return "\n".join([head, table(rows, GAP)] if rows else [head])


def _titled(mark: Box) -> str:
    title = mark.label if mark.title is None else say(mark.title)
    return title if mark.identity is None else f"#{mark.identity} {title}"


def _row(title: str, detection: dict[str, Any]) -> list[str]:
    x, y, width, height = detection["box"]
    score = "–" if detection["score"] is None else f"{detection['score']:.2f}"
    return [title, score, f"({x:g}, {y:g})", f"{width:g} × {height:g}"]


def _tell_failure(file: File, sentence: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"file": file.name, "error": sentence}, ensure_ascii=False))
    click.echo(f"{file.name}: {sentence}", err=True)
