"""The page of licences, from what is installed here."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

import click
import numpy as np
import pytest

import resources
from desktop.packing import debian
from desktop.packing.contents import Entry
from desktop.packing.inside import known, stem
from desktop.packing.licences import added
from desktop.packing.parts import parts


def place(module: object) -> Path:
    return Path(str(module.__file__)).resolve()  # type: ignore[attr-defined]


def test_a_file_is_traced_to_its_package_with_licence_home_and_text() -> None:
    found = {part.name: part for part in parts([place(click), place(np), place(resources)])}
    assert set(found) == {"Python", "click", "numpy"}
    assert found["click"].licence == "BSD-3-Clause"
    assert found["click"].home.startswith("https://")
    assert "Redistribution" in found["click"].texts[0].read_text("utf-8")
    assert any("OpenBLAS" in text.read_text("utf-8") for text in found["numpy"].texts)
    assert "PSF" in found["Python"].licence
    assert found["Python"].version == ".".join(map(str, sys.version_info[:3]))


@pytest.mark.skipif(not debian.version_of("libc6"), reason="Debian's list is asked")
def test_a_library_of_the_system_is_traced_to_its_debian_package() -> None:
    (library,) = Path("/usr/lib").glob("*/libc.so.6")
    found = {part.name: part for part in parts([library.resolve()])}
    assert found["libc6"].version
    assert "LGPL" in found["libc6"].texts[0].read_text("utf-8")


def test_what_nobody_knows_belongs_to_nobody(tmp_path: Path) -> None:
    assert [part.name for part in parts([tmp_path / "libnobody.so.1"])] == ["Python"]


@pytest.mark.parametrize(
    ("file", "called"),
    [
        ("libavcodec-57aca189.so.62.28.102", "avcodec"),
        ("libQt6Gui.so.6", "qt6"),
        ("Qt6Core.dll", "qt6"),
        ("libicudata.so.73", "icudata"),
        ("libopenblasp-r0-59ffcd50.3.15.so", "openblasp"),
        ("libscipy_openblas64_-32a4b2a6.so", "scipy_openblas64_"),
        ("libx264-d6533a8d.so.165", "x264"),
        ("libSvtAv1Enc-9393c086.so.4.1.0", "svtav1enc"),
        ("libxcb-shape-7716c890.so.0.0.0", "xcb-shape"),
        ("avcodec-62.dll", "avcodec"),
        ("libavcodec.62.28.102.dylib", "avcodec"),
        ("libpyside6.abi3.so.6.11", "pyside6"),
    ],
)
def test_a_library_is_known_by_its_name_before_the_version(file: str, called: str) -> None:
    assert stem(file) == called


def test_libraries_inside_packages_are_listed_and_those_of_the_system_are_not() -> None:
    places = [PurePath("av.libs/libx264-d6533a8d.so.165"), PurePath("libxcb.so.1"), PurePath("av/logging.so")]
    ((library, files),) = known(places).items()
    assert (library.title, files) == ("x264", ["libx264-d6533a8d.so.165"])


def test_page_and_texts_go_into_the_folder(tmp_path: Path) -> None:
    entries: list[Entry] = [
        ("click", str(place(click)), "PYMODULE"),
        ("numpy", str(place(np)), "PYMODULE"),
        ("libz.so", "libz.so.1", "SYMLINK"),
    ]
    found = added(entries, "1.2.3", tmp_path)
    places = [where for where, _source, _kind in found]
    assert len(places) == len(set(places))
    assert {"licences/LICENCES.txt", "licences/Fusiform/LICENSE", "licences/GNU/LGPL-3.0.txt"} <= set(places)
    assert any(where.startswith("licences/numpy-") for where in places)
    assert all(Path(source).is_file() and kind == "DATA" for _where, source, kind in found)
    page = (tmp_path / "LICENCES.txt").read_text("utf-8")
    assert "Fusiform 1.2.3" in page
    assert "MIT ライセンス" in page
    assert "\nclick " in page
