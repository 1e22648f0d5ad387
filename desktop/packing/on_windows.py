"""What Windows shows of the program in its file properties."""

from __future__ import annotations

from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import Final

NAME: Final = "Fusiform"
LANGUAGE: Final = (0x0409, 1200)
"""English of the United States, Unicode: the one that every Windows falls back on."""


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: `0.1.0` is (0, 1, 0, 0)."""
    plain = [int(part) for part in version.split("+")[0].split(".") if part.isdigit()]
    major, minor, patch, build, *_ = (*plain, 0, 0, 0, 0)
    return major, minor, patch, build


def properties_file(folder: Path, about: PackageMetadata) -> str:
    """The path of a text in `folder` that PyInstaller makes a version resource from."""
    path = folder / "properties.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(properties(about["Version"], about["Summary"]), encoding="utf-8")
    return str(path)


def properties(version: str, about: str) -> str:
    """The text of a version resource, as PyInstaller reads it."""
    words = {
        "CompanyName": NAME,
        "FileDescription": NAME,
        "FileVersion": version,
        "InternalName": "fusiform",
        "LegalCopyright": "The Fusiform authors, MIT licence",
        "OriginalFilename": "fusiform.exe",
        "ProductName": NAME,
        "ProductVersion": version,
        "Comments": about,
    }
    language, letters = LANGUAGE
    strings = ", ".join(f"StringStruct({name!r}, {word!r})" for name, word in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers(version)}, prodvers={numbers(version)}, "
        "mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('{language:04X}{letters:04X}', [{strings}])]), "
        f"VarFileInfo([VarStruct('Translation', [{language}, {letters}])])])\n"
    )
