"""Whether a kiosk can be played: its scenes are read, and those of its sources opened that bother nobody.

What is imported for it comes late: the supervisor, which must stay small, imports none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from desktop.kiosk.kiosk import Kiosk, Station
from desktop.kiosk.kiosk_file import CAMERAS
from models.errors import SourceError
from models.text import Text
from pipelines.sources.address import open_source, scheme
from pipelines.toml_file import TomlFile

if TYPE_CHECKING:
    from pipelines.scene import Scene

NAMES = Text(
    "{file}: the station “{title}” names {names} pictures, but its scene has {lanes}.",
    "{file}：「{title}」は {names} 個の画面に名前を付けていますが、シーンの画面は {lanes} 個です。",
)
NO_DRAWING = Text(
    "“{name}” cannot be read as an SVG or PNG picture.",
    "「{name}」は SVG や PNG の画像として読めません。",
)


def read_scenes(kiosk: Kiosk) -> tuple[Scene, ...]:
    """The scene of each station.

    Raises:
        SceneError: one of them cannot be used; with its own file and line.
    """
    from pipelines.scene import read_scene

    return tuple(read_scene(station.scene) for station in kiosk.stations)


def warnings_of(kiosk: Kiosk) -> tuple[Text, ...]:
    """What an exhibit can live with but should not have to, a sentence each: what a file says that this
    version does not know, and what cannot run on this machine. A camera may be in use: none is opened.

    Raises:
        SceneError: a scene or a drawing that cannot be used, or a source that is none; with file and line.
    """
    scenes = read_scenes(kiosk)
    _read_drawings(kiosk)
    for name in ("source", "fallback"):
        _open(kiosk.path, name, getattr(kiosk, name))
    warnings = list(kiosk.warnings)
    for station, scene in zip(kiosk.stations, scenes, strict=True):
        if scene.source:
            _open(station.scene, "source", scene.source)
        warnings += (*scene.warnings, *_missing(station, scene), *_nameless(kiosk, station, scene))
    return tuple(dict.fromkeys(warnings))


def _read_drawings(kiosk: Kiosk) -> None:
    for number, station in enumerate(kiosk.stations):
        if station.picture and not _can_be_drawn(station.picture):
            where = ("stations", number, "picture")
            raise TomlFile.read(kiosk.path).refusal(where, NO_DRAWING.filled(name=station.picture.name))


def _can_be_drawn(path: Path) -> bool:
    if path.suffix.lower() == ".svg":
        try:
            return str(ElementTree.parse(path).getroot().tag).endswith("svg")
        except (ElementTree.ParseError, OSError):
            return False
    from pipelines.sources.read_picture import read_picture

    try:
        read_picture(path)
    except SourceError:
        return False
    return True


def _open(path: Path, name: str, address: str) -> None:
    if scheme(address) in CAMERAS:
        return
    try:
        open_source(address).close()
    except SourceError as error:
        raise TomlFile.read(path).refusal((name,), error.text) from error


def _missing(station: Station, scene: Scene) -> Iterator[Text]:
    """Why a lane of it would stay empty here."""
    for lane in scene.lanes:
        if reason := lane.pipeline.reason_unavailable():
            name, title = station.scene.name, lane.pipeline.title
            yield Text(f"{name}: {title.en}: {reason.en}", f"{name}：{title.ja}：{reason.ja}")


def _nameless(kiosk: Kiosk, station: Station, scene: Scene) -> Iterator[Text]:
    """Where it is not clear which picture has which name."""
    if station.lanes and len(station.lanes) != len(scene.lanes):
        values = {"file": kiosk.path.name, "names": len(station.lanes), "lanes": len(scene.lanes)}
        yield Text(
            NAMES.en.format(title=station.title.en, **values),
            NAMES.ja.format(title=station.title.ja, **values),
        )
