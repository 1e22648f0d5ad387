"""A kiosk as a readable file:

    title = { en = "Face to face", ja = "顔と顔" }
    source = "camera:"

    [[stations]]
    title = { en = "Tilt your head", ja = "頭をかしげて" }
    sentence = { en = "When does the old method lose you?", ja = "昔の方法はいつ見失う？" }
    scene = "faces.toml"
    picture = "tilt.svg"

Everything else has a value that an exhibit can live with. Paths begin at the file's own folder; a scene that is
not there is one of those that are shipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from desktop.kiosk.kiosk import (
    Attract,
    Day,
    HealthAddress,
    Hours,
    Idle,
    Keep,
    Kiosk,
    Presence,
    Station,
)
from desktop.kiosk.pin import is_hash
from models.errors import SceneError
from models.text import Language, Text
from pipelines.scene import read_scene
from pipelines.sources.address import as_seen_from
from pipelines.toml_file import TomlFile, Where
from pipelines.toml_words import Words, Written, spoken
from resources import ROOT

SHIPPED = ROOT / "kiosks"
SCENES = (ROOT / "kiosks" / "scenes", ROOT / "scenes")
"""Where scenes are that are shipped."""
MOST = 8
"""Stations: more buttons than that find no room beside the pictures."""
SECONDS = (1.0, 3600.0)
NO_WORDS = Text("this must say something.", "文を入れてください。")
NO_STATION = Text("there must be at least one station.", "ステーションが 1 つ以上必要です。")
TOO_MANY = Text(f"a kiosk has at most {MOST} stations.", f"ステーションは {MOST} 個までです。")
NO_SCENE = Text(
    "there is no scene “{name}”, neither beside this file nor among the shipped ones.",
    "シーン「{name}」は、このファイルのそばにも付属のシーンにもありません。",
)
NO_PICTURE = Text(
    "there is no picture “{name}”; it must be an SVG or PNG file.",
    "画像「{name}」がありません。SVG か PNG のファイルを指定してください。",
)
OUTSIDE = Text("it must be from {low} to {high}.", "{low}〜{high} の値を指定してください。")
NO_TIME = Text("it must be a time of day such as “09:30”.", "「09:30」のような時刻を指定してください。")
NO_DATE = Text("it must be a date such as “2026-12-29”.", "「2026-12-29」のような日付を指定してください。")
NO_HASH = Text(
    "this is no PIN that “fusiform kiosk pin” wrote; a PIN itself must not stand here.",
    "「fusiform kiosk pin」が書いた値ではありません。PIN そのものは書かないでください。",
)
T = TypeVar("T")


class _Station(Struct):
    title: Written
    sentence: Written
    scene: str
    picture: str | None = None


class _Hours(Struct, frozen=True):
    opens: str = "00:00"
    closes: str = "00:00"
    days: tuple[Day, ...] = Hours().days
    closed: tuple[str, ...] = ()


class _Keep(Struct, frozen=True):
    restart: str = "04:00"
    memory: int = Keep().memory


class _File(Struct):
    stations: tuple[_Station, ...] = ()
    title: Written = ""
    source: str = "camera:"
    fallback: str = "demo:"
    language: Language = "ja"
    text_size: int = 150
    pin: str | None = None
    counts: str | None = None
    attract: Attract = Attract()
    idle: Idle = Idle()
    presence: Presence = Presence()
    hours: _Hours = _Hours()
    keep: _Keep = _Keep()
    health: HealthAddress = HealthAddress()


def read_kiosk(path: Path) -> Kiosk:
    """The kiosk in a file, checked whole, with every scene of it.

    Raises:
        SceneError: it cannot be read, is no TOML, or something in it or in one of its scenes cannot be used;
            with the line.
    """
    path = path.absolute()
    file = TomlFile.read(path)
    content = file.converted(_File)
    _check_bounds(file, content)
    return Kiosk(
        path,
        _stations(file, content),
        spoken(content.title),
        as_seen_from(content.source, path.parent),
        as_seen_from(content.fallback, path.parent),
        content.language,
        content.text_size,
        _pin(file, content.pin),
        content.attract,
        content.idle,
        content.presence,
        _hours(file, content.hours),
        _keep(file, content.keep),
        content.health,
        path.parent / content.counts if content.counts else None,
        _unknown(file, content),
    )


def plain_kiosk(path: Path) -> Kiosk:
    """What is shown when the kiosk of this file fails again and again: one station, on the demo. What else
    the file says holds, as far as it can be read.
    """
    station = Station(
        Text("See the edges", "輪郭を見る"),
        Text("Light and dark meet at every line of a picture.", "明るい所と暗い所の境が線になります。"),
        SCENES[0] / "plain.toml",
    )
    try:
        kiosk = read_kiosk(path)
    except SceneError:
        kiosk = Kiosk(path.absolute(), ())
    return replace(kiosk, stations=(station,), source="demo:")


def _stations(file: TomlFile, content: _File) -> tuple[Station, ...]:
    if not content.stations:
        raise file.refusal((), NO_STATION)
    if len(content.stations) > MOST:
        raise file.refusal(("stations", MOST), TOO_MANY)
    return tuple(_station(file, number, one) for number, one in enumerate(content.stations))


def _station(file: TomlFile, number: int, written: _Station) -> Station:
    where = ("stations", number)
    title, sentence = spoken(written.title), spoken(written.sentence)
    for name, words in (("title", title), ("sentence", sentence)):
        if not words.en:
            raise file.refusal((*where, name), NO_WORDS)
    scene = _scene(file, (*where, "scene"), written.scene)
    return Station(title, sentence, scene, _picture(file, (*where, "picture"), written.picture))


def _scene(file: TomlFile, where: Where, name: str) -> Path:
    """The file of a scene that can be played."""
    for folder in (file.path.parent, *SCENES):
        for path in (folder / name, folder / f"{name}.toml"):
            if name and path.is_file():
                read_scene(path)
                return path
    raise file.refusal(where, NO_SCENE.filled(name=name))


def _picture(file: TomlFile, where: Where, name: str | None) -> Path | None:
    if name is None:
        return None
    for folder in (file.path.parent, SHIPPED / "pictures"):
        if (path := folder / name).is_file() and path.suffix.lower() in (".svg", ".png"):
            return path
    raise file.refusal(where, NO_PICTURE.filled(name=name))


def _check_bounds(file: TomlFile, content: _File) -> None:
    for where, value, low, high in (
        (("text_size",), content.text_size, 100, 200),
        (("attract", "after"), content.attract.after, *SECONDS),
        (("attract", "each"), content.attract.each, *SECONDS),
        (("idle", "after"), content.idle.after, *SECONDS),
        (("idle", "countdown"), content.idle.countdown, 3, 60),
        (("presence", "seconds"), content.presence.seconds, 0.1, 60),
        (("keep", "memory"), content.keep.memory, 300, 1_000_000),
        (("health", "port"), content.health.port, 0, 65535),
    ):
        if not low <= value <= high:
            raise file.refusal(where, OUTSIDE.filled(low=f"{low:g}", high=f"{high:g}"))


def _pin(file: TomlFile, written: str | None) -> str | None:
    if written is not None and not is_hash(written):
        raise file.refusal(("pin",), NO_HASH)
    return written


def _hours(file: TomlFile, written: _Hours) -> Hours:
    closed = (
        _read(file, ("hours", "closed", number), day, date.fromisoformat, NO_DATE)
        for number, day in enumerate(written.closed)
    )
    return Hours(
        _read(file, ("hours", "opens"), written.opens, _time, NO_TIME),
        _read(file, ("hours", "closes"), written.closes, _time, NO_TIME),
        written.days,
        tuple(closed),
    )


def _keep(file: TomlFile, written: _Keep) -> Keep:
    """An empty time is none at all."""
    restart = _read(file, ("keep", "restart"), written.restart, _time, NO_TIME) if written.restart else None
    return Keep(restart, written.memory)


def _read(file: TomlFile, where: Where, text: str, read: Callable[[str], T], why: Text) -> T:
    try:
        return read(text)
    except ValueError:
        raise file.refusal(where, why) from None


def _time(text: str) -> time:
    if not re.fullmatch(r"\d\d:\d\d", text):
        raise ValueError(text)
    return time.fromisoformat(text)


def _unknown(file: TomlFile, content: _File) -> tuple[Text, ...]:
    warnings = file.unknown(_keys(content))
    for field in fields(content):
        value = getattr(content, field.name)
        if isinstance(value, Struct) and not isinstance(value, Words) and file.has((field.name,)):
            warnings += file.unknown(_keys(value), (field.name,))
    for number, station in enumerate(content.stations):
        warnings += file.unknown(_keys(station), ("stations", number))
    return warnings


def _keys(value: Any) -> Sequence[str]:
    return [field.name for field in fields(value)]
