"""Files are replaced whole or not at all, and a refusal of the system is said in both languages."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from models.files import REASONS, reason, replace_file


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "新しい" / "a.toml"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_what_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.toml"
    replace_file(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", REASONS)
def test_a_common_reason_is_said_in_both_languages(number: int) -> None:
    said = reason(OSError(number, "the system's words"))
    assert said.en.isascii()
    assert not said.ja.isascii()


def test_a_rare_reason_is_said_in_the_systems_words() -> None:
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")).ja == "Invalid cross-device link"
    assert reason(OSError("no number")).en == "no number"


def test_a_missing_file_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "none").read_bytes()
    assert reason(caught.value).en == "there is no such file or folder"


@pytest.mark.skipif(os.name != "posix", reason="this system has no such modes")
def test_a_private_file_is_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"open to all")
    replace_file(path, b"secret", private=True)
    assert path.read_bytes() == b"secret"
    assert path.stat().st_mode & 0o777 == 0o600
