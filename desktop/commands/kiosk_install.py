"""`fusiform kiosk install`: start the exhibit with the machine, or no longer."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from desktop.commands.options import Argument, Command, Option
from desktop.kiosk.autostart.autostart import Autostart
from desktop.kiosk.autostart.piece import File, Piece
from desktop.kiosk.autostart.program import this_program
from desktop.kiosk.autostart.systems import SYSTEMS, System, autostart_of, this_system
from desktop.language import N_, _, say
from models.errors import FusiformError

NAMES: dict[System, str] = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}


@click.command(
    "install", cls=Command, help=N_("Start the exhibit with the machine; shows first what it would write.")
)
@click.argument(
    "file",
    cls=Argument,
    type=click.Path(path_type=Path),
    required=False,
    metavar=N_("FILE"),
    help=N_("The kiosk file, or the name of a shipped one; not needed with --remove."),
)
@click.option(
    "--system", cls=Option, type=click.Choice(SYSTEMS), help=N_("For which system; without it, this one.")
)
@click.option("--yes", is_flag=True, cls=Option, help=N_("Write without asking."))
@click.option("--remove", is_flag=True, cls=Option, help=N_("Take back what was written."))
def install(file: Path | None, system: System | None, yes: bool, remove: bool) -> None:
    chosen = system or this_system()
    if remove:
        _remove(chosen, yes=yes)
    elif file is None:
        raise click.UsageError(_("It needs a kiosk file."))
    else:
        _install(file, chosen, yes=yes)


def _install(file: Path, system: System, *, yes: bool) -> None:
    from desktop.kiosk.kiosk_file import read_kiosk  # reading scenes is slow to import

    kiosk = read_kiosk(file)
    for warning in kiosk.warnings:
        click.echo(say(warning), err=True)
    if kiosk.pin is None:
        click.echo(_("This kiosk has no PIN: nobody leaves it by the screen."), err=True)
    command = this_program().command(kiosk.path)
    autostart = autostart_of(system, command)
    _show(_("This command is started:"), [_command_line(system, command)])
    if not (unwritten := autostart.unwritten()):
        click.echo(_("Everything is in its place already."))
    else:
        _show_content(unwritten)
        if not autostart.changed():
            _ask(_("Write this?"), yes=yes)
        autostart.write()
        click.echo(_("Written."))
    _tell_foreign(system)
    _show(_to_start(system), autostart.start)


def _remove(system: System, *, yes: bool) -> None:
    autostart = autostart_of(system, ("",))
    if written := autostart.written():
        _show(_("This is removed:"), [str(piece.path) for piece in written])
        _ask(_("Remove this?"), yes=yes)
    others = autostart.changed()
    autostart.remove()
    _show_end(system, autostart, taken=bool(written))
    if others:
        paths = ", ".join(str(piece.path) for piece in others)
        raise FusiformError(
            f"{paths} has been changed since it was written, and stays; remove it by hand.",
            f"{paths} は書き込んだあとで変更されているため残しました。必要なら手で削除してください。",
        )


def _show_end(system: System, autostart: Autostart, *, taken: bool) -> None:
    if taken:
        click.echo(_("Removed."))
        _show(_to_stop(system), autostart.stop)
    else:
        click.echo(_("There is nothing to remove."))


def _show(heading: str, lines: Iterable[str]) -> None:
    click.echo(heading)
    for line in lines:
        click.echo(f"  {line}")


def _show_content(pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, File):
            _show(_("{path} gets this content:").format(path=piece.path), piece.text.splitlines())
        else:
            click.echo(_("{path} becomes a link to {target}").format(path=piece.path, target=piece.target))


def _ask(question: str, *, yes: bool) -> None:
    """Raises `FusiformError`: the person does not agree, or nobody is there to answer."""
    try:
        agreed = yes or click.confirm(question)
    except click.Abort:
        click.echo()
        agreed = False
    if not agreed:
        raise FusiformError(
            "Nothing was changed; with --yes it is done without asking.",
            "何も変更していません。--yes を付けると確認なしで実行します。",
        )


def _command_line(system: System, command: Sequence[str]) -> str:
    return subprocess.list2cmdline(command) if system == "windows" else shlex.join(command)


def _tell_foreign(system: System) -> None:
    if system != this_system():
        sentence = _(
            "This machine is no {system}: the command above is this machine's own, and not for another."
        )
        click.echo(sentence.format(system=NAMES[system]), err=True)


def _to_start(system: System) -> str:
    if system == "windows":
        return _("Windows learns of it by the first of these commands; the second starts it now:")
    return _("It starts when you log in next. These commands start it now:")


def _to_stop(system: System) -> str:
    if system == "windows":
        return _("The first of these commands ends what still runs; by the second Windows forgets it:")
    return _("What still runs ends with the session. These commands end it now:")
