"""Columns of a terminal: Japanese is twice as wide."""

from __future__ import annotations

import pytest

from desktop.commands.columns import columns, padded, table, wrapped


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("顔", 2), ("ガウスσ", 7), ("e\u0301", 1)])
def test_width(text: str, width: int) -> None:
    assert columns(text) == width
    assert columns(padded(text, 9)) == 9


def test_cells_stand_under_each_other() -> None:
    lines = table([["a", "原画像", "x"], ["bcd", "dog", "y"]], "> ").splitlines()
    assert lines == ["> a    原画像  x", "> bcd  dog     y"]


def test_rows_may_be_short_and_none() -> None:
    assert table([]) == ""
    assert table([["a"], ["bb", "c"]]) == "a\nbb  c"


@pytest.mark.parametrize("width", [10, 17, 40])
@pytest.mark.parametrize(
    "text",
    [
        "A wide blur is subtracted from a narrow one, so that only places remain.",
        "細かいぼかしから広いぼかしを引くと、まわりより明るい所（オレンジ）と暗い所が残ります。",
        "網膜の神経節細胞も ON 中心型・OFF 中心型の受容野で同じ計算をしています。",
    ],
)
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "、。）" for line in lines)


def test_a_path_stays_whole() -> None:
    assert wrapped("see /a/very/long/path/of/a/file now", 12) == ["see", "/a/very/long/path/of/a/file", "now"]
