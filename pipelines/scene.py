"""Source, lanes and parameters as a readable TOML file.

    source = "demo:"
    layout = 2

    [[lanes]]
    pipeline = "dog"

    [lanes.parameters]
    sigma = 2.0

Only what differs from the defaults is written. Comments and keys that this version does not know
survive a save.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from models.errors import FusiformError, SceneError
from models.text import Text
from pipelines.files import reason, replace_file
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline, find
from pipelines.toml_file import TomlFile

Layout = Literal[1, 2, 4]
MOST_LANES = max(get_args(Layout))
TOO_MANY = Text("there are four lanes at most.", "レーンは 4 つまでです。")


class LaneScene(Struct, frozen=True):
    """One lane: its pipeline and all of its parameters."""

    pipeline: type[AnyPipeline]
    parameters: Parameters


class Scene(Struct, frozen=True):
    """What is on screen. `source` is an address, or empty where the scene leaves it open."""

    source: str = ""
    layout: Layout = 1
    lock_step: bool = False
    mirror: bool | None = None
    lanes: tuple[LaneScene, ...] = ()
    warnings: tuple[Text, ...] = ()
    """What the file says that this version does not know, each with its line."""

    def without_source(self) -> Scene:
        """The same lanes, for whatever plays."""
        return replace(self, source="")


class _Lane(Struct):
    pipeline: str
    parameters: dict[str, Any] = {}


class _File(Struct):
    source: str = ""
    layout: Layout = 1
    lock_step: bool = False
    mirror: bool | None = None
    lanes: list[_Lane] = []


def read_scene(path: Path) -> Scene:
    """The scene in a file, checked whole before anybody uses a part of it.

    Raises:
        SceneError: it cannot be read, is no TOML, or something in it cannot be used; with the line.
    """
    return _scene(TomlFile.read(path))


def write_scene(path: Path, scene: Scene, *, private: bool = False) -> None:
    """Write `scene` to `path`; an existing file keeps its comments and unknown keys.

    `private` as in `replace_file`: a source's address may hold a password.

    Raises:
        SceneError: the file there is broken (it is left as it is), or cannot be written.
    """
    file = _sound_file(path)
    try:
        replace_file(path, file.edited(_table(scene), _known(scene)).encode(), private=private)
    except OSError as error:
        why = reason(error)
        raise SceneError(
            f"{path.name} could not be written: {why.en}.",
            f"{path.name} を保存できませんでした（{why.ja}）。",
        ) from error


def _sound_file(path: Path) -> TomlFile:
    """The scene file to change. Raises `SceneError` where it is broken."""
    try:
        file = TomlFile.read(path) if path.exists() else TomlFile.empty(path)
        _scene(file)
    except SceneError as error:
        raise SceneError(
            f"{error.text.en} The file was left as it is.", f"{error.text.ja}ファイルは変更していません。"
        ) from error
    return file


def _scene(file: TomlFile) -> Scene:
    content = file.converted(_File)
    if len(content.lanes) > MOST_LANES:
        raise file.refusal(("lanes", MOST_LANES), TOO_MANY)
    lanes = tuple(_lane(file, number, lane) for number, lane in enumerate(content.lanes))
    warnings = file.unknown(("source", "layout", "lock_step", "mirror", "lanes"))
    for number in range(len(lanes)):
        warnings += file.unknown(("pipeline", "parameters"), ("lanes", number))
    return Scene(content.source, content.layout, content.lock_step, content.mirror, lanes, warnings)


def _lane(file: TomlFile, number: int, lane: _Lane) -> LaneScene:
    where: tuple[str | int, ...] = ("lanes", number, "pipeline")
    try:
        pipeline = find(lane.pipeline)
        for name, value in lane.parameters.items():
            where = ("lanes", number, "parameters", name)
            pipeline.parameters.spec(name).check(value)
        return LaneScene(pipeline, pipeline.parameters.from_table(lane.parameters))
    except FusiformError as error:
        raise file.refusal(where, error.text) from error


def _table(scene: Scene) -> dict[str, Any]:
    """The scene as a TOML table; `None` stands for a key that is left out."""
    return {
        "source": scene.source or None,
        "layout": scene.layout,
        "lock_step": scene.lock_step or None,
        "mirror": scene.mirror,
        "lanes": [
            {"pipeline": lane.pipeline.name, "parameters": lane.parameters.to_table() or None}
            for lane in scene.lanes
        ],
    }


def _known(scene: Scene) -> frozenset[str]:
    """Names of parameters that a save may take out of a file, being at their defaults now."""
    return frozenset(spec.name for lane in scene.lanes for spec in lane.pipeline.parameters.specs())
