"""The networks that are known by name: shipped, published by others, or a person's own files.

What is published lies in `models/weights/catalogue.toml` and is fetched (`models.fetching`) when a person
asks for it; an own file is added by `models.own`. Both are kept in the person's data folder.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from models.errors import ModelError
from models.preparation import Preparation
from models.shipped import SHIPPED
from models.text import Text, plain

ENDING, LAYERED = ".onnx", "layers"
State = Literal["shipped", "own", "installed", "missing", "damaged"]
Finds = Literal["faces", "objects", "names", "layers"]
"""Boxes of faces or of all sorts of things, names of what a whole picture shows; or what nobody but its maker
knows, but it has layers to look at."""
OWN: tuple[Finds, ...] = ("faces", "layers")
"""What a person's own network is found to be good for."""
_OWN = Text("A file of your own.", "ご自身で追加したファイルです。")


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One network. `size` is in bytes; an own file has no checksum, licence or source.

    Where its authors tell only so much of them, `sha256` is the first digits of the checksum, and the true
    size is at most `inexact` bytes away from `size`.
    """

    title: Text
    about: Text
    """What it is, in a sentence."""
    file: str
    size: int
    sha256: str = ""
    licence: str = ""
    source: str = ""
    """Where its authors tell of it."""
    address: str = ""
    """Where it is fetched from; empty for what is shipped or a person's own."""
    name: str = ""
    own: bool = False
    finds: Finds = "faces"
    inexact: int = 0
    picture: Preparation | None = None
    """How a picture enters it."""
    classes: dict[str, Text] = {}
    """Words for each of its outputs, in their order, by a name that does not change."""

    def fits(self, size: int) -> bool:
        """Whether a file of so many bytes can be the whole of it."""
        return self.least <= size <= self.most

    @property
    def least(self) -> int:
        return self.size - self.inexact

    @property
    def most(self) -> int:
        return self.size + self.inexact


class MissingNetworkError(ModelError):
    """A network that is known and could be fetched; `name` is its name in the catalogue."""

    def __init__(self, name: str, en: str, ja: str) -> None:
        super().__init__(en, ja)
        self.name = name


def folder() -> Path:
    """Where fetched and own networks are kept. The environment's `FUSIFORM_HOME` moves it."""
    if home := os.environ.get("FUSIFORM_HOME"):
        return Path(home) / "models"
    import platformdirs

    return platformdirs.user_data_path("fusiform", appauthor=False) / "models"


def own_folder(finds: Finds = "faces") -> Path:
    """Where a person's own detectors are kept, and beside them what only has layers."""
    own = folder() / "own"
    return own / LAYERED if finds == "layers" else own


def entries() -> Mapping[str, Entry]:
    """Every network by name, whether it is on this machine or not; own files last, by name."""
    return MappingProxyType({**_published(), **{entry.name: entry for entry in _owned()}})


def shipped() -> Mapping[str, Entry]:
    """Those that are part of the program, by name."""
    return {name: entry for name, entry in _published().items() if not entry.address}


def titles() -> Mapping[str, Text]:
    """The words for each network that finds faces, by name: the choices of a pipeline that runs one."""
    return {name: entry.title for name, entry in entries().items() if entry.finds == "faces"}


def object_titles() -> Mapping[str, Text]:
    """The same for those that find all sorts of things."""
    return {name: entry.title for name, entry in entries().items() if entry.finds == "objects"}


def layered_titles() -> Mapping[str, Text]:
    """The same for those whose layers can be looked at."""
    known = entries().items()
    return {
        name: entry.title for name, entry in known if entry.file.endswith(ENDING) or entry.finds == "names"
    }


def place(entry: Entry) -> Path:
    """Where its file lies, or will."""
    if entry.own:
        return own_folder(entry.finds) / entry.file
    return (folder() if entry.address else SHIPPED) / entry.file


def state(entry: Entry) -> State:
    """How it is with its file now; a file with another checksum is damaged."""
    path = place(entry)
    if not path.is_file():
        return "missing"
    if entry.sha256 and not holds(path, entry):
        return "damaged"
    return "own" if entry.own else "installed" if entry.address else "shipped"


def holds(path: Path, entry: Entry) -> bool:
    """Whether the file at `path` is, byte for byte, the one that the catalogue means."""
    try:
        return entry.fits(path.stat().st_size) and checksum(path).startswith(entry.sha256)
    except OSError:
        return False


def checksum(path: Path) -> str:
    """Its SHA-256 in hexadecimal digits. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(name: str) -> Entry:
    """The entry of this name.

    Raises:
        ModelError: there is none; the sentence names the nearest.
    """
    known = entries()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1)
    listed = ", ".join(known)
    raise ModelError(
        f"There is no network {name!r} on this machine"
        + (f"; did you mean {near[0]!r}?" if near else f"; there are: {listed}."),
        f"ネットワーク {name!r} はこのコンピュータにありません"
        + (f"。{near[0]!r} のことでしょうか。" if near else f"。使えるもの：{listed}。"),
    )


def weights(name: str) -> Path:
    """The file of this network, proved by its checksum.

    Raises:
        MissingNetworkError: it was not fetched yet, or its file is damaged; the sentence says what to do.
        ModelError: there is no such network, or what is shipped is missing or damaged.
    """
    entry = find(name)
    match state(entry):
        case "missing" | "damaged" if not entry.address:
            raise ModelError(
                f"The file of {entry.title.en} is missing or damaged: install the program again.",
                f"「{entry.title.ja}」のファイルがないか、壊れています。プログラムをインストールし直してください。",
            )
        case "missing":
            raise MissingNetworkError(
                name,
                f"{entry.title.en} is not on this machine yet; “fusiform models fetch {name}” fetches it.",
                f"「{entry.title.ja}」はまだこのコンピュータにありません。"
                f"「fusiform models fetch {name}」で取得できます。",
            )
        case "damaged":
            raise MissingNetworkError(
                name,
                f"The file of {entry.title.en} is damaged; “fusiform models fetch {name}” fetches it anew.",
                f"「{entry.title.ja}」のファイルが壊れています。"
                f"「fusiform models fetch {name}」で取得し直せます。",
            )
    return place(entry)


@functools.cache
def _published() -> Mapping[str, Entry]:
    written = (SHIPPED / "catalogue.toml").read_bytes()
    found = msgspec.toml.decode(written, type=dict[str, Entry])
    return MappingProxyType({name: replace(entry, name=name) for name, entry in found.items()})


def _owned() -> Iterator[Entry]:
    for finds in OWN:
        for path in sorted(own_folder(finds).glob(f"*{ENDING}")):
            if path.is_file():
                size = path.stat().st_size
                yield Entry(plain(path.stem), _OWN, path.name, size, name=path.stem, own=True, finds=finds)
