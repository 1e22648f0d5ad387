"""A TOML file that keeps its comments, and tells in which line something stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from models.errors import SceneError
from models.text import Text
from pipelines.files import reason

T = TypeVar("T")
Where = Sequence[str | int]
DEEPEST = 32
"""Tables and lists in each other. We write five; what reads and edits TOML breaks down at some hundreds."""


class TomlFile:
    """The text of a file and what it says."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._source = text
        self._content = tomllib.loads(text)
        if _is_deeper(self._content, DEEPEST):
            raise RecursionError(path.name)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises `SceneError`: the file is missing, no text, no TOML (with the line), or nested too deep."""
        try:
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found[1]) if found else len(path.read_text(encoding="utf-8-sig").splitlines())
            raise SceneError(
                f"{path.name}, line {line}: this is not valid TOML.",
                f"{path.name} の {line} 行目：TOML として読めません。",
            ) from error
        except RecursionError as error:
            raise SceneError(
                f"{path.name} nests lists or tables too deeply to be a file of this program.",
                f"{path.name} はリストやテーブルの入れ子が深すぎるため、このプログラムでは使えません。",
            ) from error
        except UnicodeDecodeError as error:
            raise SceneError(
                f"{path.name} is not a text file.",
                f"{path.name} はテキストファイルではありません。",
            ) from error
        except OSError as error:
            why = reason(error)
            raise SceneError(
                f"{path.name} cannot be read: {why.en}.",
                f"{path.name} を読めません（{why.ja}）。",
            ) from error

    @classmethod
    def empty(cls, path: Path) -> Self:
        return cls(path, "")

    def edited(self, values: Mapping[str, Any], removable: frozenset[str] = frozenset()) -> str:
        """The text with `values` set; keys whose value is `None`, and those in `removable`, go where they
        are not set. Comments, order and unknown keys stay."""
        from pipelines.toml_edit import edited  # reading, which every start does, is quicker without

        return edited(self._source, values, removable)

    def converted(self, type_: type[T]) -> T:
        """The content as a msgspec type; unknown keys are passed over.

        Raises:
            SceneError: a value of another type, with its line.
        """
        try:
            return msgspec.convert(self._content, type_)
        except msgspec.ValidationError as error:
            what, _, path = str(error).partition(" - at ")
            where = [int(i) if i else name for name, i in re.findall(r"\.(\w+)|\[(\d+)\]", path)]
            from pipelines.toml_complaint import plainly

            raise self.refusal(where, plainly(what, type_, where)) from error

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
        table: Any = self._content
        for key in where:
            table = table[key]
        return tuple(
            Text(
                f"{name}, line {line}: {key!r} is not known here; it is kept.",
                f"{name} の {line} 行目：{key!r} は未知の項目です（そのまま残します）。",
            )
            for key in table
            if key not in known
            for line in [self._line((*where, key))]
        )

    def has(self, where: Where) -> bool:
        """Whether something stands there."""
        at: Any = self._content
        try:
            for key in where:
                at = at[key]
        except (KeyError, IndexError, TypeError):
            return False
        return True

    def _line(self, where: Where) -> int | None:
        from pipelines.toml_edit import line_of

        return line_of(self._source, where)


def _is_deeper(content: object, limit: int) -> bool:
    """Whether more than `limit` tables and lists lie in each other; looks no further than that."""
    level = [content]
    for _ in range(limit + 1):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
    return ()
