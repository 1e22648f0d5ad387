"""Source, lanes and parameters as a readable TOML file.

    title = { en = "Edges", ja = "輪郭" }
    caption = { en = "Only what differs from its surround is left.", ja = "まわりと違う所だけが残ります。" }
    source = "demo:"
    layout = 2

    [[lanes]]
    pipeline = "dog"

    [lanes.parameters]
    sigma = 2.0

    [distortions]
    rotation = 30.0

A line profile is `profile = [20.0, 50.0, 80.0, 50.0]`: from x, y to x, y in percent of the picture. Only
what differs from the defaults is written. Comments and keys that this version does not know survive a save.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from models.errors import FusiformError, SceneError
from models.text import Text
from pipelines.distortions import Distortions
from pipelines.files import reason, replace_file
from pipelines.intensity import Line
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline, find
from pipelines.sources.address import as_seen_from
from pipelines.toml_file import TomlFile
from pipelines.toml_words import Words, Written, spoken

FORMAT = 1
"""What `format` says where a file holds what this version would take for something else."""
Layout = Literal[1, 2, 4]
MOST_LANES = max(get_args(Layout))
NO_LINE = Text(
    "a line is four numbers from 0 to 100: from x, y to x, y in percent of the picture.",
    "線は 0〜100 の数 4 つで表します（始点の x, y と終点の x, y、画像に対する %）。",
)
TOO_MANY = Text("there are four lanes at most.", "レーンは 4 つまでです。")
NEWER = Text(
    "this scene is written for a newer version of the program (format {given}; this one knows {known}). "
    "Update the program to play it.",
    "このシーンは新しいバージョンのプログラム用です（形式 {given}、"
    "このバージョンが読めるのは {known} まで）。"
    "プログラムを更新してください。",
)
NO_FORMAT = Text("formats are numbered from 1.", "形式は 1 から始まる番号です。")
NO_SUCH_LANE = Text(
    "there is no lane with this number; they are counted from 1.",
    "この番号のレーンはありません（1 から数えます）。",
)
LATEST_START = 86_400.0
NO_TIME = Text("it must be a number of seconds from 0 to 86400.", "0〜86400 の範囲の秒数で指定してください。")
KEYS = (
    "format", "title", "caption", "source", "start", "layout", "lock_step", "mirror", "selected", "curves",
    "lanes", "distortions", "profile",
)  # fmt: skip


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
    distortions: Distortions = Distortions()
    selected: int = 0
    """The place of the lane that is looked at."""
    curves: bool = False
    """Whether its curves are shown to an audience, too."""
    title: Text | None = None
    caption: Text | None = None
    """What is to be seen, in a sentence or two."""
    start: float | None = None
    """Seconds from its beginning at which the source starts, where it can be sought; of a scene that
    leaves the source open, only the demo does."""
    profile: Line | None = None
    """Where the line profile is taken; `None` where none is shown."""
    warnings: tuple[Text, ...] = ()
    """What the file says that this version does not know, each with its line."""

    def without_source(self) -> Scene:
        """The same lanes, for whatever plays."""
        return replace(self, source="")


class _Lane(Struct):
    pipeline: str
    parameters: dict[str, Any] = {}


class _Head(Struct):
    format: int = FORMAT


class _File(Struct):
    title: Written | None = None
    caption: Written | None = None
    source: str = ""
    start: float | None = None
    layout: Layout = 1
    lock_step: bool = False
    mirror: bool | None = None
    selected: int = 1
    curves: bool = False
    lanes: list[_Lane] = []
    distortions: dict[str, Any] = {}
    profile: list[float] | None = None


def read_scene(path: Path) -> Scene:
    """The scene in a file, checked whole before anybody uses a part of it. A relative path in it begins at
    the file's own folder, where something lies there.

    Raises:
        SceneError: it cannot be read, is no TOML, or something in it cannot be used; with the line.
    """
    scene = _scene(TomlFile.read(path))
    return replace(scene, source=as_seen_from(scene.source, path.parent))


def write_scene(path: Path, scene: Scene, *, private: bool = False) -> None:
    """Write `scene` to `path`; an existing file keeps its comments and unknown keys, and what a
    person has written for an audience (title, caption, start, curves): those of `scene` are not written.

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
    _check_format(file)
    content = file.converted(_File)
    if len(content.lanes) > MOST_LANES:
        raise file.refusal(("lanes", MOST_LANES), TOO_MANY)
    if not 1 <= content.selected <= max(1, len(content.lanes)):
        raise file.refusal(("selected",), NO_SUCH_LANE)
    if content.start is not None and not 0 <= content.start <= LATEST_START:
        raise file.refusal(("start",), NO_TIME)
    lanes = tuple(_lane(file, number, lane) for number, lane in enumerate(content.lanes))
    warnings = file.unknown(KEYS)
    for name in ("title", "caption"):
        if isinstance(getattr(content, name), Words):
            warnings += file.unknown(("en", "ja"), (name,))
    for number in range(len(lanes)):
        warnings += file.unknown(("pipeline", "parameters"), ("lanes", number))
    distortions, unknown = _distortions(file, content.distortions)
    return Scene(
        source=content.source,
        layout=content.layout,
        lock_step=content.lock_step,
        mirror=content.mirror,
        lanes=lanes,
        distortions=distortions,
        selected=content.selected - 1,
        curves=content.curves,
        title=_words(content.title),
        caption=_words(content.caption),
        start=content.start,
        profile=_line(file, content.profile),
        warnings=warnings + unknown,
    )


def _check_format(file: TomlFile) -> None:
    """Before anything else is looked at: a later format may mean something else by it."""
    given = file.converted(_Head).format
    if given > FORMAT:
        raise file.refusal(("format",), NEWER.filled(given=given, known=FORMAT))
    if given < 1:
        raise file.refusal(("format",), NO_FORMAT)


def _words(written: Written | None) -> Text | None:
    """`None` where nothing is written, or only blanks."""
    words = spoken(written) if written else None
    return words if words and words.en else None


def _line(file: TomlFile, ends: list[float] | None) -> Line | None:
    if ends is None:
        return None
    if len(ends) != 4 or not all(0 <= end <= 100 for end in ends):
        raise file.refusal(("profile",), NO_LINE)
    return Line((ends[0], ends[1]), (ends[2], ends[3]))


def _distortions(file: TomlFile, table: dict[str, Any]) -> tuple[Distortions, tuple[Text, ...]]:
    """What a later version may have added is passed over, with a warning."""
    specs = {spec.name: spec for spec in Distortions.specs()}
    values = {name: value for name, value in table.items() if name in specs}
    for name, value in values.items():
        try:
            specs[name].check(value)
        except FusiformError as error:
            raise file.refusal(("distortions", name), error.text) from error
    return Distortions(**values), file.unknown(tuple(specs), ("distortions",)) if table else ()


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
        "selected": scene.selected + 1 if scene.selected else None,
        "lanes": [
            {"pipeline": lane.pipeline.name, "parameters": lane.parameters.to_table() or None}
            for lane in scene.lanes
        ],
        "distortions": scene.distortions.to_table() or None,
        "profile": [round(end, 2) for end in (*scene.profile.start, *scene.profile.end)]
        if scene.profile
        else None,
    }


def _known(scene: Scene) -> frozenset[str]:
    """Names of parameters that a save may take out of a file, being at their defaults now."""
    kinds: tuple[type[Parameters], ...] = (Distortions, *(lane.pipeline.parameters for lane in scene.lanes))
    return frozenset(spec.name for kind in kinds for spec in kind.specs())
