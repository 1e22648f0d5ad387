"""One address says everything about a source, and opens it again."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.errors import SourceError
from pipelines.sources import address as addresses
from pipelines.sources.address import as_seen_from, open_source
from pipelines.sources.camera import Camera
from pipelines.sources.canvas import Canvas
from pipelines.sources.demo import Demo
from pipelines.sources.network import NetworkCamera
from pipelines.sources.pictures import Pictures
from pipelines.sources.source import Source
from pipelines.sources.stimulus import StimulusSource
from pipelines.sources.video import Video
from tests.pipelines.sources.made_video import make_sound, make_video


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, and the current one, with a video, a picture and a folder of pictures."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    make_video(tmp_path / "動 画.mp4", 3)
    (tmp_path / "写 真").mkdir()
    good, data = cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))
    assert good
    (tmp_path / "写 真" / "one.png").write_bytes(data.tobytes())
    return tmp_path


def open_and_close(address: str) -> Source:
    source = open_source(address)
    source.close()
    return source


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("camera:", Camera),
        ("camera:Built-in: Front", Camera),
        ("canvas:", Canvas),
        ("canvas:?ink=white", Canvas),
        ("stimulus:grating?orientation=45", StimulusSource),
        ("demo:", Demo),
        ("DEMO:", Demo),
        ("http://camera.local/video", NetworkCamera),
        ("https://camera.local/video", NetworkCamera),
        ("rtsp://camera.local:8554/video", NetworkCamera),
        ("video:動 画.mp4", Video),
        ("  動 画.mp4\n", Video),
        ("./動 画.mp4", Video),
        ("~/動 画.mp4", Video),
        ("video:~/動 画.mp4", Video),
        ("写 真", Pictures),
        ("~/写 真/", Pictures),
        ("写 真/one.png", Pictures),
        ("pictures:写 真", Pictures),
        ("pictures:写 真/one.png", Pictures),
    ],
)
def test_each_kind_of_address_opens_its_source(home: Path, address: str, kind: type[Source]) -> None:
    source = open_and_close(address)
    assert isinstance(source, kind)
    assert source.title.en
    assert source.title.ja


@pytest.mark.parametrize(
    "address", ["動 画.mp4", "video:動 画.mp4", "写 真", "demo:", "camera:Front", "http://h/v"]
)
def test_the_address_of_a_source_opens_it_again_from_anywhere(
    home: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_and_close(address)
    monkeypatch.chdir("/")
    again = open_and_close(first.address)
    assert type(again) is type(first)
    assert again.address == first.address


def test_paths_become_absolute(home: Path) -> None:
    assert open_and_close("動 画.mp4").address == f"video:{home / '動 画.mp4'}"
    assert open_and_close("~/写 真").address == f"pictures:{home / '写 真'}"


def test_a_file_that_was_dropped_opens(home: Path) -> None:
    assert isinstance(open_and_close((home / "動 画.mp4").as_uri()), Video)
    assert isinstance(open_and_close((home / "写 真").as_uri()), Pictures)


def test_the_name_of_a_camera_is_handed_on(home: Path) -> None:
    assert open_and_close("camera:Built-in: Front").address == "camera:Built-in: Front"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("camera:", "camera"),
        (" Camera:Built-in: Front", "camera"),
        ("DEMO:", "demo"),
        ("stimulus:bar?width=0.1", "stimulus"),
        ("canvas:", "canvas"),
        ("rtsp://camera/1", "rtsp"),
        ("camera", ""),
        ("camera.mp4", ""),
        (r"C:\videos\a.mp4", ""),
        ("ftp://host/file", ""),
        ("", ""),
    ],
)
def test_the_kind_of_an_address_is_told_without_opening_it(address: str, kind: str) -> None:
    assert addresses.scheme(address) == kind


@pytest.mark.parametrize("address", ["", "  ", "camra:", "demo", "ftp://host/file", "何か"])
def test_an_unknown_address_is_told_what_there_is(home: Path, address: str) -> None:
    with pytest.raises(SourceError, match="There are:") as refusal:
        open_source(address)
    for words in refusal.value.text:
        for scheme in addresses.SCHEMES.values():
            assert all(way in words for way in scheme.written)


def test_a_password_in_a_wrong_address_is_not_repeated(home: Path) -> None:
    with pytest.raises(SourceError) as refusal:
        open_source("rstp://anna:geheim@camera.local/video")
    assert not any("geheim" in words for words in refusal.value.text)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("missing.mp4", "There is no file or folder"),
        ("~/missing", "There is no file or folder"),
        ("/missing/folder", "There is no file or folder"),
        ("file:///missing.mp4", "There is no file or folder"),
        ("video:missing.mp4", "does not exist"),
        ("video:", "lacks a path"),
        ("pictures:", "lacks a path"),
        ("pictures:missing", "There is no file or folder"),
        ("http://", "names no server"),
    ],
)
def test_what_is_not_there_is_said_at_opening(home: Path, address: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        open_source(address)


def test_what_cannot_be_shown_is_said_at_opening(home: Path) -> None:
    (home / "empty").mkdir()
    (home / "text.mp4").write_text("no video " * 200)
    (home / "text.png").write_text("no picture")
    make_sound(home / "sound.m4a")
    for name in ("empty", "text.mp4", "text.png", "sound.m4a"):
        with pytest.raises(SourceError, match=name) as refusal:
            open_source(name)
        assert name in refusal.value.text.ja


@pytest.mark.parametrize("kind", ["", "video:", "pictures:"])
def test_a_relative_path_in_a_file_begins_at_its_folder(tmp_path: Path, kind: str) -> None:
    (tmp_path / "clips").mkdir()
    assert as_seen_from(f"{kind}clips", tmp_path) == f"{kind}{tmp_path / 'clips'}"
    assert as_seen_from(f"{kind}{tmp_path}", tmp_path) == f"{kind}{tmp_path}"
    assert as_seen_from(f"{kind}no-such-clip.mp4", tmp_path) == f"{kind}no-such-clip.mp4"


@pytest.mark.parametrize("address", ["", "demo:", "camera:Front", "stimulus:bar?speed=1", "http://cam/x"])
def test_other_addresses_in_a_file_stay_as_they_are(tmp_path: Path, address: str) -> None:
    assert as_seen_from(address, tmp_path) == address
