"""What the program remembers between two starts: how it looks, and the last scene."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from desktop.text_size import TextSize
from models.errors import SceneError
from models.text import Text
from pipelines.files import replace_file
from pipelines.scene import Scene, read_scene, write_scene
from pipelines.toml_file import TomlFile

log = logging.getLogger(__name__)
MOST_BROKEN = 5


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`text_size` is in percent."""

    language: Literal["system", "en", "ja"] = "system"
    appearance: Literal["system", "dark", "light"] = "system"
    text_size: TextSize = 100
    mirror_camera: bool = True
    mirror_others: bool = False

    def changed(self, **values: object) -> Settings:
        return msgspec.convert({**msgspec.structs.asdict(self), **values}, Settings)


class Memory:
    """The folder where settings and the last scene lie.

    A broken file is set aside and never written over, until there are more than five of its kind: then
    the one that was written first makes room.
    """

    def __init__(self, folder: Path | None = None) -> None:
        chosen = os.environ.get("FUSIFORM_HOME")
        self.folder = folder or (Path(chosen) if chosen else platformdirs.user_config_path("fusiform"))
        self.notices: list[Text] = []
        """What could not be remembered, in plain words."""

    def settings(self) -> Settings:
        path = self.folder / "settings.toml"
        try:
            if not path.exists():
                return Settings()
            file = TomlFile.read(path)
            settings = file.converted(Settings)
        except SceneError as error:
            self._set_aside(path, error)
            return Settings()
        self.notices += file.unknown(Settings.__struct_fields__)
        return settings

    def last_scene(self) -> Scene | None:
        path = self.folder / "last.toml"
        try:
            return read_scene(path) if path.exists() else None
        except SceneError as error:
            self._set_aside(path, error)
            return None

    def keep_settings(self, settings: Settings) -> None:
        """A folder that cannot be written costs the memory, not the program: it is logged."""
        path = self.folder / "settings.toml"
        try:
            file = TomlFile.read(path) if path.exists() else TomlFile.empty(path)
            replace_file(path, file.edited(msgspec.structs.asdict(settings)).encode())
        except (SceneError, OSError):
            log.exception("the settings could not be kept")

    def keep_scene(self, scene: Scene) -> None:
        """As `keep_settings`."""
        try:
            write_scene(self.folder / "last.toml", scene, private=True)
        except SceneError:
            log.exception("the last scene could not be kept")

    def _set_aside(self, path: Path, error: SceneError) -> None:
        aside = _aside(path)
        try:
            os.replace(path, aside)
        except OSError:
            log.exception("%s could not be set aside", path)
            self.notices.append(error.text)
            return
        kept = Text(
            f" The file was set aside as {aside.name}.", f"ファイルは {aside.name} として残してあります。"
        )
        self.notices.append(Text(error.text.en + kept.en, error.text.ja + kept.ja))


def _aside(path: Path) -> Path:
    """Where a broken file goes: `….broken.toml`, `….broken-2.toml` and so on."""
    endings = (".broken.toml", *(f".broken-{number}.toml" for number in range(2, MOST_BROKEN + 1)))
    names = [path.with_suffix(ending) for ending in endings]
    free = (name for name in names if not name.exists())
    return next(free, None) or min(names, key=lambda name: name.stat().st_mtime)
