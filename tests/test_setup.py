"""What `make`, the pinned versions and the pages promise to somebody with a fresh clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = ("networks", "dev", "build")
TARGETS = (
    "help",
    "install",
    "run",
    "test",
    "check",
    "bench",
    "tour",
    "build",
    "test-build",
    "test-soak",
    "translations",
)
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def pins() -> dict[str, Version]:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line]
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def required() -> list[Requirement]:
    optional = [words for extra in EXTRAS for words in PROJECT["optional-dependencies"][extra]]
    return [Requirement(words) for words in [*PROJECT["dependencies"], *optional]]


def test_constraints_are_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"|#.*|[A-Za-z0-9-]+==[0-9.]+", line), line


def test_every_dependency_is_pinned_inside_its_range() -> None:
    for requirement in required():
        pinned = pins()[canonicalize_name(requirement.name)]
        assert pinned in requirement.specifier, requirement


def test_everything_that_comes_along_is_pinned_too() -> None:
    """Walks what is installed here; what is for other systems only cannot be walked here."""
    known, seen = pins(), set()
    waiting = [(requirement.name, tuple(requirement.extras)) for requirement in required()]
    while waiting:
        name, extras = waiting.pop()
        if (name := canonicalize_name(name), extras) in seen:
            continue
        seen.add((name, extras))
        assert name in known, f"{name} is not in constraints.txt"
        waiting += _brought_by(name, extras)


def _brought_by(name: str, extras: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    try:
        words = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    needed = [Requirement(word) for word in words]
    return [
        (one.name, tuple(one.extras))
        for one in needed
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


def test_the_pinned_qt_counts_references_rightly() -> None:
    """PySide6 6.12 gives `None` back once too often at every paintEvent under Python 3.11."""
    assert pins()["pyside6-essentials"] < Version("6.12")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `make install` reads, with a Python that only writes down what it is asked to do."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "system.py").write_text("")
    _write_python(
        tmp_path / "bin" / "python3",
        'test "$2" != venv || { rm -rf .venv; mkdir -p .venv/bin; cp $0 .venv/bin/python; }',
    )
    return tmp_path


def _write_python(path: Path, does: str) -> None:
    """A suitable Python that logs its arguments, then does this; its pip fails where `broken` lies."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'#!/bin/sh\necho "$@" >> log\n{does}\ntest "$2" != pip || test ! -e broken\n')
    path.chmod(0o755)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "LEAN"))
    }
    clean["PATH"] = f"{folder / 'bin'}:/usr/bin:/bin"
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=clean, capture_output=True, text=True, timeout=60, check=False
    )


def pip_calls(folder: Path) -> list[str]:
    return [line for line in (folder / "log").read_text().splitlines() if line.startswith("-m pip")]


@needs_make
def test_a_second_install_does_nothing(checkout: Path) -> None:
    assert make(checkout, "install").returncode == 0
    assert make(checkout, "install").returncode == 0
    (call,) = pip_calls(checkout)
    assert call.endswith("-c constraints.txt -e .[networks,dev]")


@needs_make
@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_dependency_is_installed(checkout: Path, name: str) -> None:
    make(checkout, "install")
    stamp = (checkout / ".venv/installed-full").stat().st_mtime
    os.utime(checkout / name, (stamp + 5, stamp + 5))
    make(checkout, "install")
    assert len(pip_calls(checkout)) == 2


@needs_make
def test_an_install_that_broke_off_is_done_again(checkout: Path) -> None:
    (checkout / "broken").touch()
    assert make(checkout, "install").returncode != 0
    (checkout / "broken").unlink()
    assert make(checkout, "install").returncode == 0
    assert len(pip_calls(checkout)) == 2


@needs_make
def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    make(checkout, "install")
    python = checkout / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/no/such/python")
    assert make(checkout, "install").returncode == 0
    assert len(pip_calls(checkout)) == 2


@needs_make
def test_lean_leaves_the_networks_out_and_is_remembered(checkout: Path) -> None:
    make(checkout, "install", "LEAN=1")
    make(checkout, "install")
    (call,) = pip_calls(checkout)
    assert call.endswith("-e .[dev]")
    make(checkout, "install", "LEAN=0")
    make(checkout, "install")
    assert [call.endswith("-e .[networks,dev]") for call in pip_calls(checkout)] == [False, True]


@needs_make
def test_without_a_suitable_python_one_sentence_says_so(checkout: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        (checkout / "bin" / name).write_text("#!/bin/sh\nexit 1\n")
        (checkout / "bin" / name).chmod(0o755)
    done = make(checkout, "run")
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr


@needs_make
def test_where_python3_does_not_fit_a_named_one_is_taken(checkout: Path) -> None:
    (checkout / "bin/python3").rename(checkout / "bin/python3.12")
    (checkout / "bin/python3").write_text("#!/bin/sh\nexit 1\n")
    (checkout / "bin/python3").chmod(0o755)
    (checkout / "bin/python3.13").write_text("#!/bin/sh\nexit 1\n")
    (checkout / "bin/python3.13").chmod(0o755)
    assert make(checkout, "install").returncode == 0


@needs_make
def test_all_targets_exist() -> None:
    for target in TARGETS:
        assert make(ROOT, "--dry-run", target).returncode == 0, target


def commands_of(page: str) -> list[str]:
    """The lines of a page's shell blocks without their remarks."""
    blocks = re.findall(r"^```(?:sh|powershell)\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.S | re.M)
    lines = (line.partition(" #")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


def test_both_readmes_give_the_same_commands() -> None:
    assert commands_of("README.md") == commands_of("README.ja.md")
    assert {"make run", "make test"} <= set(commands_of("README.md"))


@pytest.mark.parametrize("page", ["README.md", "README.ja.md", "CONTRIBUTING.md"])
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text("utf-8")):
        assert "://" in target or (ROOT / target).exists(), target
