"""A black bar in front of the scene."""

from __future__ import annotations

from pipelines.frame import Image


def covered(image: Image, share: float, position: float) -> Image:
    """`image` (h, w, 3) with a black bar from side to side.

    The bar takes this `share` of the height. At `position` 0 it touches the upper edge, at 1 the lower one.
    """
    height = len(image)
    thick = round(share * height)
    if thick == 0:
        return image
    top = round(position * (height - thick))
    made = image.copy()
    made[top : top + thick] = 0
    return made
