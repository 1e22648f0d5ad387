"""A picture and the faces that are asked for in it: those of the labels, and what a teacher adds to them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.evaluation.pictures import Boxes, Image, Picture
from models.evaluation.precision import overlaps

STYLE = 0.2
"""How much the edges of a box count that a detector drew: its boxes begin higher than a person's."""
SURE = 0.5
"""The score from which a face that only the teacher sees is asked for; below it is left open."""
LURING = 0.1
"""The score from which what is no face is to be shown again."""
MOST = 8
"""Of a picture, the surest."""
TOUCHING = 0.1
"""The overlap from which it may be about a face after all."""
SAME = 0.3
"""The overlap from which two boxes are of one face."""


NOTHING: Boxes = np.zeros((0, 4), np.float32)


class Scene(NamedTuple):
    """n boxes, in pixels of the picture."""

    picture: Picture
    boxes: Boxes
    """(n, 4) x, y, width, height."""
    ignored: NDArray[np.bool_]
    """(n,): neither a face nor none."""
    bare: NDArray[np.bool_]
    """(n,): certainly without a mask."""
    edges: NDArray[np.float32]
    """(n,), 0 to 1: how much the edges of the box count."""
    sure: NDArray[np.float32]
    """(n,), 0 to 1: how surely it is a face."""
    lures: Boxes = NOTHING
    """(m, 4) x, y, width, height: what the network took for a face and is none."""

    def image(self) -> Image:
        return self.picture.image()


def scene(picture: Picture, found: NDArray[np.float32] | None = None) -> Scene:
    """`found` (n, 5), x, y, width, height, score, is what a teacher finds in the picture."""
    edges = np.where(picture.by_hand, 1.0, STYLE).astype(np.float32)
    labels = Scene(picture, picture.boxes, picture.ignored, picture.bare, edges, np.ones_like(edges))
    return labels if found is None or len(found) == 0 else _completed(labels, found)


def _completed(labels: Scene, found: NDArray[np.float32]) -> Scene:
    """With the faces that no label covers; they take the place of labels that leave open what is there."""
    overlap, _covered = overlaps(found[:, :4], labels.boxes)
    same = overlap >= SAME
    new = ~(same & ~labels.ignored).any(1)
    certain = found[:, 4] >= SURE
    left = ~(labels.ignored & same[new & certain].any(0))
    added = found[new]
    none = np.zeros(len(added), bool)
    return Scene(
        labels.picture,
        np.concatenate([labels.boxes[left], added[:, :4]]),
        np.concatenate([labels.ignored[left], ~certain[new]]),
        np.concatenate([labels.bare[left], none]),
        np.concatenate([labels.edges[left], np.full(len(added), STYLE, np.float32)]),
        np.concatenate([labels.sure[left], added[:, 4]]),
    )


def taken_for_faces(seen: Scene, found: NDArray[np.float32]) -> Boxes:
    """(m, 4) of what was `found` (n, 5), surely enough and nowhere near a face."""
    overlap, covered = overlaps(found[:, :4], seen.boxes)
    wrong = (found[:, 4] >= LURING) & ~(overlap > TOUCHING).any(1) & ~(covered > TOUCHING).any(1)
    lures = found[wrong]
    return lures[np.argsort(-lures[:, 4], kind="stable")[:MOST], :4]
