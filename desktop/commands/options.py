"""The building blocks of every command: help in the current language, and `--lang`.

Help is declared in English with `N_("…")` when a module is imported, and put into the current language
when it is shown:

    @click.command(cls=Command, help=N_("Open the window."))
    @click.option("--source", cls=Option, metavar=N_("ADDRESS"), help=N_("Where the frames come from."))
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Sequence
from typing import Any

import click

from desktop.commands.columns import columns, padded, wrapped
from desktop.language import LANGUAGES, N_, _, speak
from models.text import Language


class Translated:
    """An attribute of a command, an option or an argument that keeps English words and gives the
    current language's."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._kept = f"_english_{name}"

    def __get__(self, owner: object, kind: type | None = None) -> str | None:
        words: str | None = getattr(owner, self._kept, None)
        return _(words) if words else words

    def __set__(self, owner: object, words: str | None) -> None:
        setattr(owner, self._kept, words)


class Formatter(click.HelpFormatter):
    """click's help pages, measured in columns so that Japanese lines fit as well."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = (wrapped(part, self.width - self.current_indent) for part in text.split("\n\n"))
        self.write("\n\n".join("\n".join(indent + line for line in lines) for lines in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max(columns(term) for term, _help in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, explanation in rows:
            lines = wrapped(explanation, max(self.width - first - self.current_indent, 10))
            if columns(term) > first - col_spacing:
                lines.insert(0, "")
            for i, line in enumerate(lines or [""]):
                self.write((indent + padded(term if i == 0 else "", first) + line).rstrip() + "\n")


class Context(click.Context):
    formatter_class = Formatter


class Option(click.Option):
    help = Translated()
    metavar = Translated()


class Argument(click.Argument):
    help = Translated()
    metavar = Translated()


class Command(click.Command):
    """A command that takes `--lang` and says its help in the current language."""

    context_class = Context
    help = Translated()
    epilog = Translated()
    options_metavar = Translated()

    def __init__(self, *declared: Any, **more: Any) -> None:
        more.setdefault("options_metavar", N_("[OPTIONS]"))
        super().__init__(*declared, **more)
        self.params.append(language_option())

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first paragraph whole: our lists wrap it, and in Japanese click finds no place to cut."""
        return (self.help or "").partition("\n\n")[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = gettext.gettext("Show this message and exit.")
        return option


def language_option() -> Option:
    return Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=_speak,
        help=N_("Language of all words; without it the system's."),
    )


def behind_language(arguments: Sequence[str]) -> int:
    """The place of the first word that neither is `--lang` nor names its language; past the end where the
    language itself is missing."""
    at = 0
    while at < len(arguments) and arguments[at].partition("=")[0] == "--lang":
        at += 1 if "=" in arguments[at] else 2
    return at


def _speak(ctx: click.Context, _parameter: click.Parameter, language: Language | None) -> None:
    """The last `--lang` of a line counts: a group has looked through the whole line, not only its part."""
    if language and not isinstance(ctx.command, click.Group):
        speak(language)
