"""The tables of a kiosk file as they are written, before `kiosk_file` looks at what they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from ipaddress import ip_address
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields

from desktop.kiosk.kiosk import Attract, Day, HealthAddress, Hours, Idle, Keep, Presence
from desktop.text_size import TextSize
from models.text import Language, Text
from pipelines.toml_file import TomlFile, Where
from pipelines.toml_words import Words, Written

SECONDS = (1.0, 3600.0)
OUTSIDE = Text("it must be from {low} to {high}.", "{low}〜{high} の値を指定してください。")
NO_TIME = Text("it must be a time of day such as “09:30”.", "「09:30」のような時刻を指定してください。")
NO_DATE = Text("it must be a date such as “2026-12-29”.", "「2026-12-29」のような日付を指定してください。")
NO_DAY = Text("there must be at least one day.", "曜日が 1 つ以上必要です。")
NO_ADDRESS = Text(
    "it must be an IP address of this machine, such as “127.0.0.1”.",
    "「127.0.0.1」のような、この機械の IP アドレスを指定してください。",
)
T = TypeVar("T")


class StationTable(Struct, frozen=True):
    title: Written
    sentence: Written
    scene: str
    picture: str | None = None
    lanes: tuple[Written, ...] = ()


class Stations(Struct, frozen=True):
    """What of the file is about its stations."""

    stations: tuple[StationTable, ...] = ()


class HoursTable(Struct, frozen=True):
    opens: str = "00:00"
    closes: str = "00:00"
    days: tuple[Day, ...] = Hours().days
    closed: tuple[str, ...] = ()


class KeepTable(Struct, frozen=True):
    restart: str = "04:00"
    memory: int = Keep().memory


class Rest(Struct, frozen=True):
    """Everything else."""

    title: Written = ""
    source: str = "camera:"
    fallback: str = "demo:"
    language: Language = "ja"
    text_size: TextSize = 150
    pin: str | None = None
    counts: str | None = None
    attract: Attract = Attract()
    idle: Idle = Idle()
    presence: Presence = Presence()
    hours: HoursTable = HoursTable()
    keep: KeepTable = KeepTable()
    health: HealthAddress = HealthAddress()


def check(file: TomlFile, rest: Rest) -> None:
    """Raises `SceneError` for a number or an address that no exhibit can use, with its line."""
    for where, value, low, high in (
        (("attract", "after"), rest.attract.after, *SECONDS),
        (("attract", "each"), rest.attract.each, *SECONDS),
        (("idle", "after"), rest.idle.after, *SECONDS),
        (("idle", "countdown"), rest.idle.countdown, 3, 60),
        (("presence", "seconds"), rest.presence.seconds, 0.1, 60),
        (("keep", "memory"), rest.keep.memory, 300, 1_000_000),
        (("health", "port"), rest.health.port, 0, 65535),
    ):
        if not low <= value <= high:
            raise file.refusal(where, OUTSIDE.filled(low=f"{low:g}", high=f"{high:g}"))
    _read(file, ("health", "address"), rest.health.address, ip_address, NO_ADDRESS)


def hours(file: TomlFile, table: HoursTable) -> Hours:
    """Raises `SceneError`: no time, no date, or no day at all; with its line."""
    if not table.days:
        raise file.refusal(("hours", "days"), NO_DAY)
    return Hours(
        _read(file, ("hours", "opens"), table.opens, _time, NO_TIME),
        _read(file, ("hours", "closes"), table.closes, _time, NO_TIME),
        table.days,
        tuple(
            _read(file, ("hours", "closed", number), day, date.fromisoformat, NO_DATE)
            for number, day in enumerate(table.closed)
        ),
    )


def keep(file: TomlFile, table: KeepTable) -> Keep:
    """An empty time is none at all. Raises `SceneError`: no time, with its line."""
    restart = _read(file, ("keep", "restart"), table.restart, _time, NO_TIME) if table.restart else None
    return Keep(restart, table.memory)


def unknown(file: TomlFile, rest: Rest) -> tuple[Text, ...]:
    """A sentence for every key that is not known, with its line, but for those of stations."""
    warnings = file.unknown((*_keys(rest), *_keys(Stations())))
    for name in _keys(rest):
        value = getattr(rest, name)
        if isinstance(value, Struct) and file.has((name,)):
            warnings += file.unknown(_keys(value), (name,))
    return warnings


def unknown_in_station(file: TomlFile, number: int, table: StationTable) -> tuple[Text, ...]:
    """The same for the station with this number, from 0."""
    where = ("stations", number)
    warnings = file.unknown(_keys(table), where)
    written: dict[Where, Written] = {("title",): table.title, ("sentence",): table.sentence}
    written |= {("lanes", place): words for place, words in enumerate(table.lanes)}
    for inside, words in written.items():
        if isinstance(words, Words):
            warnings += file.unknown(_keys(words), (*where, *inside))
    return warnings


def _keys(table: Struct) -> Sequence[str]:
    return [field.name for field in fields(table)]


def _read(file: TomlFile, where: Where, text: str, read: Callable[[str], T], why: Text) -> T:
    try:
        return read(text)
    except ValueError:
        raise file.refusal(where, why) from None


def _time(text: str) -> time:
    if not re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        raise ValueError(text)
    return time.fromisoformat(text)
