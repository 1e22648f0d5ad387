"""The architecture holds, and the contracts that say so can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("desktop", "pipelines", "models", "resources")
LINT = """
import sys
sys.path.insert(0, ".")
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True, no_logo=True))
"""
LAYERS = "desktop -> pipelines -> models -> resources"
QT = "Qt is imported in desktop only"
NETWORKS = "torch and ONNX Runtime are imported in models only"


def linted(folder: Path) -> tuple[int, str]:
    """Exit status and words of import-linter on the packages and the contracts in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's modules and its contracts, to be broken."""

    def other_files(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(folder, name).is_file() and not name.endswith(".py")]

    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=other_files)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_arrow_points_the_right_way() -> None:
    status, words = linted(ROOT)

    assert status == 0, words
    assert all(f"{contract} KEPT" in words for contract in (LAYERS, QT, NETWORKS))


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("pipelines/frame.py", "import desktop.language", LAYERS),
        ("models/text.py", "import pipelines.frame", LAYERS),
        ("resources/__init__.py", "import models.text", LAYERS),
        ("pipelines/result.py", "import PySide6.QtGui", QT),
        ("models/text.py", "import pyqtgraph", QT),
        ("pipelines/classic/dog.py", "import torch", NETWORKS),
        ("pipelines/classic/dog.py", "def late():\n    import onnxruntime", NETWORKS),
        ("desktop/language.py", "import torchvision", NETWORKS),
    ],
)
def test_an_arrow_that_points_the_wrong_way_is_seen(
    copy: Path, module: str, line: str, contract: str
) -> None:
    broken = copy / module
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    status, words = linted(copy)

    assert status == 1, words
    assert f"{contract} BROKEN" in words
