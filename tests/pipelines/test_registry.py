from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.errors import PipelineError
from pipelines import registry
from pipelines.classic.dog import Dog

ROOT = Path(__file__).parents[2]
PIPELINE = """
from models.text import Text
from pipelines.pipeline import Nothing, Pipeline
from pipelines.result import Result

class Stranger(Pipeline[Nothing]):
    name = {name!r}
    title = explanation = Text("Stranger", "よそのパイプライン")
    citation = "2026"
    kind = "classic"

    def process(self, frame, parameters):
        return Result(frame.image)
"""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    registry.discover.cache_clear()
    yield
    registry.discover.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Installs another package whose module `stranger_pipelines` holds the given code."""
    information = tmp_path / "stranger-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(
        "[fusiform.pipelines]\nstranger = stranger_pipelines:Stranger\n"
    )

    def install(code: str) -> None:
        (tmp_path / "stranger_pipelines.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)

    yield install
    sys.modules.pop("stranger_pipelines", None)


def test_our_own_are_found_by_walking_the_packages() -> None:
    assert {"original", "dog", "canny", "haar-faces"} <= set(registry.discover())
    assert registry.discover()["dog"] is Dog


def test_the_frozen_program_is_told_every_module() -> None:
    assert {f"pipelines.classic.{name}" for name in ("original", "dog", "canny", "haar_faces")} <= set(
        registry.modules()
    )


def test_the_list_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        registry.discover()["mine"] = Dog  # type: ignore[index]


def test_a_name_is_answered_with_its_pipeline_or_the_nearest_name() -> None:
    assert registry.find("dog") is Dog
    with pytest.raises(PipelineError, match="no pipeline 'cany'; did you mean 'canny'") as caught:
        registry.find("cany")
    assert "'canny' のことでしょうか" in caught.value.text.ja


def test_where_no_name_is_near_all_are_listed() -> None:
    with pytest.raises(PipelineError, match=r"there are: .*\bdog\b"):
        registry.find("zzzzzz")


def test_two_of_ours_with_one_name_stop_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "second_dog.py").write_text(PIPELINE.format(name="dog"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "modules", lambda: ["pipelines.classic.dog", "second_dog"])

    with pytest.raises(ValueError, match=r"'dog' is declared by pipelines\.classic\.dog and second_dog"):
        registry.discover()


def test_one_of_ours_that_does_not_import_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_pipeline.py").write_text("raise ImportError('broken')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "modules", lambda: ["broken_pipeline"])

    with pytest.raises(ImportError, match="broken"):
        registry.discover()


def test_another_package_adds_its_pipeline(package: Callable[[str], None]) -> None:
    package(PIPELINE.format(name="stranger"))

    assert registry.find("stranger").title.en == "Stranger"


@pytest.mark.parametrize(
    "code",
    [
        "raise RuntimeError('no licence')",
        "import a_module_that_is_not_there",
        "Stranger = 3",
        "from pipelines.pipeline import Pipeline as Stranger",
        PIPELINE.format(name="dog"),
    ],
    ids=["raises", "lacks a module", "no class", "abstract", "our name"],
)
def test_what_a_stranger_broke_is_logged_and_left_out(
    code: str, package: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    package(code)

    with caplog.at_level(logging.ERROR, logger="pipelines.registry"):
        found = registry.discover()

    assert "stranger" not in found
    assert found["dog"] is Dog
    (record,) = caplog.records
    assert "stranger_pipelines:Stranger" in record.getMessage()
    assert record.exc_info is not None


def test_discovery_imports_no_large_library() -> None:
    code = (
        "import sys; from pipelines.registry import discover; assert 'dog' in discover(); "
        "print(sorted({'torch', 'torchvision', 'onnxruntime', 'PySide6', 'pyqtgraph'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "[]"
