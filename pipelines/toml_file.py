"""A TOML file that keeps its comments, and tells in which line something stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec
import tomlkit
from tomlkit.exceptions import ParseError

from models.errors import SceneError
from models.text import Text

T = TypeVar("T")
Where = Sequence[str | int]
TYPES = {
    "str": Text("text in quotes", "引用符で囲んだ文字列"),
    "int": Text("a whole number", "整数"),
    "float": Text("a number", "数"),
    "bool": Text("true or false", "true か false"),
    "null": Text("nothing", "空"),
    "array": Text("a list", "リスト"),
    "object": Text("a table", "テーブル"),
}
MARK = "\N{WHITE SQUARE}the line that is looked for"


class TomlFile:
    """A document and the path it came from."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._source = text
        self._document = tomlkit.parse(text)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises `SceneError` where the file is missing, is not text, or is no TOML (with the line)."""
        try:
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except ParseError as error:
            raise SceneError(
                f"{path.name}, line {error.line}: this is not valid TOML. The file was left as it is.",
                f"{path.name} の {error.line} 行目：TOML として読めません。ファイルは変更していません。",
            ) from error
        except UnicodeDecodeError as error:
            raise SceneError(
                f"{path.name} is not a text file. It was left as it is.",
                f"{path.name} はテキストファイルではありません。変更していません。",
            ) from error
        except OSError as error:
            raise SceneError(
                f"{path.name} cannot be read: {error.strerror}.",
                f"{path.name} を読めません（{error.strerror}）。",
            ) from error

    @classmethod
    def empty(cls, path: Path) -> Self:
        return cls(path, "")

    def text(self) -> str:
        return tomlkit.dumps(self._document)

    def converted(self, type_: type[T]) -> T:
        """The content as a msgspec type; unknown keys are passed over.

        Raises:
            SceneError: a value of another type, with its line.
        """
        try:
            return msgspec.convert(self._document.unwrap(), type_)
        except msgspec.ValidationError as error:
            what, _, path = str(error).partition(" - at ")
            where = [int(i) if i else name for name, i in re.findall(r"\.(\w+)|\[(\d+)\]", path)]
            raise self.refusal(where, _plainly(what)) from error

    def refusal(self, where: Where, why: Text) -> SceneError:
        """The error for something in the file, with its line."""
        line = self._line(where)
        return SceneError(
            f"{self.path.name}, line {line}: {why.en}" if line else f"{self.path.name}: {why.en}",
            f"{self.path.name} の {line} 行目：{why.ja}" if line else f"{self.path.name}：{why.ja}",
        )

    def unknown(self, known: Sequence[str], where: Where = ()) -> tuple[Text, ...]:
        """A sentence for each key of the table at `where` that is not among `known`."""
        name = self.path.name
        return tuple(
            Text(
                f"{name}, line {line}: {key!r} is not known here; it is kept.",
                f"{name} の {line} 行目：{key!r} は未知の項目です（そのまま残します）。",
            )
            for key in self._at(self._document, where)
            if key not in known
            for line in [self._line((*where, key))]
        )

    def update(self, values: Mapping[str, Any], removable: frozenset[str]) -> None:
        """Set `values`; keys whose value is `None`, and those in `removable`, go where they are not set."""
        _update(self._document, values, removable)

    def _line(self, where: Where) -> int | None:
        """The line of the thing at `where`, found by putting a mark in its place."""
        if not where:
            return None
        document = tomlkit.parse(self._source)
        try:
            _mark(self._at(document, where[:-1]), where[-1])
        except (KeyError, IndexError, TypeError):
            return self._line(where[:-1])
        return tomlkit.dumps(document).partition(MARK)[0].count("\n") + 1

    @staticmethod
    def _at(document: Any, where: Where) -> Any:
        for key in where:
            document = document[key]
        return document


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


def _plainly(what: str) -> Text:
    """msgspec's sentence about a value, for somebody who edits a file."""
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", what):
        wanted, given = (_words(name) for name in found.groups())
        return Text(
            f"this must be {wanted.en}, not {given.en}.", f"{wanted.ja}が必要です（{given.ja}は使えません）。"
        )
    if found := re.fullmatch(r"Object missing required field `(.+)`", what):
        return Text(f"the key {found[1]!r} is missing.", f"項目 {found[1]!r} がありません。")
    if found := re.fullmatch(r"Invalid enum value (.+)", what):
        return Text(
            f"{found[1]} is not one of the values allowed here.", f"{found[1]} はここでは使えない値です。"
        )
    return Text(f"{what}.", f"値が使えません（{what}）。")


def _words(names: str) -> Text:
    words = [TYPES.get(name.strip(), Text(name, name)) for name in names.split("|")]
    return Text(" or ".join(word.en for word in words), "または".join(word.ja for word in words))


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
        elif isinstance(value, list):
            _update_tables(table, key, value, removable)
        elif table.get(key) != value:
            table[key] = value


def _new_table() -> Any:
    """An empty table with an empty line before its header."""
    table = tomlkit.table()
    table.trivia.indent = "\n"
    return table


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
    if tables is None:
        table[key] = tables = tomlkit.aot()
    for number, value in enumerate(values):
        if number == len(tables):
            tables.append(_new_table())
        _update(tables[number], value, removable)
    while len(tables) > len(values):
        del tables[len(values)]
