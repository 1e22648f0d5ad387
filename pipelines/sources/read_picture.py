"""A picture file of any kind as the one kind of picture that the program knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import SourceError
from pipelines.frame import Image
from pipelines.sources.exif import orientation_of, upright

LARGEST = 1 << 29
"""Bytes of a file that are read at most: 512 MiB."""


def read_picture(path: Path) -> Image:
    """The picture as a person sees it: (height, width, 3) uint8 BGR.

    Turned upright by its EXIF orientation, 16 bits scaled down to 8, floats of 0 to 1 stretched to 255,
    transparent places shown on white, as on paper and in a browser. The path may hold any letters on
    every system.

    Raises:
        SourceError: there is no such file, or it is not a picture that can be read.
    """
    stored, orientation = _decoded(path, _bytes(path))
    return np.ascontiguousarray(upright(_colour(_eight_bits(path, stored)), orientation))


def _bytes(path: Path) -> NDArray[np.uint8]:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _refused(path, "is a folder, not a picture", "は画像ではなくフォルダーです")
        if size == 0:
            raise _refused(path, "is empty", "は空のファイルです")
        if size > LARGEST:
            raise _refused(path, "is too large for a picture", "は画像としては大きすぎます")
        return np.fromfile(path, np.uint8)
    except FileNotFoundError:
        raise _refused(path, "does not exist", "が見つかりません") from None
    except (OSError, ValueError):
        raise _refused(path, "cannot be read", "を読み込めません") from None


def _decoded(path: Path, data: NDArray[np.uint8]) -> tuple[NDArray[Any], int]:
    """The picture as stored, and its EXIF orientation.

    `IMREAD_UNCHANGED` alone keeps transparency and depth, and it alone leaves the orientation to us.
    """
    try:
        stored, kinds, records = cv2.imdecodeWithMetadata(data, flags=cv2.IMREAD_UNCHANGED)
    except (cv2.error, MemoryError):
        stored = None
    if stored is None or stored.size == 0:
        raise _refused(
            path,
            "is not a picture that this program can read, or it is damaged",
            "はこのプログラムで読める画像ではないか、壊れています",
        )
    exif = dict(zip(kinds, records, strict=True)).get(cv2.IMAGE_METADATA_EXIF)
    return stored, 1 if exif is None else orientation_of(exif.tobytes())


def _eight_bits(path: Path, stored: NDArray[Any]) -> Image:
    if stored.dtype == np.uint8:
        return stored.astype(np.uint8, copy=False)
    if stored.dtype == np.uint16:
        return cv2.convertScaleAbs(stored, alpha=255 / 65535).astype(np.uint8, copy=False)
    if np.issubdtype(stored.dtype, np.floating):
        stretched: Image = np.rint(np.clip(np.nan_to_num(stored), 0, 1) * 255).astype(np.uint8)
        return stretched
    raise _refused(
        path, f"holds {stored.dtype} values, which are no picture", f"の画素値（{stored.dtype}）は扱えません"
    )


def _colour(image: Image) -> Image:
    """BGR from grey, BGR or BGR with transparency."""
    if image.ndim == 2 or image.shape[2] == 1:
        return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR).astype(np.uint8, copy=False)
    return image if image.shape[2] == 3 else _on_paper(image)


def _on_paper(image: Image) -> Image:
    colour, alpha = image[..., :3], image[..., 3]
    if alpha.min() == 255:
        return colour
    weight = cv2.merge([alpha] * 3)
    over = cv2.multiply(colour, weight, scale=1 / 255)
    return cv2.add(over, cv2.bitwise_not(weight)).astype(np.uint8, copy=False)


def _refused(path: Path, en: str, ja: str) -> SourceError:
    return SourceError(f"“{path.name}” {en}.", f"「{path.name}」{ja}。")
