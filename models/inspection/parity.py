"""How far two runtimes are apart with the same network and the same picture, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.inspection.maps import Values
from models.inspection.network import Answer


def differences(ones: Mapping[str, Answer], others: Mapping[str, Answer]) -> dict[str, float]:
    """Of each layer that both have in the same shape: the largest difference of two numbers, as a share of
    the strongest of them. The answers have their numbers.
    """
    found = {}
    for name, one in ones.items():
        other = others.get(name)
        if other is None or one.values is None or other.values is None:
            continue
        if one.values.shape == other.values.shape:
            found[name] = _apart(one.values, other.values)
    return found


def _apart(one: Values, other: Values) -> float:
    """Infinitely far, where one has infinite or no numbers and the other none or others."""
    finite = np.isfinite(one)
    if not finite.all():
        if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
            return float("inf")
        one, other = np.where(finite, one, np.float32(0)), np.where(finite, other, np.float32(0))
    strongest = max(float(np.abs(one).max()), float(np.finfo(np.float32).tiny))
    with np.errstate(over="ignore", invalid="ignore"):
        difference = float(np.abs(one - other).max())
    return difference / strongest if np.isfinite(difference) else float("inf")
