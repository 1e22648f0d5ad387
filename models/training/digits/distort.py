"""A digit as other hands, other pens and a worse camera would have made it.

Sources: Y. LeCun et al., "Gradient-based learning applied to document recognition", Proc. IEEE 86 (1998),
section III.C; P. Simard, D. Steinkraus and J. Platt, "Best practices for convolutional neural networks
applied to visual document analysis", ICDAR (2003).
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.centring import Image, to_centre_of_mass

SIDE = 32
TURN, SHEAR, LARGER = 12.0, 0.2, 1.12
"""Degrees to either side, sideways in heights, and how much wider, narrower, higher or lower, at most."""
SMOOTH, WAVE = 4.0, 0.8
"""σ of the smoothing that makes waves of noise, and of the waves themselves, in pixels."""
AWAY = 1
"""Pixels from the middle at most: nobody draws exactly in it."""
PEN = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


def _waves() -> NDArray[np.float32]:
    """(256, SIDE, SIDE, 2): how far each pixel is moved. Made once: it takes longer than all the rest."""
    noise = np.random.default_rng(0).normal(0, 1, (256, SIDE, SIDE, 2))
    smooth = np.stack([cv2.GaussianBlur(one, (0, 0), SMOOTH) for one in noise])
    waves: NDArray[np.float32] = (smooth * (WAVE / smooth.std())).astype(np.float32)
    return waves


WAVES = _waves()


def distorted(digit: Image, rng: Generator) -> Image:
    """(SIDE, SIDE, 1), light on dark, of such a one: in its middle again, but for a little."""
    made = to_centre_of_mass(_seen(_written(_moved(digit, rng), rng), rng))
    right, down = (float(away) for away in rng.integers(-AWAY, AWAY + 1, 2))
    move = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return cast(Image, cv2.warpAffine(made, move, made.shape, flags=cv2.INTER_NEAREST))[..., None]


def _moved(digit: Image, rng: Generator) -> Image:
    """(SIDE, SIDE): turned, leaning, wider or higher, and a little wavy."""
    turn, shear = np.deg2rad(rng.uniform(-TURN, TURN)), rng.uniform(-SHEAR, SHEAR)
    wide, high = np.exp(rng.uniform(-np.log(LARGER), np.log(LARGER), 2))
    cos, sin = np.cos(turn), np.sin(turn)
    linear = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1, shear], [0, 1]]) @ np.diag([wide, high])
    away = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), -1) - SIDE / 2
    places = away @ linear.T + SIDE / 2 + WAVES[rng.integers(len(WAVES))] * rng.uniform(-1, 1)
    moved = cv2.remap(digit, places.astype(np.float32), None, cv2.INTER_LINEAR)  # type: ignore[call-overload]
    return cast(Image, moved)


def _written(digit: Image, rng: Generator) -> Image:
    """With a broader or a finer pen."""
    if rng.random() >= 0.4:
        return digit
    other = cv2.dilate(digit, PEN) if rng.random() < 0.6 else cv2.erode(digit, PEN)
    share = rng.uniform(0, 0.8)
    return cast(Image, cv2.addWeighted(digit, 1 - share, other, share, 0))


def _seen(digit: Image, rng: Generator) -> Image:
    """Less sharp, in less light, or grainy."""
    if rng.random() < 0.2:
        digit = cast(Image, cv2.GaussianBlur(digit, (0, 0), rng.uniform(0.3, 1.2)))
    if rng.random() < 0.2:
        digit = cast(Image, cv2.convertScaleAbs(digit, alpha=rng.uniform(0.35, 1.0)))
    if rng.random() < 0.15:
        noise = rng.normal(0, rng.uniform(2, 20), digit.shape)
        digit = (digit + noise).clip(0, 255).astype(np.uint8)
    return digit
