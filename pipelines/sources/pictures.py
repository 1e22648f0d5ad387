"""A picture, or a folder of them, shown one after the other."""

from __future__ import annotations

import bisect
from pathlib import Path

from models.errors import SourceError
from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.frame import Image, Truth
from pipelines.natural_order import natural
from pipelines.sources.endings import PICTURES
from pipelines.sources.labels import Labels
from pipelines.sources.playback import Move
from pipelines.sources.read_picture import read_picture
from pipelines.sources.source import NoSignal, Read
from pipelines.sources.steady import Steady

SECONDS = 3.0
BEATS = 10
"""Deliveries a second of a picture that stands still, so that every lane always has a fresh frame."""
AGES = 1e8
"""Seconds, three years: how long a picture stays that only a person turns."""


class Pictures(Steady):
    """The pictures of a folder in natural order of their names, or one picture.

    The folder is looked through again at every turn: pictures may come and go. One that cannot be read
    gives `NoSignal` for its turn. Frames carry what is labelled in them, where the folder has labels.
    """

    def __init__(
        self,
        path: Path,
        *,
        seconds: float = SECONDS,
        live: bool = True,
        loop: bool = True,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """`seconds` is how long each picture stays, see `Paced`.

        Raises:
            SourceError: there is no such file or folder, no picture in the folder, or the only one
                cannot be read.
        """
        self._path = path.expanduser().absolute()
        self._files = self._listed()
        self._turn: int | None = None
        self._loaded: tuple[Path, int, int] | None = None
        self._image: Image | SourceError = self._empty()
        self._labels = Labels(self._path if self._path.is_dir() else self._path.parent)
        self._truth: tuple[Truth, ...] | None = None
        self._detail = plain("")
        self._check()
        self._seconds = self._paced = max(0.0, seconds)
        rate, repeats = _tempo(self._seconds)
        super().__init__(
            rate=rate, length=len(self._files), clock=clock, live=live, loop=loop, repeats=repeats
        )

    @property
    def address(self) -> str:
        return f"pictures:{self._path}"

    @property
    def folder(self) -> Path | None:
        """Where its pictures lie; `None` where it is one picture alone."""
        return self._path if self._path.is_dir() else None

    @property
    def title(self) -> Text:
        return plain(self._path.name or self._path)

    @property
    def detail(self) -> Text:
        return self._detail

    @property
    def complaint(self) -> Text | None:
        return self._labels.complaint

    @property
    def rate(self) -> float:
        """0 where only a person turns the pictures."""
        return 1 / self._seconds if self._seconds else 0.0

    @property
    def seconds(self) -> float:
        return self._seconds

    @seconds.setter
    def seconds(self, value: float) -> None:
        self._seconds = max(0.0, value)
        self._wake.set()

    def _advance(self) -> Read:
        if self._paced != (seconds := self._seconds):
            self._paced = seconds
            self._retime(*_tempo(seconds))
        return super()._advance()

    def _shown(self, turn: int) -> Read:
        if turn != self._turn:
            self._enter(turn)
        if isinstance(self._image, SourceError):
            self._detail = plain("")
            return NoSignal(self._image.text)
        height, width = self._image.shape[:2]
        self._detail = plain(f"{width} × {height}")
        name = self._files[self._position].name if self._files else ""
        return self._frame(self._image, self._position, self._truth, name)

    def _target(self, asked: Move) -> int:
        """Among the pictures that are there by now."""
        self._position = self._followed(self._position)
        self._turn = None
        return super()._target(asked)

    def _enter(self, turn: int) -> None:
        """Begin a turn with the picture that is due, wherever it lies in the folder by now."""
        found = self._followed(turn)
        if found != turn:
            self._go_to(found)
        files = self._files
        self._turn = found if files else None
        self._position = found % len(files) if files else 0
        file = files[self._position] if files else None
        self._load(file)
        self._truth = self._labelled(file)

    def _followed(self, turn: int) -> int:
        """Look through the folder again: the turn, in what there is now, of the picture due in `turn`."""
        listed = self._listed() if self._live else self._files
        if listed != self._files:
            turn = self._found_again(turn, listed)
            self._files, self._length = listed, len(listed)
        return turn

    def _found_again(self, turn: int, listed: list[Path]) -> int:
        """The place of the picture that was due, or of the one behind it if it is gone."""
        if not self._files or not listed:
            return 0
        due = self._files[turn % len(self._files)]
        return bisect.bisect_left(listed, natural(due), key=natural) % len(listed)

    def _load(self, file: Path | None) -> None:
        """Decode the file, unless it is the one that is there already."""
        if file is None:
            self._image, self._loaded = self._empty(), None
            return
        try:
            stat = file.stat()
            version = (file, stat.st_mtime_ns, stat.st_size)
            if version == self._loaded and not isinstance(self._image, SourceError):
                return
            self._image, self._loaded = read_picture(file), version
        except OSError:
            self._image = SourceError(
                f"“{file.name}” cannot be read any more.", f"「{file.name}」を読み込めなくなりました。"
            )
        except SourceError as error:
            self._image = error

    def _labelled(self, file: Path | None) -> tuple[Truth, ...] | None:
        if file is None or isinstance(self._image, SourceError):
            return None
        height, width = self._image.shape[:2]
        return self._labels.of(file, (width, height))

    def _listed(self) -> list[Path]:
        """The pictures there are now. A folder that cannot be looked into has none."""
        if not self._path.is_dir():
            return [self._path]
        try:
            found = [file for file in self._path.iterdir() if _is_picture(file)]
        except OSError:
            return []
        return sorted(found, key=natural)

    def _check(self) -> None:
        if not self._path.exists():
            raise SourceError(
                f"There is no file or folder “{self._path}”.",
                f"「{self._path}」というファイルやフォルダーはありません。",
            )
        if not self._files:
            raise self._empty()
        if not self._path.is_dir():
            self._load(self._path)
            if isinstance(self._image, SourceError):
                raise self._image

    def _empty(self) -> SourceError:
        return SourceError(
            f"There is no picture in the folder “{self._path.name}”.",
            f"フォルダー「{self._path.name}」に画像がありません。",
        )


def _tempo(seconds: float) -> tuple[float, int]:
    """Turns a second, and how many times a picture is delivered in its turn."""
    stay = seconds or AGES
    return 1 / stay, max(1, round(stay * BEATS))


def _is_picture(file: Path) -> bool:
    return file.suffix.lower() in PICTURES and not file.name.startswith(".") and file.is_file()
