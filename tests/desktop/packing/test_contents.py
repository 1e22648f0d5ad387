"""What is left out of the packed folder, and what is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.packing import contents
from desktop.packing.contents import Entry

CAPI = "onnxruntime/capi"


def entry(place: str, source: str = "/x", kind: str = "BINARY") -> Entry:
    return place, source, kind


def test_libraries_of_graphics_cards_stay_out() -> None:
    kept = [entry(f"{CAPI}/libonnxruntime_providers_shared.so"), entry("PySide6/Qt/lib/libQt6Gui.so.6")]
    left_out = [
        entry(f"{CAPI}/libonnxruntime_providers_cuda.so"),
        entry(f"{CAPI}/onnxruntime_providers_tensorrt.dll"),
        entry("nvidia/cu13/lib/libcudart.so.13"),
        entry("PySide6/opengl32sw.dll"),
    ]
    assert contents.binaries([*kept, *left_out]) == kept


def test_only_the_words_of_our_languages_are_kept() -> None:
    words = [
        entry(f"PySide6/Qt/translations/{name}", kind="DATA") for name in ("qtbase_ja.qm", "qtbase_de.qm")
    ]
    ours = entry("resources/translations/ja/LC_MESSAGES/fusiform.mo", kind="DATA")
    assert contents.data([*words, ours]) == [words[0], ours]


def test_what_builds_the_program_is_no_part_of_it() -> None:
    assert contents.is_program("desktop.window.main_window")
    assert not contents.is_program("desktop.packing")
    assert not contents.is_program("desktop.packing.icon")


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("strip"), reason="needs Linux and binutils")
def test_what_debuggers_need_is_taken_out_of_a_copy(tmp_path: Path) -> None:
    import av.video.frame as frame

    source = Path(frame.__file__)
    size = source.stat().st_size
    given = [
        entry("av/video/frame.so", str(source), "EXTENSION"),
        entry("cv2/cv2.so", str(source), "EXTENSION"),
    ]
    first, second = contents.stripped(given, tmp_path)
    assert (first[0], first[2], second) == ("av/video/frame.so", "EXTENSION", given[1])
    assert Path(first[1]).stat().st_size < size == source.stat().st_size
    needed = [subprocess.check_output(["objdump", "-p", file], text=True) for file in (str(source), first[1])]
    assert [line for line in needed[0].splitlines() if "NEEDED" in line] == [
        line for line in needed[1].splitlines() if "NEEDED" in line
    ]


def test_elsewhere_nothing_is_taken_out(tmp_path: Path) -> None:
    given = [entry("av/video/frame.pyd", kind="EXTENSION")]
    assert contents.stripped(given, tmp_path, "win32") == given
