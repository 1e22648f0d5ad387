"""Adding a person's own network, and taking one away."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
import unicodedata
from pathlib import Path

from models import catalogue
from models.catalogue import ENDING, Entry, Finds
from models.errors import ModelError
from models.files import reason
from models.own.kinds import HEAD, other_than_onnx
from models.own.naming import DEVICES, free_name
from models.own.trial import refused, trial
from models.runtimes.child import Child, ChildCrashedError, ChildFailedError, ChildHungError
from models.stop import Stop
from models.text import Text

MOST_BYTES = 512 << 20
PATIENCE = 60.0
"""Seconds for a trial; the first one after the machine's start loads ONNX Runtime from a cold disk."""
TRIAL = ".trial-"
FORGOTTEN = 24 * 3600.0
"""Seconds after which what a killed process has left is removed."""
NAME = re.compile(r"\w[\w.-]{0,63}")
_HUNG = Text("a trial run did not end within {seconds:.0f} seconds", "試行が {seconds:.0f} 秒で終わりません")
_CRASHED = Text("a trial run ended its process", "試しに実行したところ、プロセスが異常終了しました")
_FAILED = Text("a trial run failed ({detail})", "試しに実行したところ失敗しました（{detail}）")


class StoppedError(ModelError):
    """The person thought better of it."""

    def __init__(self) -> None:
        super().__init__("The file was not added.", "ファイルの追加を中止しました。")


def add(path: Path, name: str | None = None, stop: Stop | None = None, patience: float = PATIENCE) -> Entry:
    """Keep a copy of the ONNX file at `path`, once a trial run has shown that it detects faces, or that its
    layers can be looked at.

    Without a `name` it is called by its file, and the same content is not kept twice; with one it takes
    the place of an own network of that name, which stays until the new one is proved.

    Raises:
        StoppedError: `stop` was asked for.
        ModelError: it cannot be used or kept; the sentence says what was expected and what was found.
    """
    called = _checked(name) if name else None
    kept = catalogue.own_folder()
    try:
        _look_at(path)
        kept.mkdir(parents=True, exist_ok=True)
        _clear(kept)
        with tempfile.TemporaryDirectory(prefix=TRIAL, dir=kept) as apart:
            copy = Path(apart, path.name)  # what is tried is what is kept, whatever happens to the file
            shutil.copyfile(path, copy)
            if not called and (same := _same_as(copy)):
                return same
            finds = _try(copy, stop or Stop(), patience)
            called = called or free_name(path.stem, catalogue.entries(), "network")
            _put(copy, called, finds)
    except OSError as error:
        why = reason(error)
        raise ModelError(
            f"{path.name} could not be added: {why.en}.", f"{path.name} を追加できませんでした（{why.ja}）。"
        ) from error
    return catalogue.find(called)


def remove(name: str) -> None:
    """Delete an own network, or what was fetched of a published one.

    Raises:
        ModelError: there is none or it is not here, it is a part of the program, or it cannot be deleted.
    """
    entry = catalogue.find(name)
    if not entry.own and not entry.address:
        raise ModelError(
            f"{entry.title.en} is a part of the program.",
            f"「{entry.title.ja}」はプログラムの一部なので削除できません。",
        )
    try:
        catalogue.place(entry).unlink()
    except FileNotFoundError as error:
        raise ModelError(
            f"{entry.title.en} is not on this machine; nothing was removed.",
            f"「{entry.title.ja}」はこのコンピュータにないため、何も削除していません。",
        ) from error
    except OSError as error:
        why = reason(error)
        raise ModelError(
            f"{entry.title.en} could not be removed: {why.en}.",
            f"「{entry.title.ja}」を削除できませんでした（{why.ja}）。",
        ) from error


def _look_at(path: Path) -> None:
    """Raises `ModelError` where size or first bytes tell that it is something else, or `OSError`."""
    size = path.stat().st_size
    with path.open("rb") as file:
        found = other_than_onnx(file.read(HEAD))
    if found:
        raise ModelError(*refused(path.name, found))
    if size > MOST_BYTES:
        large = Text(
            f"it has {size >> 20} MiB, and {MOST_BYTES >> 20} are the most",
            f"大きさが {size >> 20} MiB あり、上限の {MOST_BYTES >> 20} MiB を超えています",
        )
        raise ModelError(*refused(path.name, large))


def _put(copy: Path, called: str, finds: Finds) -> None:
    """In its folder; an own network of this name that was good for something else goes."""
    for other in catalogue.OWN:
        if other != finds:
            (catalogue.own_folder(other) / f"{called}{ENDING}").unlink(missing_ok=True)
    folder = catalogue.own_folder(finds)
    folder.mkdir(exist_ok=True)
    os.replace(copy, folder / f"{called}{ENDING}")


def _try(copy: Path, stop: Stop, patience: float) -> Finds:
    """What it is good for. Raises `StoppedError` and `ModelError`."""
    child = Child(trial, str(copy))
    stop.reaches(child.kill)
    try:
        verdict: Finds | Text = child.answer(time.monotonic() + patience)
    except ChildHungError:
        verdict = refused(copy.name, _HUNG.filled(seconds=patience))
    except ChildCrashedError:
        verdict = refused(copy.name, _CRASHED)
    except ChildFailedError as error:
        verdict = refused(copy.name, _FAILED.filled(detail=str(error).splitlines()[0]))
    if stop.is_asked:
        raise StoppedError
    if isinstance(verdict, Text):
        raise ModelError(*verdict)
    return verdict


def _clear(kept: Path) -> None:
    """Remove what a trial has left whose process was killed."""
    for left in kept.glob(f"{TRIAL}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(left)


def _same_as(copy: Path) -> Entry | None:
    """The own network that has this content already."""
    size, digest = copy.stat().st_size, catalogue.checksum(copy)
    for entry in catalogue.entries().values():
        if entry.own and entry.size == size and catalogue.checksum(catalogue.place(entry)) == digest:
            return entry
    return None


def _checked(name: str) -> str:
    """Raises `ModelError` where a network cannot be called like this."""
    name = unicodedata.normalize("NFC", name)
    taken = name in catalogue.entries() and not catalogue.entries()[name].own
    if taken or not NAME.fullmatch(name) or DEVICES.fullmatch(name.lower()):
        why = (
            Text("it is the name of another network", "別のネットワークの名前です")
            if taken
            else Text(
                "a name has letters, digits, hyphens, dots and underscores, 64 at most",
                "名前に使えるのは文字、数字、ハイフン、ピリオド、下線で、64 文字までです",
            )
        )
        raise ModelError(
            f"The network cannot be called {name!r}: {why.en}.",
            f"{name!r} という名前は使えません（{why.ja}）。",
        )
    return name
