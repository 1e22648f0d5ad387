"""What is labelled in the pictures of a folder; `docs/labelled-folders.md` describes the formats."""

from __future__ import annotations

import math
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from models.text import Text
from pipelines.frame import Truth

USUAL = "face"
"""What a labelled box holds where the label does not say."""
CLASSES = "classes.txt"
PROPORTION = 0.02
"""How far the sides of a picture may be from the proportions that its labels were made for."""
LARGEST = 1 << 28
"""Bytes of a file of labels that are read at most: 256 MiB."""

Size = tuple[int, int]
Box = tuple[float, float, float, float]


class _Known(Struct):
    xywh: Box
    ignore: bool = False
    cls: str | int | None = None


class _Line(Struct):
    file: str
    boxes: list[_Known]
    width: int | None = None
    height: int | None = None


class Labels:
    """The labels beside or in one folder, read again when their file has changed.

    In a file of lines, `labels.jsonl` in the folder or `labels_<its name>.jsonl` beside it; a picture that
    stands in none may have a text file of its own name beside it. What is broken is left out.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._version: tuple[Path, int, int] | None = None
        self._lines: dict[str, _Line] = {}
        self._broken_lines: Text | None = None
        self._broken_text: Text | None = None
        self._read_lines()

    @property
    def complaint(self) -> Text | None:
        """One sentence about what was left out, in the file of lines or for the picture asked for last."""
        return self._broken_lines or self._broken_text

    def of(self, picture: Path, size: Size) -> tuple[Truth, ...] | None:
        """The labels of one picture, (width, height) pixels large; `None` where it has none at all."""
        self._read_lines()
        self._broken_text = None
        line = self._lines.get(picture.name)
        if line is not None:
            return self._scaled(picture, line, size)
        return self._written_beside(picture, size)

    def _read_lines(self) -> None:
        places = self._folder / "labels.jsonl", self._folder.parent / f"labels_{self._folder.name}.jsonl"
        version = next(filter(None, map(_version, places)), None)
        if version == self._version:
            return
        self._version, self._lines, self._broken_lines = version, {}, None
        if version is not None:
            self._take(version[0])

    def _take(self, file: Path) -> None:
        broken: list[int] = []
        elsewhere: set[str] = set()
        for number, text in enumerate(_bytes(file).splitlines(), start=1):
            if not text.strip():
                continue
            if (line := _line(text)) is None:
                broken.append(number)
            else:
                self._sort_in(line, elsewhere)
        self._broken_lines = _broken(file, broken)
        if elsewhere and not self._lines:
            self._broken_lines = _of_others(file, self._folder, elsewhere)

    def _sort_in(self, line: _Line, elsewhere: set[str]) -> None:
        """A file of lines may speak of several folders, each picture with the name of its own before it."""
        picture = PurePosixPath(line.file.replace("\\", "/"))
        if picture.parent.name in ("", self._folder.name):
            self._lines[picture.name] = line
        else:
            elsewhere.add(picture.parent.name)

    def _scaled(self, picture: Path, line: _Line, size: Size) -> tuple[Truth, ...] | None:
        """In pixels of the picture as it is now: it may have been shrunk since it was labelled."""
        across = size[0] / line.width if line.width else 1.0
        down = size[1] / line.height if line.height else 1.0
        if abs(across / down - 1) > PROPORTION + 1 / min(size):
            self._broken_text = _of_another(picture, (line.width or 0, line.height or 0), size)
            return None
        return tuple(
            Truth(_named(known.cls), _times(known.xywh, across, down), known.ignore) for known in line.boxes
        )

    def _written_beside(self, picture: Path, size: Size) -> tuple[Truth, ...] | None:
        file = picture.with_suffix(".txt")
        if file.name == CLASSES or _version(file) is None:
            return None
        names = _bytes(self._folder / CLASSES).decode(errors="replace").splitlines()
        found, broken = [], []
        for number, text in enumerate(_bytes(file).decode(errors="replace").splitlines(), start=1):
            if text.strip():
                known = _relative(text, names, size)
                if known:
                    found.append(known)
                else:
                    broken.append(number)
        self._broken_text = _broken(file, broken)
        return tuple(found) if found or not broken else None


def _relative(text: str, names: list[str], size: Size) -> Truth | None:
    """`class centre-x centre-y width height`, the last four as shares of the picture."""
    try:
        kind, x, y, width, height = (float(word) for word in text.split())
    except ValueError:
        return None
    shares = (x - width / 2, y - height / 2, width, height)
    if not _is_box(shares) or max(x, y, width, height) > 1 or min(x, y) < 0 or kind != int(kind) or kind < 0:
        return None
    name = names[int(kind)].strip() if int(kind) < len(names) else ""
    return Truth(name or _named(int(kind)), _times(shares, *size))


def _named(kind: str | int | None) -> str:
    return USUAL if kind in (None, "") else str(kind)


def _times(box: Box, across: float, down: float) -> Box:
    x, y, width, height = box
    return x * across, y * down, width * across, height * down


def _line(text: bytes) -> _Line | None:
    """`None` where it is broken."""
    try:
        line = msgspec.json.decode(text, type=_Line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return line if _is_sound(line) else None


def _is_sound(line: _Line) -> bool:
    """It has both sides of the picture or none, and only boxes with an area."""
    size = line.width, line.height
    sized = size == (None, None) or all(side is not None and side > 0 for side in size)
    return sized and all(_is_box(known.xywh) for known in line.boxes)


def _is_box(box: Box) -> bool:
    return all(map(math.isfinite, box)) and min(box[2:]) > 0


def _version(file: Path) -> tuple[Path, int, int] | None:
    """What changes with the file; `None` where there is none that can be read."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return (file, stat.st_mtime_ns, stat.st_size) if file.is_file() and stat.st_size <= LARGEST else None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return b""


def _broken(file: Path, lines: list[int]) -> Text | None:
    if not lines:
        return None
    listed = ", ".join(map(str, lines[:3])) + (" …" if len(lines) > 3 else "")
    many = len(lines)
    return Text(
        f"{'One line' if many == 1 else f'{many} lines'} of “{file.name}” cannot be read as labels and "
        f"{'is' if many == 1 else 'are'} left out (line {listed}).",
        f"「{file.name}」の {many} 行はラベルとして読めないため、使いません（{listed} 行目）。",
    )


def _of_others(file: Path, folder: Path, elsewhere: set[str]) -> Text:
    en, ja = (mark.join(sorted(elsewhere)[:3]) for mark in ("”, “", "」「"))
    return Text(
        f"“{file.name}” tells only of pictures in “{en}” and of none in “{folder.name}”: give the folder "
        "that name, or leave it out of the pictures' names.",
        f"「{file.name}」には「{ja}」の画像だけが書かれ、「{folder.name}」の画像がありません。"
        "フォルダーの名前を合わせるか、画像名の前のフォルダー名を消してください。",
    )


def _of_another(picture: Path, labelled: Size, size: Size) -> Text:
    return Text(
        f"The labels of “{picture.name}” are for a picture of {labelled[0]} × {labelled[1]} and are left "
        f"out: this one is {size[0]} × {size[1]}.",
        f"「{picture.name}」のラベルは {labelled[0]} × {labelled[1]} の画像のものなので使いません"
        f"（この画像は {size[0]} × {size[1]} です）。",
    )
