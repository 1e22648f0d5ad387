"""Lessons: folders of scenes, in the order of their names.

    scenes/1-edges/lesson.toml      title = { en = "From pixels to edges", ja = "画素から輪郭へ" }
    scenes/1-edges/1-pixels.toml    a scene
    scenes/1-edges/2-grey.toml      the next

Scenes that lie in no folder of their own are a lesson, too: the last one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from models.errors import SceneError
from models.text import Text, plain
from pipelines.files import reason
from pipelines.natural_order import natural
from pipelines.toml_file import TomlFile
from pipelines.toml_words import Written, spoken
from resources import ROOT

SHIPPED = ROOT / "scenes"
ABOUT = "lesson.toml"
LOOSE = Text("My scenes", "自分のシーン")


class Lesson(Struct, frozen=True):
    """`scenes` are files that nobody has looked into yet."""

    folder: Path
    title: Text
    scenes: tuple[Path, ...]
    warnings: tuple[Text, ...] = ()
    """What is wrong with the file that gives its title."""


class _About(Struct):
    title: Written = ""


def lessons_in(folder: Path) -> tuple[Lesson, ...]:
    """The lessons of a folder; of one that is not there, none.

    What cannot be listed is a lesson without scenes that says why.
    """
    if not folder.exists():
        return ()
    try:
        inside = _sorted(folder)
    except OSError as error:
        return (Lesson(folder, LOOSE, (), (_unlisted(folder, error),)),)
    lessons = [_lesson(path) for path in inside if path.is_dir()]
    lessons.append(Lesson(folder, LOOSE, _scenes_of(inside)))
    return tuple(lesson for lesson in lessons if lesson.scenes or lesson.warnings)


def _lesson(folder: Path) -> Lesson:
    title, warnings = plain(folder.name), list[Text]()
    try:
        scenes = _scenes_of(_sorted(folder))
    except OSError as error:
        return Lesson(folder, title, (), (_unlisted(folder, error),))
    if (folder / ABOUT).exists():
        try:
            title = spoken(TomlFile.read(folder / ABOUT).converted(_About).title)
        except SceneError as error:
            warnings.append(error.text)
    return Lesson(folder, title if title.en else plain(folder.name), scenes, tuple(warnings))


def _scenes_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(
        path for path in paths if path.suffix.lower() == ".toml" and path.name != ABOUT and path.is_file()
    )


def _sorted(folder: Path) -> list[Path]:
    """What lies in it and is not hidden, 2 before 10."""
    return sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=natural)


def _unlisted(folder: Path, error: OSError) -> Text:
    why = reason(error)
    return Text(
        f"The scenes in {folder} cannot be listed: {why.en}.",
        f"{folder} のシーンを一覧できません（{why.ja}）。",
    )
