"""A folder of labelled pictures, made up: bright ellipses with two dark eyes on noise."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

SIZE = (160, 120)


def write_labelled(folder: Path, train: int = 12, val: int = 4) -> Path:
    for split, count in (("train", train), ("val", val)):
        (folder / split).mkdir(parents=True)
        lines = [_write(folder, f"{split}/{number}.png", number) for number in range(count)]
        (folder / f"labels_{split}.jsonl").write_text("\n".join(lines))
    return folder


def _write(folder: Path, file: str, number: int) -> str:
    rng = np.random.default_rng(number)
    width, height = SIZE
    image = rng.integers(40, 90, (height, width, 3), dtype=np.uint8)
    x, y, w, h = 20 + number * 5 % 60, 15 + number * 7 % 40, 32 + number % 3 * 8, 40
    cv2.ellipse(image, (x + w // 2, y + h // 2), (w // 2, h // 2), 0, 0, 360, (150, 180, 220), -1)
    for eye in (x + w // 3, x + 2 * w // 3):
        cv2.circle(image, (eye, y + h // 3), 3, (20, 20, 20), -1)
    cv2.imwrite(str(folder / file), image)
    box = {"xywh": [x, y, w, h], "ignore": False, "origin": "human", "cls": "bare"}
    return json.dumps({"file": file, "width": width, "height": height, "kind": "mask", "boxes": [box]})
