"""The shipped kiosks are read without a warning, run everywhere, and are fit to be read by children."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel

from desktop import language, theme
from desktop.kiosk.kiosk import Kiosk, Station
from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
from desktop.theme import DARK, Theme
from desktop.window.kiosk.card import Card
from desktop.window.kiosk.words import SENTENCE
from models.text import Language
from pipelines.distortions.order import distort
from pipelines.frame import Frame
from pipelines.result import Box, Result
from pipelines.scene import LaneScene, Scene, read_scene
from pipelines.sources import demo_reel

KIOSKS = {
    "edges": "What eyes look for",
    "faces": "Who finds your face?",
    "network": "Inside a network",
}
STATIONS = {
    f"{name}/{station.title.en}": station
    for name in KIOSKS
    for station in read_kiosk(SHIPPED / f"{name}.toml").stations
}
EVERY = pytest.mark.parametrize("station", STATIONS.values(), ids=STATIONS)
SCENES = sorted({station.scene for station in STATIONS.values()})
DRAWINGS = sorted((SHIPPED / "pictures").glob("*.svg"))
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
LINES, EYES = {DARK.text, DARK.accent, DARK.second}, {DARK.ground, "none"}
"""What a line is drawn with, and what hides the lines behind it."""
FRAMES = (75, 80)
"""Of the demo: a face, and what it has become a moment later, for what needs motion."""


WITHOUT_TORCH = """
import sys
sys.modules["torch"] = sys.modules["torchvision"] = None
from pathlib import Path
from pipelines.frame import Frame
from pipelines.scene import read_scene
from pipelines.sources import demo_reel
frame = Frame(image=demo_reel.frame(75)[0], number=0, captured=0.0)
for path in sys.argv[1:]:
    for lane in read_scene(Path(path)).lanes:
        pipeline = lane.pipeline()
        pipeline.open(1)
        pipeline.prepare(lane.parameters)
        pipeline.process(frame, lane.parameters)
        pipeline.close()
"""


def kiosk(name: str) -> Kiosk:
    return read_kiosk(SHIPPED / f"{name}.toml")


def ids(path: Path) -> str:
    return path.stem


def results(scene: Scene) -> list[Result]:
    return [_newest(lane, scene) for lane in scene.lanes]


def _newest(lane: LaneScene, scene: Scene) -> Result:
    pipeline = lane.pipeline()
    pipeline.open(1)
    try:
        pipeline.prepare(lane.parameters)
        made = [pipeline.process(frame, lane.parameters) for frame in _frames(scene)]
    finally:
        pipeline.close()
    return made[-1]


def _frames(scene: Scene) -> Iterator[Frame]:
    for number in FRAMES:
        image, _truth = demo_reel.frame(number)
        yield distort(Frame(image=image, number=number, captured=number / demo_reel.RATE), scene.distortions)


def faces_in(name: str) -> list[int]:
    """How many faces each lane of a shipped scene finds."""
    return [
        sum(isinstance(mark, Box) for mark in result.marks)
        for result in results(read_scene(SHIPPED / "scenes" / f"{name}.toml"))
    ]


# --- words


@pytest.mark.parametrize("name", KIOSKS)
def test_each_kiosk_is_read_without_a_warning_and_looks_through_the_camera(name: str) -> None:
    shipped = kiosk(name)
    assert shipped.warnings == ()
    assert shipped.title.en == KIOSKS[name]
    assert JAPANESE.search(shipped.title.ja)
    assert shipped.source == "camera:"
    assert 4 <= len(shipped.stations) <= 6


@pytest.mark.parametrize("name", KIOSKS)
def test_a_copy_of_it_elsewhere_finds_the_same_scenes_and_drawings(name: str, tmp_path: Path) -> None:
    copied = Path(shutil.copy(SHIPPED / f"{name}.toml", tmp_path))
    assert read_kiosk(copied).stations == kiosk(name).stations


@pytest.mark.parametrize("name", KIOSKS)
def test_no_two_buttons_of_a_kiosk_say_the_same(name: str) -> None:
    stations = kiosk(name).stations
    for spoken in language.LANGUAGES:
        assert len({station.title.pick(spoken) for station in stations}) == len(stations)


@pytest.mark.parametrize("name", KIOSKS)
def test_a_copy_in_any_folder_shows_the_same(tmp_path: Path, name: str) -> None:
    shipped = SHIPPED / f"{name}.toml"
    copy = tmp_path / "mine.toml"
    copy.write_text(shipped.read_text("utf-8"), "utf-8")
    assert read_kiosk(copy).stations == read_kiosk(shipped).stations


@EVERY
def test_each_station_has_a_drawing_and_says_in_both_languages_what_to_try(station: Station) -> None:
    assert station.picture in DRAWINGS
    for words in (station.title, station.sentence):
        assert JAPANESE.search(words.ja)
        assert not JAPANESE.search(words.en)
    assert len(station.title.en.split()) <= 2
    assert station.sentence.en.endswith(("?", "!"))
    assert station.sentence.ja.endswith(("？", "！"))


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@EVERY
def test_a_sentence_has_two_lines_at_most_where_letters_are_largest(
    station: Station, spoken: Language, look: QApplication
) -> None:
    theme.apply(look, Theme(scale=2.0))
    language.speak(spoken)
    card = Card((station,))
    card.resize(1280, card.fit(1280, 1000))
    card.show()
    [label] = (one for one in card.findChildren(QLabel) if one.font().pixelSize() == 2 * SENTENCE)
    assert label.text().count("\n") <= 1
    assert label.sizeHint().width() <= label.width()


@EVERY
def test_each_picture_has_a_name_that_a_child_understands(station: Station) -> None:
    assert len(station.lanes) == read_scene(station.scene).layout
    assert len(set(station.lanes)) == len(station.lanes)
    for name in station.lanes:
        assert not re.search("CNN|Haar|DoG|Sobel|Gabor|kernel|feature|層|特徴|フィルタ", name.en + name.ja)


# --- drawings


def test_every_drawing_belongs_to_a_station() -> None:
    assert set(DRAWINGS) == {station.picture for station in STATIONS.values()}


@pytest.mark.parametrize("path", DRAWINGS, ids=ids)
def test_each_drawing_is_of_the_family(path: Path) -> None:
    """One size, one weight of line, the palette's colours, no text, and it can be drawn."""
    drawn = path.read_text(encoding="utf-8")
    assert set(re.findall(r'stroke="([^"]*)"', drawn)) <= LINES
    assert set(re.findall(r'fill="([^"]*)"', drawn)) <= LINES | EYES
    assert 'viewBox="0 0 160 160"' in drawn
    assert 'stroke-linecap="round"' in drawn
    assert set(re.findall(r'stroke-width="([^"]*)"', drawn)) == {"6"}
    assert "<text" not in drawn


@pytest.mark.parametrize("path", DRAWINGS, ids=ids)
def test_each_drawing_fills_its_square_and_leaves_a_rim(path: Path, qapp: QApplication) -> None:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(160, 160, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with QPainter(image) as painter:
        renderer.render(painter)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(160, image.bytesPerLine())[:, :160]
    lit = np.argwhere(pixels > 100)
    spans = np.ptp(lit, axis=0)
    assert max(spans) > 110
    assert min(spans) > 90
    inner = lit[(lit > 0).all(axis=1) & (lit < 159).all(axis=1)]
    assert len(inner) == len(lit)  # nothing is cut


# --- scenes


@pytest.mark.parametrize("path", SCENES, ids=ids)
def test_each_scene_leaves_the_source_to_the_kiosk(path: Path) -> None:
    scene = read_scene(path)
    assert scene.warnings == ()
    assert scene.source == ""
    assert len(scene.lanes) == scene.layout


@pytest.mark.parametrize("path", SCENES, ids=ids)
def test_each_scene_runs_on_the_demo_and_shows_something(path: Path) -> None:
    scene = read_scene(path)
    if any(lane.pipeline.reason_unavailable() for lane in scene.lanes):
        pytest.skip("a network's runtime is not here")
    for result in results(scene):
        assert int(np.ptp(result.picture)) > 30  # no lane is empty; the dark one has the least


def test_no_scene_needs_torch() -> None:
    pytest.importorskip("onnxruntime")
    command = [sys.executable, "-c", WITHOUT_TORCH, *map(str, SCENES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_the_old_way_finds_the_face_until_it_is_dark_or_upside_down() -> None:
    pytest.importorskip("onnxruntime")
    assert faces_in("face-to-face") == [1, 1]
    assert faces_in("faces-far") == [1, 1]
    assert faces_in("faces-dark") == [0, 1]
    assert faces_in("faces-upside-down") == [0, 1]


def test_each_line_finder_answers_to_lines_of_its_own_orientation() -> None:
    """A faint bar: upright, lying, falling to the right, rising to the right."""
    finders = read_scene(SHIPPED / "scenes" / "edges-kernels.toml").lanes
    rows, columns = np.indices((240, 240)) - 120
    for number, across in enumerate((columns, rows, (columns - rows) / 2**0.5, (columns + rows) / 2**0.5)):
        bar = np.repeat(np.where(abs(across) <= 3, 60, 40).astype(np.uint8)[..., None], 3, axis=2)
        bar.flags.writeable = False
        frame = Frame(image=bar, number=0, captured=0.0)
        answers = [
            float(lane.pipeline().process(frame, lane.parameters).picture[20:-20, 20:-20].mean())
            for lane in finders
        ]
        assert int(np.argmax(answers)) == number
        assert answers[number] > 2 * sorted(answers)[-2]
