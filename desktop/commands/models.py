"""`fusiform models`: the networks that are here or could be, fetching them, and a person's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from desktop.commands.columns import table
from desktop.commands.options import Argument, Command, Option, Translated
from desktop.language import N_, _, say
from models import catalogue
from models.catalogue import Entry, State
from models.errors import ModelError

as_json_option = click.option(
    "--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else.")
)


class Family(Command, click.Group):
    """A command with commands of its own."""

    subcommand_metavar = Translated()  # type: ignore[assignment]


class Networks(click.ParamType[Entry]):
    """A network by its name in the catalogue; another word is wrong use."""

    name = "network"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Entry:
        try:
            return value if isinstance(value, Entry) else catalogue.find(value)
        except ModelError as error:
            self.fail(say(error.text), param, ctx)


@click.group(
    cls=Family,
    subcommand_metavar=N_("COMMAND …"),
    help=N_("List the networks that are here or could be, fetch one, add a file of your own."),
)
def command() -> None:
    """The commands below do it all."""


@command.command("list", cls=Command, help=N_("List the networks, with what is here and what could be."))
@as_json_option
def list_(as_json: bool) -> None:
    entries = catalogue.entries().values()
    if as_json:
        click.echo(json.dumps([described(entry) for entry in entries], ensure_ascii=False, indent=2))
    else:
        click.echo(table([_row(entry) for entry in entries]))


@command.command(cls=Command, help=N_("Fetch a network from where its authors publish it."))
@click.argument(
    "entry", cls=Argument, type=Networks(), metavar=N_("NAME"), help=N_("As “fusiform models list” says it.")
)
@as_json_option
def fetch(entry: Entry, as_json: bool) -> None:
    state = catalogue.state(entry)
    if state in ("missing", "damaged") and not entry.address:
        catalogue.weights(entry.name)  # which says that it cannot be fetched, and what to do
    if state in ("missing", "damaged"):
        _fetch(entry, quiet=as_json)
    elif not as_json:
        click.echo(_("{title} is here already.").format(title=say(entry.title)))
    if as_json:
        click.echo(json.dumps(described(entry), ensure_ascii=False, indent=2))
    else:
        click.echo(f"→ {catalogue.place(entry)}")


@command.command(cls=Command, help=N_("Add an ONNX file of your own, after a trial run."))
@click.argument(
    "path",
    cls=Argument,
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("A face detector as an ONNX file."),
)
@click.option(
    "--name",
    cls=Option,
    metavar=N_("NAME"),
    help=N_("What to call it; an own network of this name is replaced. Without it, by its file."),
)
@as_json_option
def add(path: Path, name: str | None, as_json: bool) -> None:
    from models.own.keep import add as kept  # what it needs is slow to import

    entry = kept(path, name)
    if as_json:
        click.echo(json.dumps(described(entry), ensure_ascii=False, indent=2))
    else:
        click.echo(_("Added as {name}.").format(name=entry.name))


@command.command(cls=Command, help=N_("Remove a network that was fetched or added."))
@click.argument(
    "entry", cls=Argument, type=Networks(), metavar=N_("NAME"), help=N_("As “fusiform models list” says it.")
)
def remove(entry: Entry) -> None:
    from models.own.keep import remove as taken_away

    taken_away(entry.name)
    click.echo(_("{title} is no longer here.").format(title=say(entry.title)))


def described(entry: Entry) -> dict[str, Any]:
    """The network as other people's scripts read it."""
    state = catalogue.state(entry)
    return {
        "name": entry.name,
        "title": entry.title._asdict(),
        "about": entry.about._asdict(),
        "state": state,
        "size": entry.size,
        "sha256": entry.sha256 or None,
        "licence": entry.licence or None,
        "source": entry.source or None,
        "address": entry.address or None,
        "path": None if state == "missing" else str(catalogue.place(entry)),
    }


def in_words(state: State) -> str:
    """How it is with a network, in a word or two."""
    words: dict[State, str] = {
        "shipped": _("part of the program"),
        "own": _("your own"),
        "installed": _("fetched"),
        "missing": _("not fetched"),
        "damaged": _("damaged"),
    }
    return words[state]


def _row(entry: Entry) -> list[str]:
    kilobytes = f"{entry.size / 1000:,.0f} kB"
    return [entry.name, in_words(catalogue.state(entry)), kilobytes, entry.licence or "–", say(entry.about)]


def _fetch(entry: Entry, *, quiet: bool) -> None:
    """With a bar on standard error, where a person sees it."""
    from models.fetching.fetch import fetch as fetched

    if not quiet:
        click.echo(entry.address, err=True)
    label = _("Fetching {title}").format(title=say(entry.title))
    with click.progressbar(length=entry.size, label=label, file=sys.stderr, hidden=quiet) as bar:
        fetched(entry, lambda there: bar.update(there - bar.pos))
