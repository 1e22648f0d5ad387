"""What can be shown instead of a camera's picture, one file each, found by walking this package."""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType

from models.errors import SourceError
from pipelines.stimulus import AnyStimulus, Stimulus


@functools.cache
def discover() -> Mapping[str, type[AnyStimulus]]:
    """Every stimulus by name, in the order of a lesson.

    Raises:
        ValueError: two of them have one name.
    """
    found: dict[str, type[AnyStimulus]] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for stimulus in _declared(importlib.import_module(module.name)):
            if found.setdefault(stimulus.name, stimulus) is not stimulus:
                raise ValueError(f"two stimuli are called {stimulus.name!r}")
    ordered = sorted(found.values(), key=lambda stimulus: (stimulus.family, stimulus.place, stimulus.name))
    return MappingProxyType({stimulus.name: stimulus for stimulus in ordered})


def find(name: str) -> type[AnyStimulus]:
    """The stimulus of this name.

    Raises:
        SourceError: there is none; the sentence names the nearest.
    """
    known = discover()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1)
    listed = ", ".join(known)
    raise SourceError(
        f"There is no stimulus {name!r}"
        + (f"; did you mean {near[0]!r}?" if near else f"; there are: {listed}."),
        f"刺激 {name!r} はありません"
        + (f"。{near[0]!r} のことでしょうか。" if near else f"。使えるもの：{listed}。"),
    )


def _declared(module: ModuleType) -> Iterator[type[AnyStimulus]]:
    for _, cls in inspect.getmembers(module, inspect.isclass):
        if issubclass(cls, Stimulus) and not inspect.isabstract(cls) and cls.__module__ == module.__name__:
            yield cls
