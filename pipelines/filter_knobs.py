"""Parameters that many filters share, each declared once."""

from __future__ import annotations

from typing import Any

from models.text import Text
from pipelines.parameters import Knob, number

ANSWERS = Text(
    "The answers are multiplied by this before they are shown.",
    "応答にこの倍率をかけてから表示します。",
)
DIFFERENCES = Text(
    "The differences are multiplied by this before they are shown.",
    "差にこの倍率をかけてから表示します。",
)


def gain_knob(
    help: Text = ANSWERS, *, most: float = 20.0, when: tuple[str, tuple[Any, ...]] | None = None
) -> Knob:
    """How many times stronger something is shown than it is."""
    return number(0.5, most, step=0.5, unit="×", title=Text("Gain", "増幅"), help=help, when=when)


def blur_knob(help: Text) -> Knob:
    """The standard deviation of a Gaussian that smooths the picture beforehand; 0 does nothing."""
    return number(0.0, 8.0, step=0.1, unit="px", title=Text("Blur σ", "ぼかし σ"), help=help)
