"""The page and the texts that go with the packed folder: whose work it holds, under which licences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final

from desktop.packing.contents import Entry
from desktop.packing.inside import Known, known
from desktop.packing.parts import Part, parts
from resources import ROOT

FOLDER: Final = "licences"
"""Where the texts lie in the packed folder."""
PAGE: Final = "LICENCES.txt"
GNU: Final = "GNU"
"""The folder of the texts that packages name without bringing them."""
HEAD: Final = """\
Fusiform {version} is under the MIT licence. Here it lies together with the works below, each under its own
licence. The texts are in the folder “licences” among the program's files; those of the GNU project, which
some packages name without bringing them, are in “GNU” there.

Two kinds of them ask something of whoever passes this folder on:
- Qt, PySide6 and other libraries under the LGPL lie here as files of their own, so that anybody may put other
  versions of them in their place; their sources are at the addresses below.
- PyAV brings the encoders x264 and x265, which are under the GPL 2 or later: their sources have to be offered
  together with the folder.

Fusiform {version} は MIT ライセンスです。このフォルダーには下に挙げる著作物も、それぞれのライセンスのもとで
入っています。ライセンスの本文はプログラムのファイルの中の「licences」フォルダーにあります。
このフォルダーを人に渡すときは、次の二点が必要です。
- LGPL のライブラリ（Qt、PySide6 など）を独立したファイルのままにし、別の版と差し替えられるようにすること。
- PyAV に入っているエンコーダ x264 と x265（GPL 2 以降）のソースコードも提供すること。
"""


def added(entries: Iterable[Entry], version: str, folder: Path) -> list[Entry]:
    """The page, which is written into `folder`, and every text, as entries of the packed folder.

    `entries` are all others of it, Python modules among them.
    """
    files = [
        (PurePath(place), Path(source).resolve()) for place, source, kind in entries if kind != "SYMLINK"
    ]
    works = parts(source for _place, source in files)
    page = folder / PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(written(version, works, known(place for place, _source in files)), encoding="utf-8")
    return [(f"{FOLDER}/{PAGE}", str(page), "DATA"), *_ours(), *_texts(works)]


def written(version: str, works: Iterable[Part], libraries: dict[Known, list[str]]) -> str:
    """The page."""
    lines = [HEAD.format(version=version)]
    for work in works:
        lines += [f"{work.name} {work.version}", *_told(work.licence, work.home)]
    lines += ["", "Libraries that these packages bring:", ""]
    for library, files in libraries.items():
        lines += [library.title, *_told(library.licence, library.home, ", ".join(files))]
    return "\n".join(lines) + "\n"


def _told(*words: str) -> list[str]:
    return [f"    {word}" for word in words if word]


def _ours() -> Iterator[Entry]:
    yield f"{FOLDER}/Fusiform/LICENSE", str(ROOT.parent / "LICENSE"), "DATA"
    for text in sorted((ROOT / "licences").glob("*.txt")):
        yield f"{FOLDER}/{GNU}/{text.name}", str(text), "DATA"


def _texts(works: Iterable[Part]) -> Iterator[Entry]:
    """Each in the folder of its work; where two have one name, the later has a number before it."""
    taken: set[str] = set()
    for work in works:
        folder = f"{FOLDER}/" + re.sub(r"[^\w.+-]", "-", f"{work.name}-{work.version}")
        for number, text in enumerate(work.texts):
            place = f"{folder}/{text.name}"
            place = f"{folder}/{number}-{text.name}" if place in taken else place
            taken.add(place)
            yield place, str(text), "DATA"
