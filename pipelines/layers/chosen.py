"""The map that a person has chosen by its number."""

from __future__ import annotations

from models.inspection.layer import Layer
from models.inspection.maps import maps_in
from models.text import Text
from pipelines.result import Box
from pipelines.units import Units

NO_MAP = Text(
    "{layer} has no map {number}: its maps are 0 to {last}, and the last one is marked.",
    "{layer} に {number} 番の地図はありません（0〜{last} 番）。最後の地図を枠で示しています。",
)


def beyond(layer: Layer, number: int) -> Text | None:
    """What to say where a layer has not so many maps."""
    last = maps_in(layer.shape)[0] - 1
    return NO_MAP.filled(layer=layer.name, number=str(number), last=str(last)) if number > last else None


def ring_of(units: Units) -> tuple[Box, ...]:
    """Around what is chosen, in the gap beside it; nothing where it stands alone, nor around number 0,
    which is the chosen one where nobody has chosen."""
    box = units.box_of_chosen()
    if box is None or units.chosen == 0 or len(units.grid.units) < 2:
        return ()
    x, y, width, height = box
    beside = units.grid.gap / 2
    return (Box((x - beside, y - beside, width + 2 * beside, height + 2 * beside)),)
