"""By which endings files are known, in small letters."""

from __future__ import annotations

PICTURES = frozenset(
    (
        *(".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"),
        *(".avif", ".dib", ".exr", ".hdr", ".jfif", ".jp2", ".jpe", ".pbm", ".pgm", ".pnm", ".ppm"),
    )
)
MOVING = frozenset({".gif"})
"""Pictures that may move: played as videos when opened alone."""
VIDEOS = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".ts", ".webm", ".wmv"})
