"""`fusiform kiosk`: the program as an exhibit."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from desktop import language
from desktop.commands.kiosk_install import install
from desktop.commands.kiosk_soak import soak
from desktop.commands.options import Argument, Command, Translated, behind_language
from desktop.language import N_, _, say
from desktop.log import keep_log
from desktop.packed import own_command
from models.errors import FusiformError
from models.text import Text

F = TypeVar("F", bound=Callable[..., Any])


class KioskGroup(Command, click.Group):
    """`fusiform kiosk FILE` means `fusiform kiosk run FILE`; nothing at all means that help is wanted."""

    subcommand_metavar = Translated()  # type: ignore[assignment]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = behind_language(args)
        if at == len(args):
            args = [*args, "--help"]
        elif at < len(args) and not args[at].startswith("-") and args[at] not in self.commands:
            args = [*args[:at], "run", *args[at:]]
        return super().parse_args(ctx, args)


command = KioskGroup(
    "kiosk",
    help=N_("The program as an exhibit that looks after itself: FILE says what it shows, and when."),
    epilog=N_(
        "“fusiform kiosk FILE” means “fusiform kiosk run FILE”. "
        "Three come with the program: faces, edges and network."
    ),
    subcommand_metavar=N_("FILE | COMMAND …"),
)
command.add_command(install)
command.add_command(soak)


def file_argument(decorated: F) -> F:
    return click.argument(
        "file",
        cls=Argument,
        metavar=N_("FILE"),
        type=click.Path(path_type=Path),
        help=N_("A kiosk file, or the name of one that comes with the program: edges, faces or network."),
    )(decorated)


@command.command("run", cls=Command, help=N_("Run the exhibit of a kiosk file until it is told to stop."))
@file_argument
def run(file: Path) -> None:
    _check_beside(file)
    from desktop.kiosk.kiosk_file import read_kiosk
    from desktop.kiosk.supervisor import Supervisor

    keep_log("kiosk")
    supervisor = Supervisor(read_kiosk(file), tell=_tell)
    signals: list[int] = []

    def stop(number: int, _frame: object) -> None:
        signals.append(number)
        supervisor.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    supervisor.run()
    if signals:  # whoever starts it anew must not take this for the staff's leaving
        raise click.exceptions.Exit(128 + signals[0])


def _tell(text: Text) -> None:
    """Who started it may have closed the terminal since."""
    with contextlib.suppress(OSError, ValueError):
        click.echo(say(text), err=True)


@command.command(
    "check",
    cls=Command,
    help=N_("Read a kiosk file with all that it names, and say what is wrong, and in which line."),
)
@file_argument
def check(file: Path) -> None:
    from desktop.kiosk.check import warnings_of
    from desktop.kiosk.kiosk_file import read_kiosk

    kiosk = read_kiosk(file)
    for warning in warnings_of(kiosk):
        click.echo(say(warning), err=True)
    click.echo(_("{file} is in order. Stations: {n}").format(file=kiosk.path.name, n=len(kiosk.stations)))


@command.command(
    "pin",
    cls=Command,
    help=N_(
        "Ask for the PIN with which the staff leaves the exhibit, and print the line for the kiosk file, "
        "which does not tell it.\n\nWhere nobody can be asked, it is read from standard input."
    ),
)
def pin() -> None:
    from desktop.kiosk.pin import hashed, is_pin

    chosen = _asked() if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not is_pin(chosen):
        raise FusiformError(
            "A PIN has 4 to 12 digits from 0 to 9; choose such a one.",
            "PIN は 0〜9 の数字 4〜12 桁です。そのような PIN を選んでください。",
        )
    click.echo(f'pin = "{hashed(chosen)}"')
    click.echo(_("Put this line at the top of the kiosk file, above the first [table]."), err=True)


def _asked() -> str:
    again = _("The same once more")
    answer: str = click.prompt(
        _("PIN (4 to 12 digits)"), hide_input=True, confirmation_prompt=again, err=True
    )
    return answer


def _check_beside(file: Path) -> None:
    """`fusiform kiosk check` in a process of its own, for this one is to stay small; where it finds something
    it has said so, and this process ends as that one."""
    words = ["--lang", language.current(), "kiosk", "check", "--", str(file)]
    checked = subprocess.run([*own_command(), *words], stdout=subprocess.DEVNULL, check=False)
    if checked.returncode:
        raise click.exceptions.Exit(checked.returncode)
