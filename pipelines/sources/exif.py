"""Which way up a picture was taken, from its EXIF record.

Source: CIPA DC-008 (Exif 2.32), section 4.6.4 A, tag 274 "Orientation"; the record is a TIFF file.
"""

from __future__ import annotations

import struct

import cv2

from pipelines.frame import Image

ORIENTATION = 0x0112
HEADER = b"Exif\0\0"
_TURNS = {  # after the mirroring
    3: cv2.ROTATE_180,
    4: cv2.ROTATE_180,
    5: cv2.ROTATE_90_COUNTERCLOCKWISE,
    6: cv2.ROTATE_90_CLOCKWISE,
    7: cv2.ROTATE_90_CLOCKWISE,
    8: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
_MIRRORED = (2, 4, 5, 7)


def orientation_of(record: bytes) -> int:
    """1 (upright) to 8; 1 where the record does not say or is damaged."""
    tiff = record.removeprefix(HEADER)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        value = _entry(tiff, order) if order else 1
    except struct.error:
        return 1
    return value if 1 <= value <= 8 else 1


def upright(image: Image, orientation: int) -> Image:
    """The picture turned and mirrored as the EXIF orientation asks; any number of channels."""
    if orientation in _MIRRORED:
        image = cv2.flip(image, 1).astype(image.dtype, copy=False)
    if orientation in _TURNS:
        image = cv2.rotate(image, _TURNS[orientation]).astype(image.dtype, copy=False)
    return image


def _entry(tiff: bytes, order: str) -> int:
    """The orientation in the first directory; 1 where it has none."""
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for at in range(start + 2, start + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
        if tag == ORIENTATION:
            return int(value)
    return 1
