"""Where the results of files go."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.files import File, destinations, files_of


def places(out: Path, *names: str) -> list[str]:
    files = [File(name, "video" if name.endswith(".mp4") else "picture") for name in names]
    return [place.name for place in destinations(files, out)]


def test_no_two_results_share_a_name(tmp_path: Path) -> None:
    given = ["a/x.png", "b/x.jpg", "b/X.png", "c/x.mp4", "x-2.png"]
    assert places(tmp_path, *given) == ["x.png", "x-2.png", "X-3.png", "x.mp4", "x-2-2.png"]


def test_no_result_takes_the_place_of_a_file_given(tmp_path: Path) -> None:
    assert places(tmp_path, str(tmp_path / "x.png"), str(tmp_path / "." / "x-2.png")) == [
        "x-3.png",
        "x-2-2.png",
    ]


def test_a_name_stays_as_it_was_given() -> None:
    assert files_of(["../nowhere/a.MP4", "b"]) == [File("../nowhere/a.MP4", "video"), File("b", "picture")]
