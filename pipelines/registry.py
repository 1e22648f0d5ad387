"""Which pipelines exist: our own, found by walking two packages, and those of other packages.

Another package adds its own by an entry point in the group `fusiform.pipelines` that names a
`Pipeline` class.
"""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import logging
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from models.errors import PipelineError
from pipelines.pipeline import Pipeline

log = logging.getLogger(__name__)
GROUP = "fusiform.pipelines"
PACKAGES = ("pipelines.classic", "pipelines.neural")
AnyPipeline = Pipeline[Any]


def modules() -> list[str]:
    """Names of the modules that hold our pipelines; the frozen program's hidden imports."""
    return [
        found.name
        for package in PACKAGES
        for found in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}.")
    ]


@functools.cache
def discover() -> Mapping[str, type[AnyPipeline]]:
    """Every pipeline by name. Imports neither torch nor ONNX Runtime nor Qt.

    A module of ours that does not import stops the program, for it is broken; a stranger's is
    logged and left out.

    Raises:
        ValueError: two pipelines have one name.
    """
    found: dict[str, type[AnyPipeline]] = {}
    for name in modules():
        for pipeline in _declared(importlib.import_module(name)):
            _add(found, pipeline)
    from importlib.metadata import entry_points  # slow to import, and not needed for a first picture

    for entry in entry_points(group=GROUP):
        try:
            _add(found, _loaded(entry.load()))
        except Exception:
            log.exception("the pipeline %s of another package is left out", entry.value)
    return MappingProxyType(found)


def find(name: str) -> type[AnyPipeline]:
    """The pipeline of this name.

    Raises:
        PipelineError: there is none; the sentence names the nearest.
    """
    if own := _own(name):
        return own
    known = discover()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1)
    listed = ", ".join(known)
    raise PipelineError(
        f"There is no pipeline {name!r}"
        + (f"; did you mean {near[0]!r}?" if near else f"; there are: {listed}."),
        f"パイプライン {name!r} はありません"
        + (f"。{near[0]!r} のことでしょうか。" if near else f"。使えるもの：{listed}。"),
    )


def _own(name: str) -> type[AnyPipeline] | None:
    """Our pipeline of this name, found without importing the others: its module is called as it is."""
    for module in modules():
        if module.rpartition(".")[2] == name.replace("-", "_"):
            declared = _declared(importlib.import_module(module))
            return next((pipeline for pipeline in declared if pipeline.name == name), None)
    return None


def _declared(module: ModuleType) -> Iterator[type[AnyPipeline]]:
    for _, cls in inspect.getmembers(module, inspect.isclass):
        if issubclass(cls, Pipeline) and not inspect.isabstract(cls) and cls.__module__ == module.__name__:
            yield cls


def _loaded(thing: object) -> type[AnyPipeline]:
    if not (inspect.isclass(thing) and issubclass(thing, Pipeline) and not inspect.isabstract(thing)):
        raise TypeError(f"{thing!r} is not a Pipeline class")
    return thing


def _add(found: dict[str, type[AnyPipeline]], pipeline: type[AnyPipeline]) -> None:
    other = found.setdefault(pipeline.name, pipeline)
    if other is not pipeline:
        raise ValueError(
            f"pipeline {pipeline.name!r} is declared by {other.__module__} and {pipeline.__module__}"
        )
