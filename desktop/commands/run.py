"""`fusiform run`: the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from desktop.commands.choice import distort_option, known, name_and_values, parameters_of
from desktop.commands.options import Command, Option
from desktop.language import N_, _
from desktop.log import keep_log
from desktop.system import complaint, display_available, missing_libraries
from models.errors import FusiformError
from pipelines.distortions import Distortions
from pipelines.scene import MOST_LANES, LaneScene, Layout, Scene, read_scene
from pipelines.sources.address import open_source

TOUR = Path("tour")
"""Where the pictures go where there is no screen to open a window on."""


def lanes(_ctx: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> tuple[LaneScene, ...]:
    """The callback of `--lane NAME[:key=value[,key=value…]]`."""
    if len(given) > MOST_LANES:
        raise click.BadParameter(_("There are four lanes at most."))
    return tuple(_lane(words) for words in given)


@click.command(cls=Command, help=N_("Open the window. What is not asked for is as it was last time."))
@click.option("--source", cls=Option, metavar=N_("ADDRESS"), help=N_("Where the pictures come from."))
@click.option(
    "--lane",
    "lanes",
    cls=Option,
    multiple=True,
    callback=lanes,
    metavar=N_("NAME[:key=value[,key=value…]]"),
    help=N_("A pipeline and its parameters; may be given four times."),
)
@click.option(
    "--scene",
    "scene_file",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("A scene: source, lanes and parameters."),
)
@click.option(
    "--layout", cls=Option, type=click.Choice(["1", "2", "4"]), help=N_("How many lanes are shown.")
)
@click.option(
    "--kiosk",
    "kiosk_file",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("The program as an exhibit, as this file says; “fusiform kiosk” looks after it as well."),
)
@click.option("--supervised", is_flag=True, hidden=True)
@click.option("--plain", is_flag=True, hidden=True)
@click.option("--rehearsed", type=click.Path(path_type=Path), hidden=True)
@distort_option
def command(
    source: str | None,
    lanes: tuple[LaneScene, ...],
    scene_file: Path | None,
    layout: str | None,
    distortions: Distortions | None,
    kiosk_file: Path | None,
    supervised: bool,
    plain: bool,
    rehearsed: Path | None,
) -> None:
    if kiosk_file:
        _exhibit(kiosk_file, supervised=supervised, plain=plain, rehearsed=rehearsed)
        return
    scene = read_scene(scene_file) if scene_file else None
    if lanes or layout:
        scene = _with(scene or Scene(), lanes, layout)
    if distortions:
        scene = replace(scene or Scene(), distortions=distortions)
    if missing := missing_libraries():
        text = complaint(missing)
        raise FusiformError(text.en, text.ja)
    opened = open_source(source) if source else None
    if not display_available():
        if opened:
            opened.close()
        _tour_instead()
        return
    from desktop.opening import Start
    from desktop.program import run

    run(Start(scene, opened, click.get_current_context().find_root().obj, scene_file))


def _exhibit(file: Path, *, supervised: bool, plain: bool, rehearsed: Path | None) -> None:
    """`rehearsed`: in a soak, which is always open and keeps what it writes in this folder."""
    from desktop.kiosk.check import read_scenes
    from desktop.kiosk.kiosk import Hours
    from desktop.kiosk.kiosk_file import plain_kiosk, read_kiosk

    if missing := missing_libraries():
        text = complaint(missing)
        raise FusiformError(text.en, text.ja)
    if supervised:
        keep_log("kiosk-window", rehearsed)
    kiosk = plain_kiosk(file) if plain else read_kiosk(file)
    if rehearsed:
        kiosk = replace(kiosk, counts=rehearsed, hours=Hours())
    scenes = read_scenes(kiosk)  # a broken one is told before a window opens
    from desktop.window.kiosk.program import run_kiosk

    status = run_kiosk(kiosk, scenes, supervised=supervised, rehearsed=bool(rehearsed))
    raise click.exceptions.Exit(status)


def _lane(words: str) -> LaneScene:
    name, values = name_and_values(words)
    pipeline = known(name, "--lane")
    return LaneScene(pipeline, parameters_of(pipeline, values, "--lane"))


def _with(scene: Scene, lanes: tuple[LaneScene, ...], layout: str | None) -> Scene:
    """The scene with the lanes and the layout of the command line; each counts more than the file."""
    shown = lanes or scene.lanes
    room: Layout = 1 if len(shown) < 2 else 2 if len(shown) == 2 else 4
    chosen: Layout = room if layout is None else 1 if layout == "1" else 2 if layout == "2" else 4
    return replace(scene, lanes=shown, layout=chosen)


def _tour_instead() -> None:
    """Without a screen: show what the window would have shown, as pictures."""
    sentence = _("There is no screen here: the tour runs without one and writes its pictures to {folder}.")
    from desktop.commands.tour import walk

    click.echo(sentence.format(folder=TOUR.resolve()))
    walk(TOUR)
