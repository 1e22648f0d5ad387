"""Photographs in a folder for each class."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import cv2
import numpy as np

from models.classifiers import Classifier
from models.errors import DataError
from models.evaluation.examples import Examples, folders_in
from models.preparation import Image, fitted


def read_photographs(classifier: Classifier, data: Path, split: str) -> Examples:
    """Those in `SPLIT/CLASS/` of `data`, or of a folder in it, in the order of their names.

    Raises:
        DataError: a class has no pictures, or one cannot be read.
    """
    files = [
        (number, file)
        for number, folder in enumerate(_folders(classifier, data, split))
        for file in _inside(folder)
    ]
    side = classifier.side
    pictures = np.empty((len(files), side, side, classifier.channels), np.uint8)
    for place, (_number, file) in enumerate(files):
        pictures[place] = fitted(_read(file), classifier.picture)
    return Examples(pictures, np.array([number for number, _file in files], np.intp))


def _folders(classifier: Classifier, data: Path, split: str) -> list[Path]:
    names = list(classifier.classes)
    where = next((folder for folder in folders_in(data) if (folder / split / names[0]).is_dir()), data)
    folders = [where / split / name for name in names]
    for folder in folders:
        if not folder.is_dir() or not _inside(folder):
            raise DataError(
                f"There are no pictures in “{folder}”; a folder for each class is expected beside it: "
                f"{', '.join(names)}.",
                f"「{folder}」に画像がありません。クラスごとのフォルダーが必要です：{', '.join(names)}。",
            )
    return folders


def _inside(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if not file.name.startswith("."))


def _read(file: Path) -> Image:
    try:
        image = cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        image = None
    if image is None:
        raise DataError(
            f"“{file}” is no picture that can be read; take it out of the folder or replace it.",
            f"「{file}」は画像として読み込めません。フォルダーから取り除くか、差し替えてください。",
        )
    return cast(Image, image)
