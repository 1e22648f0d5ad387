"""Random numbers that are a function of what they are for: the same number for the same keys, for ever.

Source: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014
(the mixing function of SplitMix64).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BITS = 53
"""As many as a float has."""
Keys = NDArray[np.int64]


def chance(*keys: Keys | int) -> NDArray[np.float64]:
    """Evenly spread over 0 ≤ number < 1; one for each set of keys, which are arrays of one shape or alone."""
    mixed = np.zeros(1, np.uint64)
    for key in keys:
        mixed = _mixed(mixed + np.asarray(key, np.int64).astype(np.uint64) + GOLDEN)
    return (mixed >> np.uint64(64 - BITS)).astype(np.float64) / 2.0**BITS


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * SECOND
    return bits ^ (bits >> np.uint64(31))
