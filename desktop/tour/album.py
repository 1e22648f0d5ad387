"""A folder of labelled pictures for the tour: frames of the demo, of which the face is known."""

from __future__ import annotations

import json
from pathlib import Path

import cv2

from pipelines.sources import demo_reel

FRAMES = (60, 250, 430, 790, 1150, 1480, 1700, 1900)
"""Two faces, a cup, a wall, a cat, two faces again, a rocket."""


def name_of(position: int) -> str:
    """The file of the picture that is shown there."""
    return f"{FRAMES[position]:04}.jpg"


def album(folder: Path) -> Path:
    """Write the pictures and their labels into `folder`, as `docs/labelled-folders.md` describes."""
    folder.mkdir(parents=True)
    lines = []
    for position, number in enumerate(FRAMES):
        image, truth = demo_reel.frame(number)
        file = folder / name_of(position)
        file.write_bytes(cv2.imencode(".jpg", image)[1].tobytes())
        boxes = [{"xywh": known.box, "cls": known.label} for known in truth]
        lines.append(json.dumps({"file": file.name, "width": 1280, "height": 720, "boxes": boxes}))
    (folder / "labels.jsonl").write_text("\n".join(lines), "utf-8")
    return folder
