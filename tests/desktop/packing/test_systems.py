"""What Windows and macOS are told of the program."""

from __future__ import annotations

import ast
import plistlib
import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

from desktop.packing.on_macos import CAMERA, info, words
from desktop.packing.on_windows import numbers, properties_file

VERSION = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]


def test_macos_is_told_in_both_languages_why_the_camera_is_asked_for(tmp_path: Path) -> None:
    told = plistlib.loads(plistlib.dumps(info(VERSION)))
    assert told["CFBundleShortVersionString"] == VERSION
    assert told["NSCameraUsageDescription"] == CAMERA.en
    assert told["CFBundleLocalizations"] == ["en", "ja"]
    placed = {place: Path(file) for file, place in words(tmp_path)}
    assert set(placed) == {"en.lproj", "ja.lproj"}
    for language, sentence in CAMERA._asdict().items():
        line = placed[f"{language}.lproj"].read_text("utf-8")
        assert re.fullmatch(r'"NSCameraUsageDescription" = "([^"\\]+)";\n', line)
        assert sentence in line


def test_windows_is_told_name_and_version(tmp_path: Path) -> None:
    written = Path(properties_file(tmp_path, metadata("fusiform"))).read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Call)]
    strings = dict(_words(call) for call in calls if ast.unparse(call.func) == "StringStruct")
    assert strings["ProductVersion"] == strings["FileVersion"] == VERSION
    assert strings["FileDescription"] == strings["ProductName"] == "Fusiform"
    assert f"filevers={numbers(VERSION)}" in written


def _words(call: ast.Call) -> tuple[str, str]:
    name, word = (ast.literal_eval(argument) for argument in call.args)
    return name, word


@pytest.mark.parametrize(
    ("version", "wanted"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3.4", (1, 2, 3, 4)), ("1.2.dev3", (1, 2, 0, 0))],
)
def test_a_version_has_four_numbers_on_windows(version: str, wanted: tuple[int, int, int, int]) -> None:
    assert numbers(version) == wanted
