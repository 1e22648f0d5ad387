"""The detector that ours is measured against."""

from __future__ import annotations

import hashlib
from pathlib import Path

from models.catalogue import entries


def reference_in(folder: Path, name: str) -> Path | None:
    """The file of this entry of the catalogue, known by its checksum, in `folder` or one below it."""
    wanted = entries()[name].sha256
    for file in sorted(folder.glob("*.onnx")) + sorted(folder.glob("*/*.onnx")):
        if hashlib.sha256(file.read_bytes()).hexdigest() == wanted:
            return file
    return None
