"""What is wrong with a value of a TOML file, for somebody who edits it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec.inspect as types

from models.text import Text

TYPES = {
    "str": Text("text in quotes", "引用符で囲んだ文字列"),
    "int": Text("a whole number", "整数"),
    "float": Text("a number", "数"),
    "bool": Text("true or false", "true か false"),
    "null": Text("nothing", "空"),
    "array": Text("a list", "リスト"),
    "object": Text("a table", "テーブル"),
}


def plainly(what: str, type_: Any, where: Sequence[str | int]) -> Text:
    """msgspec's sentence about a value at this place of what is to become a `type_`."""
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", what):
        wanted, given = (_words(name) for name in found.groups())
        return Text(
            f"this must be {wanted.en}, not {given.en}.", f"{wanted.ja}が必要です（{given.ja}は使えません）。"
        )
    if found := re.fullmatch(r"Object missing required field `(.+)`", what):
        return Text(f"the key {found[1]!r} is missing.", f"項目 {found[1]!r} がありません。")
    if found := re.fullmatch(r"Invalid enum value (.+)", what):
        allowed = [str(choice) for choice in _choices(types.type_info(type_), where)]
        return Text(
            f"{found[1]} is not one of the values allowed here: {', '.join(allowed)}.",
            f"{found[1]} はここでは使えない値です。使えるのは {'、'.join(allowed)} です。",
        )
    return Text(f"{what}.", f"値が使えません（{what}）。")


def _words(names: str) -> Text:
    words = [TYPES.get(name.strip(), Text(name, name)) for name in names.split("|")]
    return Text(" or ".join(word.en for word in words), "または".join(word.ja for word in words))


def _choices(type_: types.Type, where: Sequence[str | int]) -> Sequence[object]:
    """What may stand there."""
    match type_, [*where]:
        case types.UnionType(types=several), _:
            return [choice for one in several for choice in _choices(one, where)]
        case types.LiteralType(values=values), []:
            return values
        case types.StructType(fields=fields), [name, *rest]:
            return [
                choice for one in fields if one.encode_name == name for choice in _choices(one.type, rest)
            ]
        case types.CollectionType(item_type=item), [int(), *rest]:
            return _choices(item, rest)
    return ()
