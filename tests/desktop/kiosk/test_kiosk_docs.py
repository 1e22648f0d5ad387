"""The page for the technician names every key of a kiosk file, with what holds without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from desktop.kiosk.kiosk import Kiosk, Station

DOCS = Path(__file__).parents[3] / "docs"
PAGES = (DOCS / "kiosk.md", DOCS / "kiosk.ja.md")
NOT_WRITTEN = ("path", "warnings")
"""Of the file itself."""


def keys() -> Iterator[tuple[str, object]]:
    """Each key of a kiosk file, and its value where it is left out."""
    for field in fields(Kiosk):
        if field.name in NOT_WRITTEN:
            continue
        if isinstance(field.default, Struct):
            yield from (
                (f"{field.name}.{inner.name}", inner.default) for inner in fields(type(field.default))
            )
        else:
            yield field.name, field.default
    yield from ((f"stations.{field.name}", field.default) for field in fields(Station))


def rows(page: Path) -> dict[str, str]:
    found = re.findall(r"^\| `([a-z_.]+)` \|([^|]*)\|", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {key: value.strip() for key, value in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_key_has_its_row(page: Path) -> None:
    assert set(rows(page)) == {key for key, _value in keys()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_row_says_what_holds_without_the_key(page: Path) -> None:
    told = rows(page)
    for key, value in keys():
        match value:
            case bool():
                assert told[key] == str(value).lower(), key
            case int() | float():
                assert told[key] == f"{value:g}", key
            case str():
                assert told[key] == f"`{value}`", key
            case time():
                assert told[key] == f"`{value:%H:%M}`", key
            case _ if value is NODEFAULT:
                assert told[key] == "", key
            case _:
                assert told[key], key


def test_both_pages_have_the_same_sections_and_commands() -> None:
    en, ja = (page.read_text(encoding="utf-8") for page in PAGES)
    for pattern in (r"^#+ ", r"^\|", r"^- "):
        assert len(re.findall(pattern, en, re.MULTILINE)) == len(re.findall(pattern, ja, re.MULTILINE)), (
            pattern
        )
    for pattern in (r"gsettings \S+ \S+ \S+", r"--[a-z-]+", r"~/[\w./-]+", r"https?://\S+?[` ]"):
        assert set(re.findall(pattern, en)) == set(re.findall(pattern, ja)), pattern
