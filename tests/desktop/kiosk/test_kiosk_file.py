"""Kiosk files: readable, checked whole, refused with the line."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop.kiosk import check
from desktop.kiosk.check import read_scenes, warnings_of
from desktop.kiosk.kiosk import Attract, HealthAddress, Hours, Idle, Keep, Kiosk, Presence, Station
from desktop.kiosk.kiosk_file import MOST, SCENES, SHIPPED, plain_kiosk, read_kiosk
from desktop.kiosk.pin import hashed
from models.errors import SceneError
from models.text import Text, plain
from pipelines.registry import find
from pipelines.scene import read_scene
from pipelines.sources.address import open_source
from pipelines.sources.source import Source

STATION = '[[stations]]\ntitle = "A"\nsentence = "B"\nscene = "plain"\n'
"""The least there can be: four lines."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "展示 1.toml"


def read(path: Path, text: str) -> Kiosk:
    path.write_text(text, encoding="utf-8")
    return read_kiosk(path)


def refusal(path: Path, text: str) -> Text:
    with pytest.raises(SceneError) as caught:
        read(path, text)
    return caught.value.text


def test_a_station_is_enough(path: Path) -> None:
    station = Station(plain("A"), plain("B"), SCENES[0] / "plain.toml")
    assert read(path, STATION) == Kiosk(path, (station,))


def test_everything_that_can_be_said(path: Path) -> None:
    folder = path.parent
    (folder / "mine.toml").write_text('[[lanes]]\npipeline = "canny"\n')
    (folder / "tilt.svg").write_text("<svg/>")
    (folder / "film.mp4").write_bytes(b"")
    pin = hashed("2468")
    kiosk = read(
        path,
        f"""\
title = {{ en = "Face to face", ja = "顔と顔" }}
source = "http://camera/1"
fallback = "film.mp4"
language = "en"
text_size = 125
pin = "{pin}"
counts = "numbers"

[attract]
after = 120
each = 9.5

[idle]
after = 30.0
countdown = 15

[presence]
on = false
seconds = 2

[hours]
opens = "09:30"
closes = "17:00"
days = ["tue", "sun"]
closed = ["2026-12-29", "2027-01-01"]

[keep]
restart = "03:15"
memory = 900

[health]
address = "::1"
port = 0

[[stations]]
title = {{ en = "Tilt your head", ja = "頭をかしげて" }}
sentence = {{ en = "When does it lose you?", ja = "いつ見失う？" }}
scene = "mine"
picture = "tilt.svg"

[[stations]]
title = "2"
sentence = "3"
scene = "1-edges/8-canny.toml"
""",
    )
    assert kiosk == Kiosk(
        path=path,
        stations=(
            Station(
                Text("Tilt your head", "頭をかしげて"),
                Text("When does it lose you?", "いつ見失う？"),
                folder / "mine.toml",
                folder / "tilt.svg",
            ),
            Station(plain("2"), plain("3"), SCENES[1] / "1-edges" / "8-canny.toml"),
        ),
        title=Text("Face to face", "顔と顔"),
        source="http://camera/1",
        fallback=str(folder / "film.mp4"),
        language="en",
        text_size=125,
        pin=pin,
        attract=Attract(120.0, 9.5),
        idle=Idle(30.0, 15),
        presence=Presence(False, 2.0),
        hours=Hours(time(9, 30), time(17, 0), ("tue", "sun"), (date(2026, 12, 29), date(2027, 1, 1))),
        keep=Keep(time(3, 15), 900),
        health=HealthAddress("::1", 0),
        counts=folder / "numbers",
    )


def test_an_empty_time_is_no_nightly_restart(path: Path) -> None:
    assert read(path, f'keep = {{ restart = "" }}\n{STATION}').keep.restart is None


def test_words_in_one_language_are_said_in_both(path: Path) -> None:
    kiosk = read(path, '[[stations]]\ntitle = { ja = "線" }\nsentence = { en = "Look" }\nscene = "plain"\n')
    assert kiosk.stations[0].title == plain("線")
    assert kiosk.stations[0].sentence == plain("Look")


def test_a_scene_beside_the_file_counts_more_than_a_shipped_one(path: Path) -> None:
    (path.parent / "plain.toml").write_text("")
    assert read(path, STATION).stations[0].scene == path.parent / "plain.toml"


@pytest.mark.parametrize("source", ["demo:", "stimulus:grating", "film.mp4", "pictures:faces", "canvas:"])
def test_only_a_camera_sees_visitors(path: Path, source: str) -> None:
    assert not read(path, f'source = "{source}"\npresence = {{ on = true }}\n{STATION}').presence.on


@pytest.mark.parametrize("source", ["camera:", "camera:Front", "rtsp://hall/1", "https://hall/1"])
def test_a_camera_sees_visitors(path: Path, source: str) -> None:
    assert read(path, f'source = "{source}"\n{STATION}').presence.on


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title = \n", 1, "TOML"),
        ("stations = []\n", 1, "at least one station"),
        (STATION * (MOST + 1), 4 * MOST + 1, "at most 8"),
        ('[[stations]]\nsentence = "B"\nscene = "plain"\n', 1, "'title' is missing"),
        ('[[stations]]\ntitle = "A"\nscene = "plain"\n', 1, "'sentence' is missing"),
        ('[[stations]]\ntitle = "A"\nsentence = "B"\n', 1, "'scene' is missing"),
        ('[[stations]]\ntitle = " "\nsentence = "B"\nscene = "plain"\n', 2, "say something"),
        ('[[stations]]\ntitle = "A"\nsentence = { ja = "" }\nscene = "plain"\n', 3, "say something"),
        (f'{STATION}\n[[stations]]\ntitle = "A"\nsentence = "B"\nscene = "nope"\n', 9, "no scene “nope”"),
        ('[[stations]]\ntitle = "A"\nsentence = "B"\nscene = ""\n', 4, "no scene"),
        (f'{STATION}picture = "nope.svg"\n', 5, "no picture “nope.svg”"),
        (f'{STATION}picture = "note.txt"\n', 5, "SVG or PNG"),
        (f"{STATION}picture = 1\n", 5, "text in quotes"),
        (f"title = 1\n{STATION}", 1, "text in quotes"),
        (f'source = ["camera:"]\n{STATION}', 1, "text in quotes"),
        (f'language = "fr"\n{STATION}', 1, "'fr' is not one of the values allowed here: en, ja."),
        (f'[hours]\ndays = ["mon", "tues"]\n{STATION}', 2, "fri, mon, sat, sun, thu, tue, wed."),
        (
            f"text_size = 130\n{STATION}",
            1,
            "130 is not one of the values allowed here: 100, 125, 150, 175, 200",
        ),
        (f"text_size = 225\n{STATION}", 1, "225 is not one of"),
        (f'pin = "2468"\n{STATION}', 1, "fusiform kiosk pin"),
        (f"pin = 2468\n{STATION}", 1, "text in quotes"),
        (f'pin = "scrypt${"=" * 24}${"=" * 44}"\n{STATION}', 1, "fusiform kiosk pin"),
        (f"{STATION}[attract]\nafter = 0\n", 6, "1 to 3600"),
        (f"{STATION}[attract]\neach = nan\n", 6, "1 to 3600"),
        (f"{STATION}[attract]\neach = inf\n", 6, "1 to 3600"),
        (f"{STATION}[idle]\nafter = 3601\n", 6, "1 to 3600"),
        (f"{STATION}[idle]\ncountdown = 2\n", 6, "3 to 60"),
        (f"{STATION}[idle]\ncountdown = 9.5\n", 6, "whole number"),
        (f"idle = 5\n{STATION}", 1, "a table"),
        (f"{STATION}[presence]\non = 1\n", 6, "true or false"),
        (f"{STATION}[presence]\n\nseconds = 0\n", 7, "0.1 to 60"),
        (f'{STATION}[hours]\nopens = "9:30"\n', 6, "time of day"),
        (f'{STATION}[hours]\ncloses = "24:00"\n', 6, "time of day"),
        (f'{STATION}[hours]\ncloses = "１７:00"\n', 6, "time of day"),
        (f'{STATION}[hours]\ndays = [\n  "mon",\n  "monday",\n]\n', 8, "'monday'"),
        (f"{STATION}[hours]\ndays = []\n", 6, "at least one day"),
        (f'{STATION}[hours]\nclosed = [\n"2026-12-29",\n"2026-02-30",\n]\n', 8, "a date"),
        (f'{STATION}[keep]\nrestart = "4"\n', 6, "time of day"),
        (f"{STATION}[keep]\nmemory = 100\n", 6, "300 to"),
        (f"{STATION}[health]\nport = 65536\n", 6, "0 to 65535"),
        (f"{STATION}[health]\nport = -1\n", 6, "0 to 65535"),
        (f'{STATION}[health]\naddress = "localhost"\n', 6, "IP address"),
        (f'{STATION}[health]\naddress = ""\n', 6, "IP address"),
        (f'{STATION}[health]\naddress = "127.0.0.1:80"\n', 6, "IP address"),
    ],
)
def test_what_cannot_be_used_is_told_by_line_in_both_languages(
    path: Path, text: str, line: int, words: str
) -> None:
    (path.parent / "note.txt").write_text("no picture")
    told = refusal(path, text)
    assert told.en.startswith(f"{path.name}, line {line}: ")
    assert words in told.en
    assert told.ja.startswith(f"{path.name} の {line} 行目：")


@pytest.mark.parametrize("text", ["", 'title = "A"\n'])
def test_a_file_without_stations_is_told_without_a_line(path: Path, text: str) -> None:
    assert refusal(path, text).en == f"{path.name}: there must be at least one station."


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(SceneError, match=r"展示 1\.toml cannot be read"):
        read_kiosk(path)


@pytest.mark.parametrize("name", ["faces", "edges", "network"])
def test_the_bare_name_of_a_shipped_kiosk_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).mkdir()
    shipped = SHIPPED / f"{name}.toml"
    assert read_kiosk(Path(name)) == read_kiosk(shipped)
    assert read_kiosk(Path(name)).path == shipped


def test_a_file_counts_more_than_the_shipped_kiosk_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "faces").write_text(STATION)
    assert read_kiosk(Path("faces")).path == tmp_path / "faces"


@pytest.mark.parametrize("name", ["face", "faces.toml", "x" * 5000])
def test_a_name_that_is_none_is_told_with_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SceneError) as caught:
        read_kiosk(Path(name))
    for words in (caught.value.text.en, caught.value.text.ja):
        assert name in words
        assert "edges, faces, network" in words


def test_what_is_not_known_is_told_by_line(path: Path) -> None:
    kiosk = read(
        path,
        'colour = "red"\ntitle = { en = "A", fr = "B" }\nidle = { after = 50, befor = 1 }\n'
        "[attract]\nwander = true\n[hours]\nopen = 9\n[keep]\nreboot = 1\n"
        "[health]\nhost = 1\n[presence]\nx = 1\n"
        '[[stations]]\ntitle = { en = "A", zh = "B" }\nsentence = "B"\nscene = "plain"\nicon = "x"\n'
        'lanes = [\n{ en = "A" },\n{ en = "A", de = "B" }]\n',
    )
    told = [warning.en.removeprefix(f"{path.name}, line ").split(" ")[:2] for warning in kiosk.warnings]
    assert sorted(told, key=lambda pair: int(pair[0][:-1])) == [
        ["1:", "'colour'"],
        ["2:", "'fr'"],
        ["3:", "'befor'"],
        ["5:", "'wander'"],
        ["7:", "'open'"],
        ["9:", "'reboot'"],
        ["11:", "'host'"],
        ["13:", "'x'"],
        ["15:", "'zh'"],
        ["18:", "'icon'"],
        ["21:", "'de'"],
    ]


def test_wandering_before_the_reset_is_told_for_it_does_not_happen(path: Path) -> None:
    (warning,) = read(path, f"{STATION}[attract]\nafter = 69\n").warnings
    assert warning.en.startswith(f"{path.name}, line 6: ")
    assert "70 s" in warning.en
    assert read(path, f"{STATION}[attract]\nafter = 70\n").warnings == ()
    assert read(path, f"{STATION}[idle]\nafter = 300\n").warnings == ()
    assert read(path, f"{STATION}[attract]\nafter = 69\n[idle]\nafter = 59\n").warnings == ()


# --- the plain kiosk


def test_the_plain_kiosk_has_one_station_on_the_demo_and_keeps_the_rest(path: Path) -> None:
    pin = hashed("2468")
    path.write_text(
        f'source = "camera:"\nlanguage = "en"\npin = "{pin}"\n[hours]\nopens = "10:00"\ncloses = "16:00"\n'
        '[[stations]]\ntitle = "A"\n'  # broken
    )
    kiosk = plain_kiosk(path)
    assert (kiosk.language, kiosk.pin) == ("en", pin)
    assert (kiosk.hours.opens, kiosk.hours.closes) == (time(10, 0), time(16, 0))
    assert (kiosk.source, kiosk.fallback, len(kiosk.stations)) == ("demo:", "demo:", 1)
    assert len(read_scene(kiosk.stations[0].scene).lanes) == 1


def test_the_faces_of_the_demo_are_no_visitors(path: Path) -> None:
    path.write_text(STATION)
    assert not plain_kiosk(path).presence.on


@pytest.mark.parametrize("text", ["= broken", "text_size = 1\n", None])
def test_the_plain_kiosk_needs_no_file(path: Path, text: str | None) -> None:
    if text is not None:
        path.write_text(text)
    kiosk = plain_kiosk(path)
    assert (kiosk.path, len(kiosk.stations), kiosk.hours) == (path, 1, Hours())


# --- what it names


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><rect"),
        ("page.svg", b"<html/>"),
        ("b.png", b"no"),
    ],
)
def test_a_drawing_that_cannot_be_drawn_is_told_with_its_line(path: Path, name: str, content: bytes) -> None:
    (path.parent / name).write_bytes(content)
    kiosk = read(path, f'{STATION}\n{STATION}picture = "{name}"\n')
    with pytest.raises(SceneError) as caught:
        warnings_of(kiosk)
    assert caught.value.text.en == f"{path.name}, line 10: “{name}” cannot be read as an SVG or PNG picture."


def test_drawings_of_both_kinds_are_taken(path: Path) -> None:
    cv2.imwrite(str(path.parent / "a.png"), np.zeros((4, 4, 3), np.uint8))
    kiosk = read(path, f'{STATION}picture = "a.png"\n{STATION}picture = "tilt.svg"\n')
    assert warnings_of(kiosk) == ()


def test_a_broken_scene_is_told_with_its_own_file_and_line(path: Path) -> None:
    (path.parent / "mine.toml").write_text('layout = 1\n\n[[lanes]]\npipeline = "cany"\n')
    kiosk = read(path, STATION.replace("plain", "mine"))
    for look in (read_scenes, warnings_of):
        with pytest.raises(SceneError) as caught:
            look(kiosk)
        assert caught.value.text.en.startswith("mine.toml, line 4: ")
        assert "did you mean 'canny'" in caught.value.text.en


def test_the_scenes_come_in_the_order_of_the_stations(path: Path) -> None:
    kiosk = read(path, STATION + STATION.replace("plain", "1-edges/8-canny"))
    assert read_scenes(kiosk) == tuple(read_scene(station.scene) for station in kiosk.stations)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('source = "camra:"\n', 1, "“camra:” is no source"),
        ('\nsource = "stimulus:graating"\n', 2, "did you mean 'grating'"),
        ('source = "demo:"\nfallback = "film.mp4"\n', 2, "film.mp4"),
        ('fallback = ""\n', 1, "is no source"),
    ],
)
def test_a_source_that_is_none_is_told_by_line(path: Path, text: str, line: int, words: str) -> None:
    kiosk = read(path, text + STATION)
    with pytest.raises(SceneError) as caught:
        warnings_of(kiosk)
    assert caught.value.text.en.startswith(f"{path.name}, line {line}: ")
    assert words in caught.value.text.en


def test_a_scenes_source_that_is_none_is_told_by_the_scenes_line(path: Path) -> None:
    (path.parent / "mine.toml").write_text('layout = 1\nsource = "stimulus:grating?orientation=x"\n')
    with pytest.raises(SceneError, match=r"^mine\.toml, line 2: "):
        warnings_of(read(path, STATION.replace("plain", "mine")))


@pytest.mark.parametrize("source", ["camera:", "camera:Nobody's", "rtsp://127.0.0.1:9/none"])
def test_no_camera_is_opened(path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_(address: str) -> Source:
        opened.append(address)
        return open_source(address)

    monkeypatch.setattr(check, "open_source", open_)
    assert warnings_of(read(path, f'source = "{source}"\n{STATION}')) == ()
    assert opened == ["demo:"]


def test_what_cannot_run_here_is_told_with_the_station(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    why = Text("There is no network here.", "ネットワークがありません。")
    monkeypatch.setattr(find("dog"), "reason_unavailable", classmethod(lambda _kind: why))
    (warning,) = warnings_of(read(path, STATION))
    assert warning.en == f"plain.toml: {find('dog').title.en}: There is no network here."
    assert warning.ja.endswith(why.ja)


def test_what_a_scene_says_and_nobody_knows_is_told_once(path: Path) -> None:
    (path.parent / "mine.toml").write_text('colour = "red"\n[[lanes]]\npipeline = "dog"\n')
    warnings = warnings_of(read(path, 2 * STATION.replace("plain", "mine")))
    assert [warning.en.split(" is not")[0] for warning in warnings] == ["mine.toml, line 1: 'colour'"]


def test_pictures_have_names_in_both_languages_as_many_as_there_are(path: Path) -> None:
    named = f'{STATION}lanes = [{{ en = "Lines", ja = "線" }}]\n'
    kiosk = read(path, named)
    assert kiosk.stations[0].lanes == (Text("Lines", "線"),)
    assert warnings_of(kiosk) == ()
    (warning,) = warnings_of(read(path, named.replace("lanes = [", 'lanes = ["You", ')))
    assert warning.en == f"{path.name}: the station “A” names 2 pictures, but its scene has 1."
    assert "2 個" in warning.ja
