"""The command `fusiform` itself: finds its subcommands, and imports only the one that is asked for."""

from __future__ import annotations

import importlib

import click
from click.exceptions import NoSuchCommand

from desktop.commands.options import Command, Option, Translated, behind_language
from desktop.language import N_, asked_for, of_the_system, speak

NAMES = (
    *("run", "pipelines", "devices", "detect", "apply", "stress"),
    *("train", "evaluate", "export", "models", "bench", "tour", "kiosk"),
)
"""In the order of the help page. Each is a module of this package with a click command `command`."""
_OWN = ("-h", "--help", "--version")


class Group(Command, click.Group):
    subcommand_metavar = Translated()  # type: ignore[assignment]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in NAMES:
            return None
        command: click.Command = importlib.import_module(f"desktop.commands.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=NAMES, ctx=ctx) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.obj = asked_for(args)
        speak(ctx.obj or of_the_system())
        return super().parse_args(ctx, with_run(args))


def with_run(arguments: list[str]) -> list[str]:
    """`fusiform` alone and `fusiform --source demo:` mean `fusiform run …`."""
    at = behind_language(arguments)
    if at > len(arguments) or (at < len(arguments) and not _is_for_run(arguments[at])):
        return arguments
    return [*arguments[:at], "run", *arguments[at:]]


def _is_for_run(word: str) -> bool:
    return word.startswith("-") and word not in _OWN


def _tell_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version  # slow to import

        click.echo(f"fusiform {version('fusiform')}")
        ctx.exit()


fusiform = Group(
    "fusiform",
    help=N_("See how seeing works: a camera's picture through classic and learned vision, side by side."),
    epilog=N_(
        "Without a command it opens the window, as “fusiform run” does. "
        "Exit status: 0 done, 1 could not be done, 2 wrong use."
    ),
    subcommand_metavar=N_("COMMAND …"),
    params=[
        Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_tell_version,
            help=N_("Show the version and exit."),
        )
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
