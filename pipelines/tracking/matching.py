"""Which box belongs to which: the assignment with the largest overlap in all.

Source: H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics
Quarterly 2, 83-97 (1955); for tracking: A. Bewley et al., "Simple online and realtime tracking", ICIP 2016.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.tracking.motion import Floats


def overlaps(these: Floats, those: Floats) -> Floats:
    """(n, m) intersection over union of (n, 4) and (m, 4) boxes x, y, width, height."""
    low = np.maximum(these[:, None, :2], those[None, :, :2])
    high = np.minimum((these[:, :2] + these[:, 2:])[:, None], (those[:, :2] + those[:, 2:])[None])
    common = (high - low).clip(0).prod(2)
    union = these[:, 2:].prod(1)[:, None] + those[:, 2:].prod(1)[None] - common
    shared: Floats = np.divide(common, union, out=np.zeros_like(common), where=union > 0)
    return shared


def pairs(overlap: Floats, least: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of `overlap` that belong together: none twice, none that shares less than `least`."""
    from scipy.optimize import linear_sum_assignment  # 0.2 s that a first picture does not wait for

    counted = np.where(overlap >= least, overlap, 0.0)
    rows, columns = linear_sum_assignment(counted, maximize=True)
    paired = counted[rows, columns] > 0
    return rows[paired], columns[paired]
