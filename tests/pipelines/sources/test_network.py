"""A network camera shows its newest picture, and a bad one costs a sentence and nothing else."""

from __future__ import annotations

import itertools
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator

import av
import numpy as np
import pytest

from models.errors import SourceError
from models.text import Text
from pipelines.frame import Frame
from pipelines.sources import network
from pipelines.sources.network import NetworkCamera
from pipelines.sources.source import PATIENCE, End, NoSignal, Playable, Read
from tests.pipelines.sources import mjpeg_server, rtsp_server
from tests.pipelines.sources.made_video import number_in
from tests.pipelines.sources.mjpeg_server import Behaviour, MjpegServer

DEADLINE = 0.6
"""Instead of three seconds, so that the tests are quick."""
LIMIT = 10.0


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    with MjpegServer() as server:
        yield server


@pytest.fixture
def opened() -> Iterator[Callable[[str], NetworkCamera]]:
    """Opens network cameras and closes them after the test."""
    cameras: list[NetworkCamera] = []

    def open_(address: str) -> NetworkCamera:
        cameras.append(NetworkCamera(address, deadline=DEADLINE))
        return cameras[-1]

    yield open_
    for camera in cameras:
        camera.close()


Opened = Callable[[str], NetworkCamera]


def read_until(camera: NetworkCamera, wanted: type[Frame] | type[NoSignal], limit: float = LIMIT) -> Read:
    """The first answer of this kind; every read on the way has to be quick."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        begin = time.monotonic()
        read = camera.read()
        assert time.monotonic() - begin < PATIENCE + 0.5, "read kept its thread waiting"
        if isinstance(read, wanted):
            return read
    raise AssertionError(f"no {wanted.__name__} within {limit} s")


def frame_of(camera: NetworkCamera) -> Frame:
    read = read_until(camera, Frame)
    assert isinstance(read, Frame)
    return read


def words_of(camera: NetworkCamera, limit: float = LIMIT) -> Text:
    read = read_until(camera, NoSignal, limit)
    assert isinstance(read, NoSignal)
    return read.text


def test_pictures_come_and_count_on(server: MjpegServer, opened: Opened) -> None:
    camera = opened(server.address)
    frames = [frame_of(camera) for _ in range(10)]
    shown = [number_in(frame.image) for frame in frames]
    assert shown == sorted(set(shown))
    assert [frame.number for frame in frames] == list(range(10))
    assert all(a.captured < b.captured for a, b in itertools.pairwise(frames))
    assert frames[0].image.dtype == np.uint8
    assert camera.detail.en == "160 × 96"
    assert not isinstance(camera, Playable)


def test_size_and_measured_rate_are_shown(server: MjpegServer, opened: Opened) -> None:
    camera = opened(server.address)
    until = time.monotonic() + LIMIT
    while " fps" not in camera.detail.en:
        assert time.monotonic() < until
        frame_of(camera)
    size, rate = camera.detail.en.split(" · ")
    assert size == "160 × 96"
    assert 5 < float(rate.removesuffix(" fps")) <= 1 / mjpeg_server.PERIOD + 5


def test_an_error_that_nobody_foresaw_costs_an_attempt_and_not_the_camera(
    server: MjpegServer, opened: Opened, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    camera = opened(f"http://anna:geheim@{server.place}")
    with monkeypatch.context() as broken:

        def fail(*_args: object, **_options: object) -> None:
            raise RuntimeError("unforeseen, with geheim in it")

        broken.setattr(av, "open", fail)
        assert server.place in words_of(camera).en
    frame_of(camera)
    assert "RuntimeError" in caplog.text
    assert "in fail" in caplog.text, "where it happened is in the log"
    assert "geheim" not in caplog.text.replace('"unforeseen, with geheim in it"', "the source line")


def test_a_slow_reader_gets_the_newest_picture(server: MjpegServer, opened: Opened) -> None:
    camera = opened(server.address)
    first = frame_of(camera)
    server.wait_for_pictures(20)
    frame_of(camera)
    late = frame_of(camera)
    assert number_in(late.image) - number_in(first.image) >= 10


def test_nothing_is_connected_before_the_first_read(server: MjpegServer, opened: Opened) -> None:
    camera = opened(server.address)
    assert server.connections == 0
    frame_of(camera)
    assert server.connections == 1


def test_nobody_there_is_said_at_once(opened: Opened) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    words = words_of(opened(f"http://127.0.0.1:{port}/video"), limit=DEADLINE + PATIENCE)
    assert "cannot be reached" in words.en
    assert "接続できません" in words.ja


def test_silence_is_said_within_the_deadline(opened: Opened) -> None:
    assert network.DEADLINE == 3.0
    with MjpegServer("silent") as server:
        camera = opened(server.address)
        words = words_of(camera, limit=DEADLINE + 2 * PATIENCE)
        assert "does not answer" in words.en
        server.behaviour = "play"
        frame_of(camera)


@pytest.mark.parametrize("behaviour", ["stall", "garbage", "hang-up", "silent"])
def test_what_breaks_in_the_middle_comes_back(
    server: MjpegServer, opened: Opened, behaviour: Behaviour
) -> None:
    camera = opened(server.address)
    frame_of(camera)
    server.behaviour = behaviour
    if behaviour != "silent":
        words_of(camera)
    server.behaviour = "play"
    frame_of(camera)


def test_a_server_that_dies_and_returns(opened: Opened) -> None:
    server = MjpegServer()
    camera = opened(server.address)
    for _ in range(3):
        before = frame_of(camera)
        server.close()
        assert server.place in words_of(camera).en
        server = MjpegServer(port=server.port)
        assert frame_of(camera).number > before.number
    server.close()


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("refuse", "refuses the name or the password"),
        ("missing", "knows no such stream"),
        ("page", "nothing that this program can show"),
        ("garbage", "nothing that this program can show|does not answer"),
    ],
)
def test_each_refusal_has_its_words(opened: Opened, behaviour: Behaviour, words: str) -> None:
    with MjpegServer(behaviour) as server:
        said = words_of(opened(server.address)).en
        assert any(part in said for part in words.split("|"))


@pytest.mark.parametrize("behaviour", ["guarded", "refuse", "garbage", "hang-up", "silent"])
def test_name_and_password_are_sent_and_shown_nowhere(
    opened: Opened,
    behaviour: Behaviour,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with MjpegServer(behaviour) as server:
        camera = opened(f"http://anna:geheim@{server.place}?key=token")
        read = read_until(camera, Frame if behaviour == "guarded" else NoSignal)
        said = repr(read) if isinstance(read, NoSignal) else ""
        assert server.place in camera.title.en
        shown = [*camera.title, *camera.detail, said, caplog.text, *capfd.readouterr()]
        for secret in ("anna", "geheim", "token"):
            assert not any(secret in words for words in shown)
        if behaviour == "guarded":
            assert b"Authorization: Basic YW5uYTpnZWhlaW0=" in server.requests[-1]
    assert camera.address.startswith("http://anna:geheim@"), "it opens the same camera again"


def test_closing_while_it_is_read(server: MjpegServer, opened: Opened) -> None:
    camera = opened(server.address)
    frame_of(camera)
    reads: list[Read] = []

    def read_on() -> None:
        while not reads or not isinstance(reads[-1], End):
            reads.append(camera.read())

    reader = threading.Thread(target=read_on, name="reader", daemon=True)
    reader.start()
    begin = time.monotonic()
    camera.close()
    reader.join(1)
    assert not reader.is_alive()
    assert time.monotonic() - begin < 1
    camera.close()


def test_closing_while_a_server_is_silent_takes_less_than_a_second() -> None:
    with MjpegServer("silent") as server:
        camera = NetworkCamera(server.address)
        camera.read()
        begin = time.monotonic()
        camera.close()
        assert time.monotonic() - begin < 1
        assert isinstance(camera.read(), End)


def test_closed_before_it_was_read_it_never_connects(server: MjpegServer) -> None:
    camera = NetworkCamera(server.address)
    camera.close()
    assert isinstance(camera.read(), End)
    assert server.connections == 0


@pytest.mark.parametrize("address", ["http://", "http:///video", "rtsp://:554/x", "http://[::1/x"])
def test_an_address_without_a_server_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match="names no server"):
        NetworkCamera(address)


def test_a_real_rtsp_server_that_dies_and_returns(opened: Opened) -> None:
    if reason := rtsp_server.reason_missing():
        pytest.skip(reason)
    with rtsp_server.RtspServer() as server:
        camera = NetworkCamera(server.address)
        try:
            first, second = frame_of(camera), frame_of(camera)
            assert first.size == (320, 240)
            assert not np.array_equal(first.image, second.image)
            server.close()
            assert f"127.0.0.1:{server.port}/test" in words_of(camera).en
        finally:
            camera.close()


def test_a_silent_rtsp_server_is_said_within_the_deadline(opened: Opened) -> None:
    with MjpegServer("silent") as server:
        camera = opened(f"rtsp://anna:geheim@{server.place}")
        words = words_of(camera, limit=DEADLINE + 2 * PATIENCE)
        assert "does not answer" in words.en
        assert "geheim" not in words.en
