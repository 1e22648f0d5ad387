"""From an address to the source that it names. What a source needs is imported when one is opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.errors import SourceError
from pipelines.sources.endings import MOVING, PICTURES

if TYPE_CHECKING:  # frames bring NumPy
    from pipelines.sources.source import Source


class Scheme(NamedTuple):
    """A kind of address: how it is written, and what opens it, given it and what is behind the colon."""

    written: tuple[str, ...]
    open: Callable[[str, str], Source]


def scheme(address: str) -> str:
    """The kind of an address, one of `SCHEMES`: `camera` of `camera:Front`. A path alone has none: `""`."""
    name, colon, _rest = address.strip().partition(":")
    return name.lower() if colon and name.lower() in SCHEMES else ""


def open_source(address: str) -> Source:
    """The source of this address; a path alone is a folder of pictures, a picture or a video.

    What can be checked without waiting is checked; a camera or a server is not waited for.

    Raises:
        SourceError: there is no such source, or it can be seen at once that it gives no frames.
    """
    address = address.strip()
    if kind := scheme(address):
        return SCHEMES[kind].open(address, address.partition(":")[2])
    if not address or not (_path(address).exists() or _looks_like_path(address)):
        raise _unknown(address)
    return open_path(_path(address))


def as_seen_from(address: str, folder: Path) -> str:
    """The address as a file in this folder means it: a path that leads from there to something is made whole;
    every other address stays as it is."""
    kind = scheme(address)
    path = address.strip().partition(":")[2] if kind else address.strip()
    if kind not in ("", "video", "pictures") or not path or not (folder / path).exists():
        return address
    return f"{kind}:{_path(str(folder / path))}" if kind else str(_path(str(folder / path)))


def open_path(path: Path) -> Source:
    """A folder or a picture as pictures, any other file as a video. Raises `SourceError`."""
    if not path.exists():
        raise SourceError(
            f"There is no file or folder “{path}”.",
            f"「{path}」というファイルやフォルダーはありません。",
        )
    if path.is_dir() or path.suffix.lower() in PICTURES - MOVING:
        from pipelines.sources.pictures import Pictures

        return Pictures(path)
    return _video(path)


def _open_camera(address: str, name: str) -> Source:
    from pipelines.sources.camera import Camera

    return Camera(name)


def _open_video(address: str, path: str) -> Source:
    return _video(_given(address, path))


def _open_pictures(address: str, path: str) -> Source:
    from pipelines.sources.pictures import Pictures

    return Pictures(_given(address, path))


def _open_demo(address: str, rest: str) -> Source:
    from pipelines.sources.demo import Demo

    return Demo()


def _open_stimulus(address: str, rest: str) -> Source:
    from pipelines.sources.query import parsed
    from pipelines.sources.stimulus import StimulusSource
    from pipelines.stimuli import find

    name, _mark, query = rest.strip().partition("?")
    stimulus = find(name)
    return StimulusSource(stimulus, parsed(stimulus.parameters, query))


def _open_canvas(address: str, rest: str) -> Source:
    from pipelines.sources.canvas import Canvas, CanvasParameters
    from pipelines.sources.query import parsed

    return Canvas(parsed(CanvasParameters, rest.strip().removeprefix("?")))


def _open_network(address: str, rest: str) -> Source:
    from pipelines.sources.network import NetworkCamera

    return NetworkCamera(address)


def _open_file_url(address: str, rest: str) -> Source:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return open_path(Path(url2pathname(urlsplit(address).path)))


def _video(path: Path) -> Source:
    from pipelines.sources.video import Video

    return Video(path)


SCHEMES: dict[str, Scheme] = {
    "camera": Scheme(("camera:", "camera:NAME"), _open_camera),
    "video": Scheme(("video:PATH",), _open_video),
    "pictures": Scheme(("pictures:FOLDER",), _open_pictures),
    "http": Scheme(("http://…",), _open_network),
    "https": Scheme(("https://…",), _open_network),
    "rtsp": Scheme(("rtsp://…",), _open_network),
    "demo": Scheme(("demo:",), _open_demo),
    "stimulus": Scheme(("stimulus:NAME?KEY=VALUE&…",), _open_stimulus),
    "canvas": Scheme(("canvas:",), _open_canvas),
    "file": Scheme((), _open_file_url),
}
"""Every kind of address there is. The libraries behind one are imported when it is opened."""


def _path(text: str) -> Path:
    """Absolute, with `~` for the home folder; a `~` that stands for nobody's is a letter like others."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        return Path(text).absolute()


def _given(address: str, path: str) -> Path:
    if not path.strip():
        raise SourceError(
            f"The address “{address}” lacks a path behind the colon.",
            f"アドレス「{address}」のコロンの後にパスがありません。",
        )
    return _path(path)


def _looks_like_path(text: str) -> bool:
    """Words with a slash, a dot or a drive letter are meant as a path, unless they begin like an address."""
    return bool(re.match(r"[A-Za-z]:[\\/]", text)) or (":" not in text and bool(re.search(r"[\\/.~]", text)))


def _unknown(address: str) -> SourceError:
    written = ", ".join(way for scheme in SCHEMES.values() for way in scheme.written)
    from pipelines.sources.network_address import without_secrets

    shown = without_secrets(address) if "@" in address else address
    return SourceError(
        f"“{shown}” is no source. There are: {written}, or the path of a file or folder.",
        f"「{shown}」という入力はありません。使えるもの：{written}、またはファイルやフォルダーのパス。",
    )
