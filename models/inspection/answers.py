"""From what a layer says to what somebody wants to see of it, in the main memory."""

from __future__ import annotations

import numpy as np

from models.inspection.activity import activity_of, finite, histogram_of
from models.inspection.maps import Values, as_maps
from models.inspection.network import Answer, Look
from models.inspection.pictures import pictures_of, where_active


def answer_of(values: Values, look: Look) -> Answer:
    """`values` is without the batch. Nothing of its memory is kept, unless the numbers are wanted."""
    maps, strange = finite(as_maps(values))
    activity = activity_of(maps, strange)
    pictures = pictures_of(maps, activity, look.scaling, look.side) if look.scaling else None
    small = where_active(maps, look.small) if look.small else None
    spread = histogram_of(maps, activity.minimum, activity.maximum) if look.histogram else None
    kept = np.array(values) if look.values else None
    return Answer(activity, pictures, small, spread, kept, shape=values.shape)
