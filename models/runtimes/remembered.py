"""Which device was fastest for a network on this machine: measured once, kept in the cache folder."""

from __future__ import annotations

import hashlib
import logging
import os
import platform
from pathlib import Path

import msgspec
from msgspec import Struct

from models.files import replace_file
from models.runtimes.device import DeviceName

log = logging.getLogger(__name__)
FILE = "devices.json"
LIBRARIES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "torch")


class Choice(Struct, frozen=True):
    """`milliseconds` holds all that were measured."""

    device: DeviceName
    half: bool = False
    milliseconds: dict[str, float] = {}


def cache_folder() -> Path:
    """The environment's `FUSIFORM_HOME` moves it."""
    if home := os.environ.get("FUSIFORM_HOME"):
        return Path(home) / "cache"
    import platformdirs

    return platformdirs.user_cache_path("fusiform", appauthor=False)


def key_of(network: Path, wish: str, threads: int) -> str:
    """Another network, library, machine, number of threads or wish is measured anew."""
    libraries = [f"{name} {found}" for name in LIBRARIES if (found := _version(name))]
    with network.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    machine = f"{platform.node()} {platform.machine()} {os.cpu_count()}"
    return ", ".join([checksum, wish, f"{threads} threads", *libraries, machine])


def recall(key: str) -> Choice | None:
    return _read().get(key)


def remember(key: str, choice: Choice | None) -> None:
    """Keep it; `None` forgets. Where it cannot be kept it is measured again next time."""
    known = _read()
    known.pop(key, None)
    if choice:
        known[key] = choice
    try:
        replace_file(cache_folder() / FILE, msgspec.json.format(msgspec.json.encode(known)))
    except OSError as error:
        log.info("the choice of a device is not kept: %s", error)


def _read() -> dict[str, Choice]:
    try:
        return msgspec.json.decode((cache_folder() / FILE).read_bytes(), type=dict[str, Choice])
    except (OSError, msgspec.DecodeError):
        return {}


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to import

    try:
        return version(library)
    except PackageNotFoundError:
        return ""
