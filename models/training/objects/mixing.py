"""Two pictures in one, and both of their classes: the network learns to be less sure than it could.

Sources: H. Zhang et al., "mixup: beyond empirical risk minimization", ICLR (2018); S. Yun et al., "CutMix:
regularization strategy to train strong classifiers with localizable features", ICCV (2019).
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.training.classifiers.batches import Batch

BLENDED, PASTED = 0.25, 0.25
"""The share of the batches in which pictures shine through each other, and in which a part of one is covered
by the same part of another."""
EVENNESS = 0.4
"""The less, the more a blend is nearly one of the two pictures."""


def mixed(batch: Batch, rng: Generator) -> Batch:
    """The same number of pictures: each with another one, or as they were."""
    kind, share = rng.random(), float(rng.beta(EVENNESS, EVENNESS))
    others = rng.permutation(len(batch.pictures))
    if kind < BLENDED:
        pictures = share * batch.pictures + (1 - share) * batch.pictures[others]
    elif kind < BLENDED + PASTED:
        pictures, share = _pasted(batch, others, rng.random(), rng)
    else:
        return batch
    shares = share * batch.shares + (1 - share) * batch.shares[others]
    return Batch(pictures.astype(np.float32), shares.astype(np.float32))


def _pasted(
    batch: Batch, others: NDArray[np.intp], covered: float, rng: Generator
) -> tuple[NDArray[np.float32], float]:
    """The pictures with one rectangle of the `others`, and the share that is left of them."""
    height, width = batch.pictures.shape[2:]
    rows, columns = (round(side * np.sqrt(covered)) for side in (height, width))
    top, left = int(rng.integers(0, height - rows + 1)), int(rng.integers(0, width - columns + 1))
    part = (..., slice(top, top + rows), slice(left, left + columns))
    pictures = batch.pictures.copy()
    pictures[part] = batch.pictures[others][part]
    return pictures, 1 - rows * columns / (height * width)
