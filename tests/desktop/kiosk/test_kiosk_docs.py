"""The page for the technician names every key of a kiosk file, with its bounds and what holds without it,
every field of health, and the shipped kiosks with their stations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from desktop.kiosk.beat import Counted, LaneBeat
from desktop.kiosk.kiosk import Kiosk, Station
from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
from desktop.kiosk.report import CLOSED, DOWN, STARTING, Report
from desktop.kiosk.restarts import Restart
from desktop.kiosk.visit import Mode
from models.errors import SceneError
from models.text import Language

DOCS = Path(__file__).parents[3] / "docs"
PAGES = (DOCS / "kiosk.md", DOCS / "kiosk.ja.md")
IN_BOTH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
NOT_WRITTEN = ("path", "warnings")
"""Of the file itself."""
STATION = '[[stations]]\ntitle = "A"\nsentence = "B"\nscene = "plain"\n'


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


def section(page: Path, with_: str) -> str:
    """The one in which these words stand."""
    [found] = (part for part in page.read_text(encoding="utf-8").split("\n## ") if with_ in part)
    return found


def rows(page: Path, with_: str = "| `stations.title` |") -> dict[str, list[str]]:
    """The other cells of each row that begins with a name, in the section with these words."""
    found = re.findall(r"^\| `([a-z_.]+)` \|(.*)\|$", section(page, with_), re.MULTILINE)
    return {key: [cell.strip() for cell in cells.split("|")] for key, cells in found}


def spoken(page: Path) -> Language:
    return "ja" if page.name.endswith(".ja.md") else "en"


def names(struct: type[Struct]) -> set[str]:
    return {field.name for field in fields(struct)}


@IN_BOTH
def test_every_key_has_its_row(page: Path) -> None:
    assert set(rows(page)) == {key for key, _value in keys()}


@IN_BOTH
def test_a_row_says_what_holds_without_the_key(page: Path) -> None:
    told = {key: cells[0] for key, cells in rows(page).items()}
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


@IN_BOTH
def test_the_bounds_that_a_row_tells_are_held_to(page: Path, tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    bounds = {
        key: re.search(r"([\d.]+)(?:〜| to )([\d.]+)[)）]", cells[1]) for key, cells in rows(page).items()
    }
    told = {key: (found[1], found[2]) for key, found in bounds.items() if found}
    numbers = {key for key, value in keys() if isinstance(value, int | float) and not isinstance(value, bool)}
    assert set(told) == numbers - {"text_size"}
    for key, (low, high) in told.items():
        for value in (low, high):
            file.write_text(f"{key} = {value}\n{STATION}")
            read_kiosk(file)
        for outside in (f"{float(low) - 1:g}", f"{float(high) + 1:.0f}"):
            file.write_text(f"{key} = {outside}\n{STATION}")
            with pytest.raises(SceneError):
                read_kiosk(file)


@IN_BOTH
def test_every_field_and_mode_of_health_is_named(page: Path) -> None:
    told = set(re.findall(r"`([a-z_]+)`", section(page, "| `mode` |")))
    for struct in (Report, Counted, LaneBeat, Restart):
        assert names(struct) <= told
    assert {CLOSED, DOWN, STARTING, *(mode.value for mode in Mode)} <= told


@IN_BOTH
def test_every_shipped_kiosk_is_named_with_its_stations(page: Path) -> None:
    told = rows(page, "cp resources/kiosks/")
    assert set(told) == {path.stem for path in SHIPPED.glob("*.toml")}
    for name, (title, _shown, stations) in told.items():
        kiosk = read_kiosk(Path(name))
        buttons = [station.title.pick(spoken(page)) for station in kiosk.stations]
        assert title == kiosk.title.pick(spoken(page))
        assert re.split("、|, ", stations) == buttons


def test_both_pages_have_the_same_sections_and_commands() -> None:
    en, ja = (page.read_text(encoding="utf-8") for page in PAGES)
    for pattern in (r"^#+ ", r"^\|", r"^- "):
        assert len(re.findall(pattern, en, re.MULTILINE)) == len(re.findall(pattern, ja, re.MULTILINE)), (
            pattern
        )
    for pattern in (r"gsettings \S+ \S+ \S+", r"--[a-z-]+", r"~/[\w./-]+", r"https?://\S+?[` ]"):
        assert set(re.findall(pattern, en)) == set(re.findall(pattern, ja)), pattern
