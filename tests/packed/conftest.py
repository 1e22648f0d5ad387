"""The packed program, in a copy whose path has spaces and Japanese letters: all of these tests run there.

`make test-build` makes it first. Where `make` is not at home, `FUSIFORM_PACKED` names the folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = ROOT / "dist" / ("Fusiform.app" if sys.platform == "darwin" else "fusiform")
BESIDE = {"darwin": Path("Contents", "MacOS", "fusiform"), "win32": Path("fusiform.exe")}
PATIENCE = 120.0
"""Seconds that a command has, on a machine where others work as well."""


class Program:
    """The program in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / BESIDE.get(sys.platform, Path("fusiform"))

    def run(
        self, *words: str, env: Mapping[str, str] | None = None, patience: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return _run([str(self.path), *words], env, patience)

    def found(self, pattern: str) -> list[str]:
        """Names of files in the folder."""
        return sorted(path.name for path in self.folder.rglob(pattern))


def source(*words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The same command of the source, in the environment that the program was packed in."""
    return _run([sys.executable, "-m", "desktop", *words], env, PATIENCE)


def _run(
    words: list[str], env: Mapping[str, str] | None, patience: float
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=ROOT,
        env=None if env is None else dict(env),
        capture_output=True,
        encoding="utf-8",
        timeout=patience,
        check=False,
    )


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    made = Path(os.environ.get("FUSIFORM_PACKED", MADE))
    assert made.is_dir(), f"{made} is not there: make build"
    folder = tmp_path_factory.mktemp("見る 仕組み") / made.name
    shutil.copytree(made, folder, symlinks=True)
    yield Program(folder)
    shutil.rmtree(folder)
