"""Memory for what is needed for a moment only."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from models.inspection.maps import Values


class Scratch:
    """The same memory for one layer after the other, picture after picture: fresh memory would cost more than
    what is done in it. What it gave is overwritten by the next call. Used from one thread at a time."""

    def __init__(self) -> None:
        self._floats = np.empty(0, np.float32)
        self._flags = np.empty(0, np.bool_)

    def floats(self, shape: tuple[int, ...]) -> Values:
        """Of any value."""
        size = math.prod(shape)
        if self._floats.size < size:
            self._floats = np.empty(size, np.float32)
        return self._floats[:size].reshape(shape)

    def flags(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """Of any value."""
        size = math.prod(shape)
        if self._flags.size < size:
            self._flags = np.empty(size, np.bool_)
        return self._flags[:size].reshape(shape)
