"""`fusiform kiosk soak`: months of an exhibit in hours."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from desktop.commands.options import Argument, Command, Option
from desktop.language import N_, _
from desktop.log import keep_log
from desktop.system import display_available, without_screen
from models.errors import FusiformError

if TYPE_CHECKING:
    from desktop.kiosk.soak.life import Span
    from desktop.kiosk.soak.outcome import Outcome, Trial
    from desktop.kiosk.soak.schedule import Injection


@click.command(
    "soak",
    cls=Command,
    help=N_(
        "Drive the exhibit through touches, faults of the camera and of pipelines, kills, hangs, a disk that "
        "refuses, jumps of the clock and suspends, and say how it stood them.\n\n"
        "The window is the real one; its camera is made up."
    ),
)
@click.argument(
    "file",
    cls=Argument,
    type=click.Path(path_type=Path),
    metavar=N_("[FILE]"),
    required=False,
    help=N_("A kiosk file; without it a shipped one is taken."),
)
@click.option(
    "--hours",
    cls=Option,
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    help=N_("How long; from half an hour on the growth of the memory is measured as well."),
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
@click.option(
    "--out",
    cls=Option,
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar=N_("DIR"),
    help=N_("Keep the logs and the counts of the soak there."),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def soak(
    file: Path | None, hours: float, speed_up: float, seed: int | None, out: Path | None, as_json: bool
) -> None:
    from desktop.kiosk.check import read_scenes
    from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
    from desktop.kiosk.soak.soak import Soak

    kiosk = read_kiosk(file or SHIPPED / "edges.toml")
    read_scenes(kiosk)
    seed = random.randrange(1_000_000) if seed is None else seed
    if not display_available():
        click.echo(_("There is no screen here: the window paints into the memory."), err=True)
        without_screen()
    with _folder(out) as folder:
        keep_log("kiosk", folder)
        found = Soak(kiosk, folder, hours, speed_up=speed_up, seed=seed, tell=_tell).run()
    if as_json:
        told = {"seed": seed, "speed_up": speed_up, **msgspec.to_builtins(found)}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for line in _lines(found):
            click.echo(line)
    if not found.holds:
        missed = ", ".join(
            name for name, is_reached in msgspec.to_builtins(found.goals).items() if is_reached is False
        )
        raise FusiformError(
            f"The exhibit did not stand it ({missed}; seed {seed}). "
            "“--out” keeps the logs of another soak with this seed.",
            f"展示は耐えられませんでした（{missed}、シード {seed}）。"
            "同じシードで「--out」を付けると、ログが残ります。",
        )


def _tell(injection: Injection, trial: Trial) -> None:
    words = (
        _("{fault}: survived; {s} s without a picture, back after {b} s")
        if trial.survived
        else _("{fault}: NOT survived; {s} s without a picture, back after {b} s")
    )
    figures = {"s": f"{trial.without_picture:.1f}", "b": f"{trial.back_after:.1f}"}
    click.echo(words.format(fault=injection.name, **figures), err=True)


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    if out:
        out.mkdir(parents=True, exist_ok=True)
        yield out.resolve()
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # the log is open
        yield Path(folder)


def _lines(found: Outcome) -> Iterator[str]:
    yield _("Faults survived: {n} of {all}").format(n=found.survived, all=found.brought)
    if found.left_out:
        yield _("Cannot be brought on this system: {names}").format(names=", ".join(found.left_out))
    yield _("Longest time without a live picture: {s} s").format(s=f"{found.longest_without_picture:.1f}")
    yield _("Longest time from the end of a fault to the camera's own picture: {s} s").format(
        s=f"{found.longest_back_after:.1f}"
    )
    yield _("Restarts: {n} by faults that end the window, {others} others").format(
        n=found.restarts.meant, others=len(found.restarts.others)
    )
    yield from found.restarts.others
    if found.plain_seconds:
        yield _("Only the plain station was shown for {s} s").format(s=f"{found.plain_seconds:.0f}")
    if found.megabytes_an_hour is None:
        yield _("Memory: the soak was too short to tell whether it grows")
    else:
        yield _("Memory: {n} MB an hour").format(n=f"{found.megabytes_an_hour:+.2f}")
    yield _("Handles: {low} to {high}").format(low=found.handles.fewest, high=found.handles.most) + _risen(
        found.handles
    )
    yield _("Threads: {low} to {high}").format(low=found.threads.fewest, high=found.threads.most) + _risen(
        found.threads
    )


def _risen(numbers: Span) -> str:
    return "" if numbers.growth is None else _(" (risen by {n})").format(n=f"{numbers.growth:g}")
