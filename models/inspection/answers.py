"""From what a layer says to what somebody wants to see of it, in the main memory."""

from __future__ import annotations

import numpy as np

from models.inspection.activity import Activity, activity_of, finite, histogram_of
from models.inspection.maps import Values, as_maps
from models.inspection.network import Answer, Look
from models.inspection.pictures import pictures_of, where_active


def answer_of(values: Values, look: Look) -> Answer:
    """`values` is without the batch. Nothing of its memory is kept, unless the numbers are wanted."""
    maps, activity = _seen(np.ascontiguousarray(as_maps(values)))
    pictures = pictures_of(maps, activity, look.scaling, look.side) if look.scaling else None
    small = where_active(maps, look.small) if look.small else None
    spread = histogram_of(maps, activity.minimum, activity.maximum) if look.histogram else None
    return Answer(activity, pictures, small, spread, np.array(values) if look.values else None)


def _seen(maps: Values) -> tuple[Values, Activity]:
    """The maps without what is no finite number. A mean is finite where all that was added up is; so the
    values themselves are looked at only where it is not."""
    with np.errstate(over="ignore", invalid="ignore"):
        activity = activity_of(maps)
        if np.isfinite(activity.means).all():
            return maps, activity
    maps, strange = finite(maps)
    return maps, activity_of(maps, strange)
