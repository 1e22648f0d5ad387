"""Gathers the words of the window, the commands and click into the Japanese catalogue (`make translations`).

Without `--check` it brings `fusiform.po` up to date and compiles `fusiform.mo`; with it nothing is
written. Either way what is missing, fuzzy, stale or has other {placeholders} than the English words is
listed, and the exit status is 1 as long as there is any.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PO = HERE / "ja" / "LC_MESSAGES" / "fusiform.po"
MO = PO.with_suffix(".mo")
FOLDERS = {"desktop": HERE.parents[1] / "desktop", "click": Path(click.__file__).parent}
WIDTH = 110
_PLACEHOLDER = re.compile(r"\{\w*(?:![rsa])?(?::[^}]*)?\}|%\(\w+\)s")


def main(arguments: list[str]) -> int:
    """The exit status: 0 where every word has its translation."""
    catalogue = read(PO)
    words = gathered()
    if arguments == ["--check"]:
        problems = [*stale(catalogue, words), *problems_of(merged(catalogue, words))]
    else:
        catalogue = merged(catalogue, words)
        PO.write_bytes(written(catalogue))
        MO.write_bytes(compiled(catalogue))
        problems = list(problems_of(catalogue))
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


def gathered() -> Catalog:
    """Every word that our code and click mark, with the files they stand in."""
    words = Catalog()
    for name, folder in FOLDERS.items():
        for file, _line, message, comments, _context in extract_from_dir(folder, [("**.py", "python")]):
            words.add(message, None, [(f"{name}/{file}", 0)], auto_comments=comments)
    return words


def merged(catalogue: Catalog, words: Catalog) -> Catalog:
    """`catalogue` with exactly these words: a changed one keeps its old translation, marked fuzzy."""
    catalogue.update(words, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def stale(catalogue: Catalog, words: Catalog) -> Iterator[str]:
    """What lies in the catalogue and is used no more, and a .mo file that is not this .po file's."""
    if not MO.is_file() or MO.read_bytes() != compiled(catalogue):
        yield f"stale: {MO.name} was not compiled from this {PO.name}"
    for message in catalogue:
        if message.id and message.id not in words:
            yield f"stale: {message.id!r}"


def problems_of(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        elif not all(_strings(message.string)):
            yield f"missing: {message.id!r}"
        elif not _same_placeholders(message):
            yield f"placeholders differ: {message.id!r}"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="ja", domain="fusiform")


def written(catalogue: Catalog) -> bytes:
    """The .po file: sorted by file and without line numbers, so that a change of code changes no line."""
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _same_placeholders(message: Message) -> bool:
    """Japanese has one plural form, which stands for the last of the English ones."""
    english, japanese = _strings(message.id)[-1], _strings(message.string)[-1]
    return sorted(_PLACEHOLDER.findall(english)) == sorted(_PLACEHOLDER.findall(japanese))


def _strings(words: str | Sequence[str] | None) -> list[str]:
    return [words or ""] if words is None or isinstance(words, str) else list(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
