"""The packed program's commands on a picture and a film: the same answers as the source's."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from resources import ROOT
from tests.packed.conftest import PATIENCE, Program, source
from tests.pipelines.sources.made_video import make_video

pytestmark = pytest.mark.timeout(PATIENCE * 5)
PICTURE = str(ROOT / "pictures" / "astronaut.jpg")
FACE = (170, 70, 280, 180)
"""Left, top, right, bottom of the astronaut's face, by eye: forehead to chin, ear to ear."""
FRAMES = 10


def overlap(box: list[float], other: tuple[int, int, int, int]) -> float:
    """Intersection over union; `box` is x, y, width, height."""
    left, top, right, bottom = box[0], box[1], box[0] + box[2], box[1] + box[3]
    across = max(0.0, min(right, other[2]) - max(left, other[0]))
    down = max(0.0, min(bottom, other[3]) - max(top, other[1]))
    union = box[2] * box[3] + (other[2] - other[0]) * (other[3] - other[1]) - across * down
    return across * down / union


def found(output: str) -> Any:
    """Detections without the time they took."""
    (line,) = output.splitlines()
    return {name: value for name, value in json.loads(line).items() if name != "milliseconds"}


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture)


@pytest.mark.parametrize("name", ["haar-faces", "cnn-faces"])
def test_the_face_is_found(program: Program, name: str) -> None:
    ended = program.run("detect", name, PICTURE, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    answer = found(ended.stdout)
    assert answer == found(source("detect", name, PICTURE, "--json").stdout)
    (face,) = answer["detections"]
    assert overlap(face["box"], FACE) > 0.5


def test_the_viewer_shows_the_maps_of_a_layer(program: Program, tmp_path: Path) -> None:
    ended = program.run("apply", "feature-maps", PICTURE, "--out", str(tmp_path / "packed"))
    assert (ended.returncode, ended.stderr) == (0, "")
    source("apply", "feature-maps", PICTURE, "--out", str(tmp_path / "source"))
    picture = pixels(tmp_path / "packed" / "astronaut.png")
    assert np.array_equal(picture, pixels(tmp_path / "source" / "astronaut.png"))
    assert picture.std() > 10


def test_a_film_is_read_and_written(program: Program, tmp_path: Path) -> None:
    film = tmp_path / "映像 1.mp4"
    make_video(film, FRAMES)
    ended = program.run("apply", "dog", str(film), "--out", str(tmp_path / "out"))
    assert (ended.returncode, ended.stderr) == (0, "")
    (written,) = (tmp_path / "out").iterdir()
    with av.open(written) as container:
        assert container.streams.video[0].codec_context.name == "h264"
        assert len(list(container.decode(video=0))) == FRAMES


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locales there")
def test_japanese_is_written_where_the_locale_has_none(program: Program, tmp_path: Path) -> None:
    env = {"LC_ALL": "C", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    ended = program.run("pipelines", "dog", "--lang", "ja", env=env)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == source("pipelines", "dog", "--lang", "ja").stdout
