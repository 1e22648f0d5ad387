"""Where boxes will be: a Kalman filter with constant velocity for each centre.

Noise is counted in sides of the box, as a near face moves by more pixels than a far one. Both directions
share their variances, so that four numbers a box stand for the usual matrices.

Source: A. Bewley et al., "Simple online and realtime tracking", ICIP 2016 (constant velocity);
N. Wojke, A. Bewley and D. Paulus, "Simple online and realtime tracking with a deep association metric",
ICIP 2017 (noise in sides of the box).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

MEASURED = 0.05**2
"""Variance of where a detector says that a box is, in squared sides: it trembles by a twentieth."""
FIRST_SPEED = 0.1**2
"""Variance of the velocity while nothing is known of it: three sides a second, at 30 frames."""
TURN = 0.01**2
"""What each frame adds to the variance of the velocity: heads turn back."""
GROWTH = 0.02**2
"""What each frame adds to the variance of the size, in squared sides."""


class Motion(Struct, frozen=True, eq=False):
    """n boxes: `centres`, `sizes` (n, 2) in pixels, `speeds` (n, 2) in pixels a frame.

    `place`, `drift` and `speed` (n,) are the covariances of centre and velocity, `spread` (n,) the
    variance of the size, all in squared sides.
    """

    centres: Floats
    sizes: Floats
    speeds: Floats
    place: Floats
    drift: Floats
    speed: Floats
    spread: Floats

    @staticmethod
    def begun(boxes: Floats) -> Motion:
        """Boxes (n, 4) x, y, width, height seen for the first time."""
        ones = np.ones(len(boxes))
        return Motion(
            boxes[:, :2] + boxes[:, 2:] / 2,
            boxes[:, 2:],
            np.zeros((len(boxes), 2)),
            MEASURED * ones,
            0 * ones,
            FIRST_SPEED * ones,
            MEASURED * ones,
        )

    @property
    def boxes(self) -> Floats:
        """(n, 4) x, y, width, height."""
        return np.concatenate([self.centres - self.sizes / 2, self.sizes], 1)

    def widened(self) -> Floats:
        """(n, 4) boxes, larger on each side by the standard deviation of their place."""
        further = np.sqrt(self.place)[:, None] * self.sizes
        return np.concatenate([self.centres - self.sizes / 2 - further, self.sizes + 2 * further], 1)

    def after(self, frames: int) -> Motion:
        """What is expected so many frames later."""
        return Motion(
            self.centres + frames * self.speeds,
            self.sizes,
            self.speeds,
            self.place + 2 * frames * self.drift + frames**2 * self.speed + TURN * frames**3 / 3,
            self.drift + frames * self.speed + TURN * frames**2 / 2,
            self.speed + TURN * frames,
            self.spread + GROWTH * frames,
        )

    def corrected(self, boxes: Floats) -> Motion:
        """With all n boxes seen at (n, 4) `boxes`."""
        surprise = boxes[:, :2] + boxes[:, 2:] / 2 - self.centres
        trust, turn = self.place / (self.place + MEASURED), self.drift / (self.place + MEASURED)
        scaled = (self.spread / (self.spread + MEASURED))[:, None]
        return Motion(
            self.centres + trust[:, None] * surprise,
            self.sizes + scaled * (boxes[:, 2:] - self.sizes),
            self.speeds + turn[:, None] * surprise,
            (1 - trust) * self.place,
            (1 - trust) * self.drift,
            self.speed - turn * self.drift,
            (1 - scaled[:, 0]) * self.spread,
        )

    def only(self, chosen: NDArray[np.intp]) -> Motion:
        return Motion(*(getattr(self, name)[chosen] for name in self.__struct_fields__))

    def joined(self, others: Motion) -> Motion:
        """These and the others behind them."""
        names = self.__struct_fields__
        return Motion(*(np.concatenate([getattr(self, name), getattr(others, name)]) for name in names))
