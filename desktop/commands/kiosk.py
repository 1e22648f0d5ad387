"""`fusiform kiosk`: the program as an exhibit."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path

import click

from desktop.commands.kiosk_install import install
from desktop.commands.kiosk_soak import soak
from desktop.commands.options import Command, Option
from desktop.language import N_, _, say
from desktop.log import keep_log
from models.errors import FusiformError
from models.text import Text


class KioskGroup(Command, click.Group):
    """`fusiform kiosk FILE` means `fusiform kiosk run FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["run", *args]
        return super().parse_args(ctx, args)


command = KioskGroup(
    "kiosk",
    help=N_("The program as an exhibit that looks after itself: FILE says what it shows and when."),
)
FILE = click.Path(path_type=Path)
command.add_command(install)
command.add_command(soak)


@command.command("run", cls=Command, help=N_("Run the exhibit of a kiosk file until it is told to stop."))
@click.argument("file", type=FILE, metavar="FILE")
def run(file: Path) -> None:
    from desktop.kiosk.kiosk_file import read_kiosk
    from desktop.kiosk.supervisor import Supervisor

    kiosk = read_kiosk(file)
    for warning in kiosk.warnings:
        click.echo(say(warning), err=True)
    keep_log("kiosk")
    supervisor = Supervisor(kiosk, tell=_tell)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: supervisor.stop())
    supervisor.run()


def _tell(text: Text) -> None:
    """Who started it may have closed the terminal since."""
    with contextlib.suppress(OSError, ValueError):
        click.echo(say(text), err=True)


@command.command(
    "check", cls=Command, help=N_("Read a kiosk file and every scene of it, and say what is wrong.")
)
@click.argument("file", type=FILE, metavar="FILE")
def check(file: Path) -> None:
    from desktop.kiosk.kiosk_file import read_kiosk

    kiosk = read_kiosk(file)
    for warning in kiosk.warnings:
        click.echo(say(warning), err=True)
    click.echo(_("{file} is in order: {n} stations.").format(file=file.name, n=len(kiosk.stations)))


@command.command("pin", cls=Command, help=N_("Ask for a PIN and print what stands for it in a kiosk file."))
@click.option(
    "--pin", cls=Option, prompt=True, hide_input=True, confirmation_prompt=True, help=N_("4 to 12 digits.")
)
def pin(pin: str) -> None:
    from desktop.kiosk.pin import hashed, is_pin

    if not is_pin(pin):
        raise FusiformError("A PIN has 4 to 12 digits.", "PIN は 4〜12 桁の数字です。")
    click.echo(f'pin = "{hashed(pin)}"')
