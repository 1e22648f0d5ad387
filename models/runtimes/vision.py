"""torchvision, which is of use only where it fits the torch beside it."""

from __future__ import annotations

import functools
import importlib
import logging
import re
from importlib.util import find_spec
from typing import Any

from models.errors import ModelError
from models.text import Text

log = logging.getLogger(__name__)
UNFIT = (ImportError, OSError, RuntimeError, AttributeError)
"""What importing it raises beside a torch of another version: `operator torchvision::nms does not exist`."""
_MISSING = Text(
    "PyTorch and torchvision are not installed; everything else runs without them.",
    "PyTorch と torchvision がインストールされていません。ほかの機能はそのまま使えます。",
)
_UNFIT = Text(
    "torchvision {torchvision} does not go with PyTorch {torch}: install versions that belong together.",
    "torchvision {torchvision} は PyTorch {torch} と合いません。対応する版を入れてください。",
)
_failed: list[Text] = []
"""What the import has turned out to be, which is not tried twice."""


def reason_without_vision() -> Text | None:
    """Why torchvision cannot be used, as far as that is known without importing it."""
    return _failed[0] if _failed else _reason_by_version()


def vision() -> Any:
    """The module `torchvision`; the first call takes seconds.

    Raises:
        ModelError: it is not installed, or does not go with this torch.
    """
    if reason := reason_without_vision():
        raise ModelError(*reason)
    try:
        importlib.import_module("torch")
        module = importlib.import_module("torchvision")
        importlib.import_module("torchvision.models.detection")
    except UNFIT as error:
        log.exception("torchvision does not import")
        _failed.append(_UNFIT.filled(torchvision=_version("torchvision"), torch=_version("torch")))
        raise ModelError(*_failed[0]) from error
    return module


@functools.cache
def _reason_by_version() -> Text | None:
    if not (find_spec("torch") and find_spec("torchvision")):
        return _MISSING
    from importlib.metadata import PackageNotFoundError, requires

    try:
        wanted = requires("torchvision") or []
    except PackageNotFoundError:
        return None
    here = _version("torch")
    if all(fits(here, each) for each in wanted):
        return None
    return _UNFIT.filled(torchvision=_version("torchvision"), torch=here)


def fits(version: str, requirement: str) -> bool:
    """Whether torch of this version is what `requirement` ("torch==2.15.0", "torch (>=2.14.0)") asks for."""
    asked = re.fullmatch(r"torch\s*\(?\s*(==|>=)\s*([\d.]+)\s*\)?", requirement)
    if not asked or not version[:1].isdigit():
        return True
    here, wanted = _numbers(version), _numbers(asked[2])
    return here == wanted if asked[1] == "==" else here >= wanted


def _numbers(version: str) -> tuple[int, ...]:
    """Of "2.13.0+cpu": 2, 13, 0."""
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
