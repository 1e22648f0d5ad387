"""TOML text changed in places, with everything else left as a person wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tomlkit

Where = Sequence[str | int]
MARK = "\N{WHITE SQUARE}the line that is looked for"


def edited(text: str, values: Mapping[str, Any], removable: frozenset[str]) -> str:
    """`text` with `values` set; keys whose value is `None`, and those in `removable`, go where they are
    not set. Comments, order and unknown keys stay."""
    document = tomlkit.parse(text)
    _update(document, values, removable)
    return tomlkit.dumps(document)


def line_of(text: str, where: Where) -> int | None:
    """The line of the thing at `where`, or of the table it should be in; found by a mark in its place."""
    if not where:
        return None
    document = tomlkit.parse(text)
    try:
        table: Any = document
        for key in where[:-1]:
            table = table[key]
        _mark(table, where[-1])
    except (KeyError, IndexError, TypeError):
        return line_of(text, where[:-1])
    return tomlkit.dumps(document).partition(MARK)[0].count("\n") + 1


def _mark(table: Any, key: str | int) -> None:
    """Put the mark in the place of a value, or behind the header of a table."""
    value = table[key]
    if isinstance(value, tomlkit.items.AoT) and value:
        _mark(value, 0)
    elif not isinstance(value, tomlkit.items.Table):
        table[key] = MARK
    elif value.is_super_table():
        _mark(value, next(iter(value)))
    else:
        value.comment(MARK)


def _update(table: Any, values: Mapping[str, Any], removable: frozenset[str]) -> None:
    for key in [key for key in table if key in removable and key not in values]:
        del table[key]
    for key, value in values.items():
        if value is None:
            _clear(table, key, removable)
        elif isinstance(value, Mapping):
            if key not in table:
                table[key] = _new_table()
            _update(table[key], value, removable)
        elif isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
            _update_tables(table, key, value, removable)
        elif table.get(key) != value:
            table[key] = value


def _new_table() -> Any:
    """An empty table with an empty line before its header."""
    table = tomlkit.table()
    table.trivia.indent = "\n"
    return table


def _written_out(inline: Iterable[Any]) -> Any:
    """The tables of a list in one line, each under a header of its own."""
    tables = tomlkit.aot()
    for values in inline:
        table = _new_table()
        table.update(values.unwrap())
        tables.append(table)
    return tables


def _clear(table: Any, key: str, removable: frozenset[str]) -> None:
    """Take out a key; of a table only what may go, so that unknown keys in it stay."""
    if key not in table:
        return
    if isinstance(table[key], dict):
        _update(table[key], {}, removable)
        if table[key]:
            return
    del table[key]


def _update_tables(table: Any, key: str, values: list[Mapping[str, Any]], removable: frozenset[str]) -> None:
    """Bring an array of tables to `values`: those in place are updated, the rest added or taken out."""
    tables = table.get(key)
    if not isinstance(tables, tomlkit.items.AoT):
        table.pop(key, None)  # goes to the end: keys behind it would become those of its last table
        table[key] = tables = _written_out(tables or ())
    for number, value in enumerate(values):
        if number == len(tables):
            tables.append(_new_table())
        _update(tables[number], value, removable)
    while len(tables) > len(values):
        del tables[len(values)]
