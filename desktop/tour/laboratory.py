"""All stimuli on one picture, for the tour."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from pipelines.stimuli import discover
from pipelines.stimulus import Motion

SIDE, GAP, ACROSS = 320, 16, 5
MOMENT = 1.2
"""Seconds after which all that moves is to be seen."""


def contact_sheet(file: Path) -> Path:
    """Write every stimulus as it is declared into one picture, in the order of the menu."""
    shown = []
    for stimulus in discover().values():
        parameters = stimulus.parameters()
        image = stimulus.picture(parameters, Motion().after(parameters, MOMENT), (SIDE, SIDE))
        shown.append(cv2.copyMakeBorder(image, GAP, GAP, GAP, GAP, cv2.BORDER_CONSTANT, value=(48, 48, 48)))
    empty = np.full_like(shown[0], 48)
    shown += [empty] * (-len(shown) % ACROSS)
    rows = [np.hstack(shown[first : first + ACROSS]) for first in range(0, len(shown), ACROSS)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(cv2.imencode(".png", np.vstack(rows))[1].tobytes())
    return file
