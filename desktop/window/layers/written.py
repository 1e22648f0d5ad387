"""Numbers of a network as they are written in a small square."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

PLAIN = range(-1, 2)
"""Powers of ten of the largest number, with which all are written as they are."""
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: float) -> str:
    """Two digits behind the point; -0.00 is 0.00."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def whole(value: float) -> str:
    """Grey levels, and most weights that people write."""
    return f"{value:.0f}".replace("-", "−")


def scaled(numbers: NDArray[np.float32]) -> tuple[NDArray[np.float32], str]:
    """As they can be written with two digits behind the point, and what they are to be multiplied with."""
    most = float(np.abs(numbers).max())
    power = math.floor(math.log10(most)) if most > 0 and math.isfinite(most) else 0
    if power in PLAIN:
        return numbers, ""
    return (numbers / 10.0**power).astype(np.float32), f"× 10{str(power).translate(RAISED)}"
