"""A kiosk as a readable file:

    title = { en = "Face to face", ja = "顔と顔" }
    source = "camera:"

    [[stations]]
    title = { en = "Tilt your head", ja = "頭をかしげて" }
    sentence = { en = "When does the old method lose you?", ja = "昔の方法はいつ見失う？" }
    scene = "faces.toml"
    picture = "tilt.svg"
    lanes = [{ en = "The old way", ja = "昔の方法" }, { en = "The AI", ja = "AI" }]

Everything else has a value that an exhibit can live with. Paths begin at the file's own folder; a scene or a
drawing that is not there is one of those that are shipped. Neither scenes nor sources are opened here, for
that takes OpenCV: `check` does so.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from desktop.kiosk import kiosk_tables
from desktop.kiosk.kiosk import Kiosk, Presence, Station
from desktop.kiosk.kiosk_tables import Rest, Stations, StationTable
from desktop.kiosk.pin import is_hash
from models.errors import SceneError
from models.text import Text
from pipelines.sources.address import as_seen_from, scheme
from pipelines.toml_file import TomlFile, Where
from pipelines.toml_words import spoken
from resources import ROOT

SHIPPED = ROOT / "kiosks"
SCENES = (SHIPPED / "scenes", ROOT / "scenes")
"""Where scenes are that are shipped."""
MOST = 8
"""Stations: more buttons than that find no room beside the pictures."""
CAMERAS = ("camera", "http", "https", "rtsp")
"""Kinds of addresses whose pictures may show a visitor."""
DRAWINGS = (".svg", ".png")
NO_KIOSK = Text(
    "“{name}” is neither a file nor a kiosk that comes with the program; those are: {shipped}.",
    "「{name}」というファイルも付属のキオスクもありません。付属のキオスクは {shipped} です。",
)
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
NO_HASH = Text(
    "this is nothing that “fusiform kiosk pin” wrote; a PIN itself must not stand here.",
    "「fusiform kiosk pin」が書いた値ではありません。PIN そのものは書かないでください。",
)
TOO_SOON = Text(
    "the exhibit does not wander before a visitor's things are put back, which takes {least} s.",
    "来場者の操作が元に戻るまで（{least} 秒）は、展示が自動で動き始めることはありません。",
)


def read_kiosk(path: Path) -> Kiosk:
    """The kiosk in a file, checked whole, but for what its scenes say. The bare name of a shipped kiosk means
    that one, unless there is such a file.

    Raises:
        SceneError: it cannot be read, is no TOML, or something in it cannot be used or is not there; with
            the line.
    """
    file = TomlFile.read(_meant(path).absolute())
    tables = file.converted(Stations).stations
    kiosk = _without_stations(file)
    warnings = tuple(
        warning
        for number, table in enumerate(tables)
        for warning in kiosk_tables.unknown_in_station(file, number, table)
    )
    return replace(kiosk, stations=_stations(file, tables), warnings=kiosk.warnings + warnings)


def plain_kiosk(path: Path) -> Kiosk:
    """What is shown when the kiosk of this file fails again and again: one station, on the demo, which shows
    faces of nobody who is there. What else the file says holds, unless something of it is wrong.
    """
    path = path.absolute()
    station = Station(
        Text("See the lines", "線で見る"),
        Text(
            "Wherever light and dark meet, there is a line.",
            "明るい所と暗い所のさかい目が、線になって見えます。",
        ),
        SCENES[0] / "plain.toml",
        lanes=(Text("Lines only", "線だけ"),),
    )
    try:
        kiosk = _without_stations(TomlFile.read(path))
    except SceneError:
        kiosk = Kiosk(path, ())
    presence = replace(kiosk.presence, on=False)
    return replace(kiosk, stations=(station,), source="demo:", fallback="demo:", presence=presence)


def _meant(path: Path) -> Path:
    if path.name != str(path) or os.path.isfile(path):
        return path
    shipped = {one.stem: one for one in sorted(SHIPPED.glob("*.toml"))}
    if path.name not in shipped:
        told = NO_KIOSK.filled(name=path.name, shipped=", ".join(shipped))
        raise SceneError(told.en, told.ja)
    return shipped[path.name]


def _without_stations(file: TomlFile) -> Kiosk:
    rest = file.converted(Rest)
    kiosk_tables.check(file, rest)
    folder = file.path.parent
    return Kiosk(
        path=file.path,
        stations=(),
        title=spoken(rest.title),
        source=as_seen_from(rest.source, folder),
        fallback=as_seen_from(rest.fallback, folder),
        language=rest.language,
        text_size=rest.text_size,
        pin=_pin(file, rest.pin),
        attract=rest.attract,
        idle=rest.idle,
        presence=_presence(rest),
        hours=kiosk_tables.hours(file, rest.hours),
        keep=kiosk_tables.keep(file, rest.keep),
        health=rest.health,
        counts=folder / rest.counts if rest.counts else None,
        warnings=kiosk_tables.unknown(file, rest) + _contradictions(file, rest),
    )


def _pin(file: TomlFile, written: str | None) -> str | None:
    if written is not None and not is_hash(written):
        raise file.refusal(("pin",), NO_HASH)
    return written


def _presence(rest: Rest) -> Presence:
    return rest.presence if scheme(rest.source) in CAMERAS else replace(rest.presence, on=False)


def _contradictions(file: TomlFile, rest: Rest) -> tuple[Text, ...]:
    """What is said and cannot be done as it is said."""
    where, least = ("attract", "after"), rest.idle.after + rest.idle.countdown
    if not file.has(where) or rest.attract.after >= least:
        return ()
    return (file.refusal(where, TOO_SOON.filled(least=f"{least:g}")).text,)


def _stations(file: TomlFile, tables: Sequence[StationTable]) -> tuple[Station, ...]:
    if not tables:
        raise file.refusal(("stations",), NO_STATION)
    if len(tables) > MOST:
        raise file.refusal(("stations", MOST), TOO_MANY)
    return tuple(_station(file, number, table) for number, table in enumerate(tables))


def _station(file: TomlFile, number: int, table: StationTable) -> Station:
    where = ("stations", number)
    title, sentence = spoken(table.title), spoken(table.sentence)
    for name, words in (("title", title), ("sentence", sentence)):
        if not words.en:
            raise file.refusal((*where, name), NO_WORDS)
    scene = _scene(file, (*where, "scene"), table.scene)
    picture = _picture(file, (*where, "picture"), table.picture)
    return Station(title, sentence, scene, picture, tuple(spoken(words) for words in table.lanes))


def _scene(file: TomlFile, where: Where, name: str) -> Path:
    for folder in (file.path.parent, *SCENES):
        for path in (folder / name, folder / f"{name}.toml"):
            if name and path.is_file():
                return path
    raise file.refusal(where, NO_SCENE.filled(name=name))


def _picture(file: TomlFile, where: Where, name: str | None) -> Path | None:
    if name is None:
        return None
    for folder in (file.path.parent, SHIPPED, SHIPPED / "pictures"):
        if (path := folder / name).is_file() and path.suffix.lower() in DRAWINGS:
            return path
    raise file.refusal(where, NO_PICTURE.filled(name=name))
