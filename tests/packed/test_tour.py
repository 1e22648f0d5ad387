"""The packed program's whole window, view by view."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packed.conftest import PATIENCE, Program

pytestmark = pytest.mark.timeout(PATIENCE * 10)


def test_every_view_opens_and_nothing_is_missing(program: Program, tmp_path: Path) -> None:
    """What a view imports late, a plot say, is only found to be missing where the view is opened."""
    ended = program.run("tour", "--out", str(tmp_path / "tour"), "--lang", "ja", patience=PATIENCE * 9)
    assert (ended.returncode, ended.stderr) == (0, "")
    shown = [Path(line) for line in ended.stdout.splitlines()]
    assert len(shown) > 10
    assert all(path.stat().st_size > 0 for path in shown)
