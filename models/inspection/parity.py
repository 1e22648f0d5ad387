"""How far two runtimes are apart with the same network and the same picture, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

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
            strongest = max(float(np.abs(one.values).max()), float(np.finfo(np.float32).tiny))
            found[name] = float(np.abs(one.values - other.values).max()) / strongest
    return found
