"""What is remembered between two starts: never half, never at the cost of what a person wrote."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import msgspec
import platformdirs
import pytest

from desktop.settings import Memory, Settings
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene

CANNY = find("canny")
SCENE = Scene("demo:", 2, True, True, (LaneScene(CANNY, CANNY.parameters(sigma=2.5)),))
OWN = Settings(language="ja", appearance="light", text_size=150, mirror_camera=False, mirror_others=True)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "深い" / "home")


def test_a_first_start_has_nothing_to_remember(memory: Memory) -> None:
    assert memory.settings() == Settings()
    assert memory.last_scene() is None
    assert memory.notices == []
    assert not memory.folder.exists()


def test_what_was_kept_comes_back(memory: Memory) -> None:
    memory.keep_settings(OWN)
    memory.keep_scene(SCENE)
    again = Memory(memory.folder)
    assert again.settings() == OWN
    assert again.last_scene() == SCENE
    assert again.notices == []


def test_comments_and_unknown_keys_survive_and_are_told_by_line(memory: Memory) -> None:
    memory.folder.mkdir(parents=True)
    path = memory.folder / "settings.toml"
    path.write_text('# mine\nlanguage = "ja"\ncolour = "mauve"\n')
    assert memory.settings().language == "ja"
    assert [notice.en for notice in memory.notices] == [
        "settings.toml, line 3: 'colour' is not known here; it is kept."
    ]
    memory.keep_settings(OWN)
    assert path.read_text().startswith('# mine\nlanguage = "ja"\ncolour = "mauve"\n')
    assert Memory(memory.folder).settings() == OWN


@pytest.mark.parametrize(
    ("words", "line"),
    [("language = ja\n", 1), ('language = "ja"\ntext_size = 130\n', 2), ('appearance = "pink"\n', 1)],
)
def test_broken_settings_are_set_aside_and_told(memory: Memory, words: str, line: int) -> None:
    memory.folder.mkdir(parents=True)
    (memory.folder / "settings.toml").write_text(words)
    assert memory.settings() == Settings()
    [notice] = memory.notices
    assert f"settings.toml, line {line}:" in notice.en
    assert notice.en.endswith(" The file was set aside as settings.broken.toml.")
    assert "left as it is" not in notice.en
    assert "変更していません" not in notice.ja
    assert "settings.broken.toml" in notice.ja
    memory.keep_settings(OWN)
    assert (memory.folder / "settings.broken.toml").read_text() == words
    again = Memory(memory.folder)
    assert again.settings() == OWN
    assert again.notices == []


def break_(memory: Memory, words: str) -> str:
    """Write `words` that are no settings, look at them, and give what is said."""
    memory.folder.mkdir(parents=True, exist_ok=True)
    (memory.folder / "settings.toml").write_text(words)
    again = Memory(memory.folder)
    assert again.settings() == Settings()
    return again.notices[0].en


def test_a_second_broken_file_does_not_take_the_place_of_the_first(memory: Memory) -> None:
    first, second = break_(memory, "the first ["), break_(memory, "the second [")
    assert first.endswith(" settings.broken.toml.")
    assert second.endswith(" settings.broken-2.toml.")
    assert (memory.folder / "settings.broken.toml").read_text() == "the first ["
    assert (memory.folder / "settings.broken-2.toml").read_text() == "the second ["


def test_of_many_broken_files_the_newest_five_are_kept(memory: Memory) -> None:
    for number in range(8):
        name = break_(memory, f"number {number} [").removesuffix(".").rpartition(" ")[2]
        os.utime(memory.folder / name, (number, number))
    kept = sorted(path.read_text() for path in memory.folder.iterdir())
    assert kept == [f"number {number} [" for number in (3, 4, 5, 6, 7)]


def test_a_broken_last_scene_is_set_aside_and_told(memory: Memory) -> None:
    memory.folder.mkdir(parents=True)
    words = '[[lanes]]\npipeline = "gone"\n'
    (memory.folder / "last.toml").write_text(words)
    assert memory.last_scene() is None
    assert "last.toml, line 2:" in memory.notices[0].en
    assert (memory.folder / "last.broken.toml").read_text() == words


def test_what_is_no_text_is_set_aside_too(memory: Memory) -> None:
    memory.folder.mkdir(parents=True)
    (memory.folder / "settings.toml").write_bytes(b"\xff\xfe\x00binary")
    assert memory.settings() == Settings()
    assert (memory.folder / "settings.broken.toml").exists()


def test_a_folder_that_cannot_be_written_costs_the_memory_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    memory = Memory(tmp_path / "file" / "home")
    with caplog.at_level(logging.ERROR):
        memory.keep_settings(OWN)
        memory.keep_scene(SCENE)
    assert len(caplog.records) == 2
    assert memory.settings() == Settings()
    assert memory.last_scene() is None


def test_a_file_that_is_broken_while_it_runs_is_not_written_over(memory: Memory) -> None:
    memory.keep_settings(OWN)
    path = memory.folder / "settings.toml"
    path.write_text("a person is just [editing this")
    memory.keep_settings(Settings())
    assert path.read_text() == "a person is just [editing this"


def test_the_home_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))
    assert Memory().folder == tmp_path
    monkeypatch.delenv("FUSIFORM_HOME")
    assert Memory().folder == platformdirs.user_config_path("fusiform")
    assert Memory(tmp_path / "other").folder == tmp_path / "other"


@pytest.mark.parametrize("values", [{"text_size": 130}, {"language": "fr"}, {"mirror_camera": "yes"}])
def test_settings_that_are_none_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        Settings().changed(**values)


@pytest.mark.skipif(os.name != "posix", reason="this system has no such modes")
def test_the_last_scene_may_hold_a_password_and_is_its_owners_only(memory: Memory) -> None:
    memory.keep_scene(Scene("rtsp://anna:geheim@camera/1"))
    assert (memory.folder / "last.toml").stat().st_mode & 0o777 == 0o600
