"""The pipeline shown in CONTRIBUTING.md works as it stands there."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from models.text import Text
from pipelines import registry
from pipelines.frame import Frame
from pipelines.registry import AnyPipeline

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"
MODULE = "contributed_blocks"


def blocks_of(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def module(tmp_path: Path) -> Iterator[ModuleType]:
    """The page's file, imported as a module of another package would be."""
    (code,) = blocks_of("python")
    file = tmp_path / f"{MODULE}.py"
    file.write_text(code, "utf-8")
    spec = importlib.util.spec_from_file_location(MODULE, file)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules[MODULE]


@pytest.fixture
def blocks(module: ModuleType) -> type[AnyPipeline]:
    (found,) = registry._declared(module)
    return found


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_it_averages_whole_blocks(blocks: type[AnyPipeline]) -> None:
    image = noise(48, 64)
    parameters = blocks.parameters.from_table({"side": 16})
    picture = blocks().process(Frame.of(image, 0, 0.0), parameters).picture
    means = image.reshape(3, 16, 4, 16, 3).mean((1, 3))
    expected = np.repeat(np.repeat(means, 16, 0), 16, 1)
    assert np.abs(picture - expected).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("size", [(1, 1), (37, 53), (1, 3000), (480, 640)])
def test_it_keeps_the_contract(blocks: type[AnyPipeline], size: tuple[int, int]) -> None:
    frame = Frame.of(noise(*size), 0, 0.0)
    before = frame.image.copy()
    for spec in blocks.parameters.specs():
        for value in (spec.knob.minimum, spec.knob.maximum) if spec.kind == "int" else (False, True):
            parameters = blocks.parameters().changed(**{spec.name: value})
            first, second = (blocks().process(frame, parameters) for _ in range(2))
            assert first.picture.shape == frame.image.shape
            assert first.picture.dtype == np.uint8
            assert np.array_equal(first.picture, second.picture)
    assert np.array_equal(frame.image, before)


def test_it_speaks_both_languages(blocks: type[AnyPipeline]) -> None:
    texts = [blocks.title, blocks.explanation]
    texts += [text for spec in blocks.parameters.specs() for text in (spec.knob.title, spec.knob.help)]
    assert all(isinstance(text, Text) and text.en and text.ja and text.en != text.ja for text in texts)


def test_the_registry_finds_it_by_the_entry_point_of_the_page(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    (table,) = blocks_of("toml")
    ((group, entries),) = tomllib.loads(table)["project"]["entry-points"].items()
    ((name, value),) = entries.items()
    assert group == registry.GROUP
    assert value.endswith(".blocks:Blocks")
    entry = EntryPoint(name, f"{MODULE}:{value.partition(':')[2]}", group)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])
    registry.discover.cache_clear()
    try:
        assert registry.find("blocks") is module.Blocks
    finally:
        registry.discover.cache_clear()
