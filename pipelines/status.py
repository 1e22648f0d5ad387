"""How a pipeline is doing, beside its results."""

from __future__ import annotations

from msgspec import Struct

from models.errors import FusiformError
from models.text import Text
from pipelines.result import Reading


class Status(Struct, frozen=True):
    """What may differ from one run to the next over the same frames, and hence is no part of a result."""

    device: Text | None = None
    """Where it computes, in a word or two."""
    choice: Text | None = None
    """How that was chosen, in a sentence."""
    readings: tuple[Reading, ...] = ()
    """How long its parts took."""
    notice: Text | None = None
    """A sentence for the person: what it had to do differently, and why."""
    refused: FusiformError | None = None
    """What stands in the way of what is set; what was loaded before goes on."""
    subject: Text | None = None
    """What it runs, in a few words, where there is a choice."""
