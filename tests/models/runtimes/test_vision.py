"""Whether torchvision is of use is known without importing it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from models.runtimes import vision
from models.runtimes.vision import fits, reason_without_vision


@pytest.mark.parametrize(
    ("version", "requirement", "fit"),
    [
        ("2.15.0", "torch==2.15.0", True),
        ("2.15.0+cu128", "torch==2.15.0", True),
        ("2.13.0+cpu", "torch==2.15.0", False),
        ("2.13.0", "torch (>=2.14.0)", False),
        ("2.14.0", "torch (>=2.14.0)", True),
        ("2.15.1", "torch>=2.14.0", True),
        ("2.9.0", "torch>=2.14.0", False),
        ("2.9.0", "numpy>=3", True),
        ("2.9.0", 'torch>=3; extra == "more"', True),
        ("?", "torch==2.15.0", True),
    ],
)
def test_versions_that_belong_together(version: str, requirement: str, fit: bool) -> None:
    assert fits(version, requirement) is fit


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(vision, "_failed", [])
    vision._reason_by_version.cache_clear()
    yield
    vision._reason_by_version.cache_clear()


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("missing", ["torch", "torchvision"])
def test_what_is_not_installed_is_said(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vision, "find_spec", lambda name: None if name == missing else object())

    reason = reason_without_vision()

    assert reason is not None
    assert "not installed" in reason.en


@pytest.mark.usefixtures("anew")
def test_an_older_torch_beside_it_is_said_with_both_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"torch": "2.13.0+cpu", "torchvision": "0.29.2"}
    monkeypatch.setattr(vision, "find_spec", lambda name: object())
    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["numpy", "torch (>=2.14.0)"])
    monkeypatch.setattr("importlib.metadata.version", versions.get)

    reason = reason_without_vision()

    assert reason is not None
    assert "torchvision 0.29.2 does not go with PyTorch 2.13.0+cpu" in reason.en


def test_nothing_large_is_imported_to_know_it() -> None:
    code = (
        "import sys\n"
        "from pipelines.neural.objects import Objects\n"
        "Objects.reason_unavailable(), Objects.parameters()\n"
        "print(sorted({'torch', 'torchvision', 'onnxruntime', 'scipy'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")
