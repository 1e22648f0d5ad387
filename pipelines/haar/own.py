"""A person's own cascades, beside those that come with OpenCV."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from filecmp import cmp
from pathlib import Path

from cv2.data import haarcascades

from models import catalogue
from models.errors import PipelineError
from models.files import reason
from models.own.naming import free_name
from models.text import Text, plain
from pipelines.haar.cascade import Cascade
from pipelines.haar.cascades import SHIPPED, Thing
from pipelines.haar.reading import OldCascadeError, read_model

ENDING = ".xml"


def folder() -> Path:
    """Where they are kept."""
    return catalogue.folder() / "own" / "cascades"


def titles() -> Mapping[str, Text]:
    """The words for every cascade, by name; own ones last."""
    shipped = {str(name): cascade.title for name, cascade in SHIPPED.items()}
    return {**shipped, **{path.stem: plain(path.stem) for path in _own()}}


def file_of(name: str) -> Path:
    """
    Raises:
        PipelineError: there is no cascade of this name.
    """
    if name in SHIPPED:
        return Path(haarcascades) / SHIPPED[name].file
    path = folder() / f"{name}{ENDING}"
    if path not in _own():
        raise PipelineError(
            f"There is no cascade “{name}” here. Drop its XML file on the window, or choose another one.",
            f"「{name}」というカスケードはありません。"
            "XML ファイルをウィンドウにドロップするか、別のカスケードを選んでください。",
        )
    return path


def thing_of(name: str) -> Thing:
    """What it finds: of an own one nothing is known but its name."""
    return SHIPPED[name].thing if name in SHIPPED else Thing(name, plain(name))


def add(path: Path) -> str:
    """Keep a copy of a cascade's file once it has been read whole; its name. The same one is not kept twice.

    Raises:
        PipelineError: it cannot be read or kept, is cut off, or is no Haar cascade.
    """
    kept = folder()
    try:
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as apart:
            copy = Path(apart, path.name)  # what is read is what is kept, whatever happens to the file
            shutil.copyfile(path, copy)
            with suppress(OldCascadeError):  # OpenCV finds things with it all the same
                read_model(copy)
            Cascade(copy)
            for other in _own():
                if cmp(copy, other, shallow=False):
                    return other.stem
            name = free_name(path.stem, titles(), "cascade")
            os.replace(copy, kept / f"{name}{ENDING}")
    except OSError as error:
        why = reason(error)
        raise PipelineError(
            f"The cascade {path.name} could not be added: {why.en}.",
            f"カスケード {path.name} を追加できませんでした（{why.ja}）。",
        ) from error
    return name


def _own() -> list[Path]:
    return sorted(path for path in folder().glob(f"*{ENDING}") if path.is_file())
