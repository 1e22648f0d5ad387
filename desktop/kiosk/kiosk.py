"""What an exhibit is: its stations, and how it is looked after. Read from a file by `kiosk_file`."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from desktop.text_size import TextSize
from models.text import Language, Text, plain

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)


class Station(Struct, frozen=True):
    """A scene that a visitor chooses with one button."""

    title: Text
    sentence: Text
    """What to try."""
    scene: Path
    picture: Path | None = None
    """A drawing of what to try: SVG or PNG."""
    lanes: tuple[Text, ...] = ()
    """What each picture is called here; without one it is called as its pipeline is, in the field's words."""


class Attract(Struct, frozen=True):
    """The exhibit wanders through its stations by itself."""

    after: float = 90.0
    """Seconds without touch or presence until it begins; at the earliest when what a visitor left was put
    back, which takes the time of `Idle`."""
    each: float = 15.0
    """Seconds that a station stays."""


class Idle(Struct, frozen=True):
    """What a visitor left is put back, after a countdown that everybody sees."""

    after: float = 60.0
    """Seconds without touch or presence until the countdown."""
    countdown: int = 10
    """Seconds."""


class Presence(Struct, frozen=True):
    """Whether somebody is there, from the boxes of faces alone."""

    on: bool = True
    """A source that is no camera shows nobody: then it is off, whatever the file says."""
    seconds: float = 1.0
    """How long a face must be in view to begin a visit."""


class Hours(Struct, frozen=True):
    """When the exhibit is open; outside of that the screen is dark."""

    opens: time = time(0, 0)
    closes: time = time(0, 0)
    """Before the hour at which it opens: on the next day. At that very hour: never."""
    days: tuple[Day, ...] = DAYS
    """On which it opens."""
    closed: tuple[date, ...] = ()
    """Single days on which it stays closed."""


class Keep(Struct, frozen=True):
    """What the supervisor holds to."""

    restart: time | None = time(4, 0)
    """Every night; `None`: never."""
    memory: int = 2000
    """Megabytes of the window process beyond which it is started anew."""


class HealthAddress(Struct, frozen=True):
    """Where `GET /health` is answered."""

    address: str = "127.0.0.1"
    """An IP address of this machine."""
    port: int = 8733
    """0: no health port at all."""


class Kiosk(Struct, frozen=True):
    """Everything that a kiosk file says."""

    path: Path
    stations: tuple[Station, ...]
    title: Text = plain("")
    source: str = "camera:"
    fallback: str = "demo:"
    """What plays while the source gives no picture."""
    language: Language = "ja"
    """The one that every visit begins with."""
    text_size: TextSize = 150
    """Per cent."""
    pin: str | None = None
    """As `pin.hashed` writes it; without one nobody leaves by the screen."""
    attract: Attract = Attract()
    idle: Idle = Idle()
    presence: Presence = Presence()
    hours: Hours = Hours()
    keep: Keep = Keep()
    health: HealthAddress = HealthAddress()
    counts: Path | None = None
    """The folder of the counts; `None`: beside the settings."""
    warnings: tuple[Text, ...] = ()
    """What the file says that this version does not know, each with its line."""
