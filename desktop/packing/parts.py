"""The works of others that lie in the packed folder: Python, its packages, libraries of the system."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from msgspec import Struct

from desktop.packing.debian import owner, version_of
from resources import ROOT

OURS: Final = "fusiform"
NAMED: Final = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
ENDINGS: Final = ("", ".txt", ".md", ".rst", ".apache", ".bsd", ".eigen")
HOMES: Final = ("homepage", "source", "source code", "repository", "code", "documentation")
UNKNOWN: Final = "see its text"


class Part(Struct, frozen=True):
    """One work. `licence` is as its authors write it, `texts` are the files in which they do."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[Path, ...]


def parts(sources: Iterable[Path]) -> list[Part]:
    """The works that these files of this machine come from, by name. Our own files belong to none."""
    owners = _owners()
    found = {"Python": _python()}
    for source in sources:
        part = _installed(owners[source]) if source in owners else _of_the_system(source)
        if part:
            found.setdefault(part.name, part)
    return sorted(found.values(), key=lambda part: part.name.lower())


def _owners() -> Mapping[Path, Distribution]:
    """Which package brought a file."""
    return {
        Path(str(distribution.locate_file(file))).resolve(): distribution
        for distribution in distributions()
        if distribution.name != OURS
        for file in distribution.files or ()
    }


def _python() -> Part:
    """The interpreter with its library; its licence lies elsewhere on each system."""
    major, minor, patch = sys.version_info[:3]
    places = (
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        Path(f"/usr/share/doc/python{major}.{minor}/copyright"),
    )
    texts = tuple(place for place in places if place.is_file())[:1]
    return Part("Python", f"{major}.{minor}.{patch}", "PSF-2.0", "https://www.python.org", texts)


def _installed(package: Distribution) -> Part:
    files = [Path(str(package.locate_file(file))) for file in package.files or ()]
    texts = tuple(file for file in files if _is_text(file) and file.is_file())
    return Part(package.name, package.version, _licence(package), _home(package), texts)


def _is_text(file: Path) -> bool:
    return bool(NAMED.search(file.stem)) and file.suffix.lower() in ENDINGS


def _licence(package: Distribution) -> str:
    """Its expression; else the first line of its words, or what it ticked in a list."""
    if words := _told(package, "License-Expression") or _told(package, "License"):
        return words.splitlines()[0]
    lines = package.metadata.get_all("Classifier") or ()
    return ", ".join(line.rpartition(" :: ")[2] for line in lines if "License" in line) or UNKNOWN


def _home(package: Distribution) -> str:
    """Where it says that it lives, or else where its source does."""
    links = [link.partition(",") for link in package.metadata.get_all("Project-URL") or ()]
    named = {name.strip().lower(): address.strip() for name, _, address in links}
    likely = (named[name] for name in HOMES if name in named)
    return _told(package, "Home-page") or next(likely, "")


def _told(package: Distribution, name: str) -> str:
    told: list[str] = package.metadata.get_all(name) or [""]
    return told[0].strip()


def _of_the_system(library: Path) -> Part | None:
    """Only where Debian's list knows whose it is; on Windows and macOS the folder holds no such library."""
    if any(library.is_relative_to(place) for place in (sys.base_prefix, sys.prefix, ROOT.parent)):
        return None
    if not (package := owner(library)):
        return None
    text = Path("/usr/share/doc", package, "copyright")
    texts = (text,) if text.is_file() else ()
    return Part(package, version_of(package), UNKNOWN, f"https://packages.debian.org/{package}", texts)
