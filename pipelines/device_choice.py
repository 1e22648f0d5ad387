"""On what a network is computed: what a person can choose."""

from __future__ import annotations

from collections.abc import Mapping

from models.runtimes.opening import possible
from models.text import Text
from pipelines.parameters import Knob, choice


def devices() -> Mapping[str, Text]:
    """What can be chosen to compute on; a scene may name what only another machine has."""
    return {
        "auto": Text("the fastest here", "最も速いもの"),
        **{device.name: device.title for device in possible()},
    }


def device_knob(help: Text) -> Knob:
    """The choice among them, of a parameter whose type is `Wish`."""
    return choice(title=Text("Compute on", "計算装置"), titles=devices, help=help, open=True)
