"""What lies in the packed folder, and what does not."""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePath

import pytest

from desktop.packing.inside import KNOWN, stem
from desktop.packing.licences import FOLDER, GNU, PAGE
from pipelines.registry import discover
from tests.packed.conftest import PATIENCE, Program, source

pytestmark = pytest.mark.timeout(PATIENCE * 5)
MOST = 500_000_000
"""Bytes."""
UNWANTED = (
    *("*torch*", "*providers_cuda*", "*providers_tensorrt*", "*cudart*", "*cudnn*", "*cublas*", "*nvinfer*"),
    *("*.safetensors", "libgtk*", "*qgtk3*", "readline*", "libreadline*", "*scipy*.py", "*skimage*"),
)


def test_the_folder_is_no_larger_than_promised(program: Program) -> None:
    sizes = [path.lstat().st_size for path in program.folder.rglob("*") if not path.is_dir()]
    assert sum(sizes) <= MOST


@pytest.mark.parametrize("pattern", UNWANTED)
def test_what_needs_a_graphics_card_or_another_licence_is_not_there(program: Program, pattern: str) -> None:
    assert program.found(pattern) == []


def test_the_program_has_every_pipeline_of_the_source(program: Program) -> None:
    ended, ours = program.run("pipelines", "--json"), source("pipelines", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == ours.stdout
    assert [each["name"] for each in json.loads(ended.stdout)] == list(discover())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_lists_the_same_sources_and_can_compute(program: Program, language: str) -> None:
    """Stimuli are found by walking a package; each device is tried in a process of its own."""
    ended, ours = program.run("devices", "--lang", language), source("devices", "--lang", language)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == ours.stdout
    compute = json.loads(program.run("devices", "--json").stdout)["compute"]
    assert {"CPUExecutionProvider": True}.items() <= {
        one["provider"]: one["usable"] for one in compute
    }.items()


def test_every_command_explains_itself(program: Program) -> None:
    for words in (
        (),
        *((name,) for name in ("run", "detect", "train", "evaluate", "export", "models", "bench")),
    ):
        ended, ours = program.run(*words, "--help"), source(*words, "--help")
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, ours.stdout, "")


def test_what_needs_torch_says_so_in_a_sentence(program: Program) -> None:
    ended = program.run("detect", "objects", "resources/pictures/astronaut.jpg")
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "torch" in ended.stderr.lower()


def test_every_text_of_a_licence_is_there(program: Program) -> None:
    (page,) = program.folder.rglob(PAGE)
    told = page.read_text("utf-8")
    texts = {path.name for path in page.parent.iterdir() if path.is_dir()}
    for work in ("PySide6_Essentials", "av", "numpy", "onnxruntime", "opencv-python-headless", "Python"):
        assert f"\n{work} " in told
    for work in ("av", "numpy", "onnx", "onnxruntime", "opencv-python-headless", "Python", "Fusiform", GNU):
        assert any(text.partition("-")[0] == work or text.startswith(f"{work}-") for text in texts), work
        assert any(path.stat().st_size > 0 for path in page.parent.glob(f"{work}*/*"))
    assert page.parent.name == FOLDER
    assert {"GPL-2.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt", "LGPL-3.0.txt"} == {
        path.name for path in (page.parent / GNU).iterdir()
    }


@pytest.mark.skipif(sys.platform != "linux", reason="wheels for other systems bring other libraries")
def test_no_library_in_a_package_is_without_its_licence(program: Program) -> None:
    brought = [path for path in program.folder.rglob("*") if path.is_file() and _is_brought(path)]
    assert {stem(path.name) for path in brought} <= set(KNOWN)
    (page,) = program.folder.rglob(PAGE)
    told = page.read_text("utf-8")
    assert all(path.name in told for path in brought)


def _is_brought(path: Path) -> bool:
    """Made ready by a package, from the work of others."""
    folder = PurePath(path).parent
    return folder.name.endswith(".libs") or folder.parts[-2:] == ("Qt", "lib")


def test_no_link_leads_nowhere(program: Program) -> None:
    assert [path for path in program.folder.rglob("*") if path.is_symlink() and not path.exists()] == []
