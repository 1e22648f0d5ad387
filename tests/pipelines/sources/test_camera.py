"""A camera is shown, lost and found again, whatever its driver does."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from pipelines.frame import Frame, Image
from pipelines.sources.camera import Camera, list_cameras
from pipelines.sources.camera_backend import CameraDevice
from pipelines.sources.source import PATIENCE, End, NoSignal, Read
from tests.pipelines.sources.bad_camera import BadBackend, Call, Fault, SimulatedClock, camera_threads

LOSS_SECONDS = 2.0
RETURN_SECONDS = 5.0
EPSILON = 1e-6


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def backend(clock: SimulatedClock) -> Iterator[BadBackend]:
    backend = BadBackend(clock)
    yield backend
    backend.let_go()
    for _ in range(4):
        let_pass(clock, 10)
    assert not camera_threads()
    assert backend.handles == 0


@pytest.fixture
def camera(backend: BadBackend, clock: SimulatedClock) -> Iterator[Camera]:
    camera = Camera(backend=backend, clock=clock)
    yield camera
    camera.close()


def let_pass(clock: SimulatedClock, seconds: float) -> None:
    clock.wait(threading.Event(), seconds)


def read(camera: Camera, clock: SimulatedClock) -> Read:
    """One `read`, which keeps to its patience and gives frames that keep their promises."""
    asked = clock.now()
    got = camera.read()
    assert clock.now() - asked <= PATIENCE + EPSILON
    if isinstance(got, Frame):
        assert got.image.dtype == np.uint8
        assert got.image.flags.c_contiguous
        assert not got.image.flags.writeable
        assert got.captured <= clock.now()
    return got


def read_until(
    camera: Camera, clock: SimulatedClock, wanted: type[Frame] | type[NoSignal], seconds: float
) -> float:
    """Read until that comes; seconds it took, which are at most those given."""
    begun = clock.now()
    while not isinstance(got := read(camera, clock), wanted):
        assert clock.now() - begun <= seconds + EPSILON, f"{wanted.__name__} is late; last read: {got}"
    assert clock.now() - begun <= seconds + EPSILON
    return clock.now() - begun


def read_for(camera: Camera, clock: SimulatedClock, seconds: float) -> list[Read]:
    end = clock.now() + seconds
    got = []
    while clock.now() < end:
        got.append(read(camera, clock))
    return got


def words(camera: Camera, clock: SimulatedClock) -> str:
    """English words of the next "no signal"; the Japanese ones are there too."""
    while not isinstance(got := read(camera, clock), NoSignal):
        pass
    assert got.text.ja != got.text.en
    return got.text.en


def test_a_good_camera_gives_all_frames_in_order(camera: Camera, clock: SimulatedClock) -> None:
    frames = [got for got in read_for(camera, clock, 2.0) if isinstance(got, Frame)]
    assert [frame.number for frame in frames] == list(range(len(frames)))
    assert len(frames) == pytest.approx(60, abs=2)
    assert np.diff([frame.captured for frame in frames]) == pytest.approx(1 / 30)
    assert [int(frame.image[-1, -1, 0]) for frame in frames] == list(range(2, len(frames) + 2))


def test_size_and_rate_are_asked_for_and_what_comes_is_shown(
    backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.size = (160, 90)
    camera = Camera("Cam", size=(320, 180), rate=15.0, backend=backend, clock=clock)
    assert (camera.address, camera.title.en, camera.detail.en) == ("camera:Cam", "Cam", "")
    read_until(camera, clock, Frame, 1.0)
    assert [(wish.size, wish.rate) for wish in backend.wishes] == [((320, 180), 15.0)]
    assert camera.detail.pick("en") == "160 × 90 · 30 fps"
    camera.close()


@pytest.mark.parametrize("rate", [float("nan"), -1.0, 0.0, 1e7])
def test_a_rate_that_the_driver_does_not_know_is_not_shown(
    rate: float, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.says_rate = rate
    read_until(camera, clock, Frame, 1.0)
    assert camera.detail.en == "64 × 36"


def test_what_really_comes_is_shown_instead_of_what_the_driver_claims(
    camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.says_rate = 120.0
    read_until(camera, clock, Frame, 1.0)
    assert camera.detail.en == "64 × 36 · 120 fps"
    let_pass(clock, 2.0)  # also while nobody reads
    read_until(camera, clock, Frame, 1.0)
    assert camera.detail.en == "64 × 36 · 30 fps"


def test_the_newest_picture_wins(camera: Camera, clock: SimulatedClock) -> None:
    read_until(camera, clock, Frame, 1.0)
    let_pass(clock, 1.0)
    frame = read(camera, clock)
    assert isinstance(frame, Frame)
    assert clock.now() - frame.captured <= 1 / 30
    assert frame.number == 1


FAULTS: list[Fault] = ["hang", "raise", "nothing", "repeat", "black", "garbage"]


@pytest.mark.parametrize("fault", FAULTS)
def test_pulled_out_and_put_back_a_hundred_times(
    fault: Fault, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    moment = random.Random(7)
    here = backend.cameras
    numbers: list[int] = []

    def watch(wanted: type[Frame] | type[NoSignal], seconds: float) -> None:
        begun = clock.now()
        while True:
            got = read(camera, clock)
            if isinstance(got, Frame):
                numbers.append(got.number)
            if isinstance(got, wanted):
                break
            assert clock.now() - begun <= seconds + EPSILON
        assert clock.now() - begun <= seconds + EPSILON

    watch(Frame, 1.0)
    for cycle in range(100):
        backend.cameras, backend.faults = [], {"read": fault}
        watch(NoSignal, LOSS_SECONDS)
        read_for(camera, clock, moment.uniform(0, 3))
        assert camera.detail.en == ""
        backend.cameras = [CameraDevice("Cam", cycle % 3)]
        backend.faults.pop("read", None)
        backend.let_go()
        watch(Frame, RETURN_SECONDS)
        assert (backend.handles, len(camera_threads())) == (1, 1), f"left behind in cycle {cycle}"
        for _ in range(moment.randrange(20)):
            watch(Frame, 0.2)
    assert numbers == list(range(len(numbers)))
    backend.cameras = here


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("still_listed", [True, False])
def test_a_camera_that_is_lost_says_why(
    fault: Fault, still_listed: bool, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    said = {"repeat": "repeats one and the same", "black": "only black"}.get(fault, "sends no pictures")
    read_until(camera, clock, Frame, 1.0)
    backend.faults["read"] = fault
    if not still_listed:
        backend.cameras = []
    assert said in words(camera, clock)
    assert camera.title.en == "Cam"


@pytest.mark.parametrize("fault", ["repeat", "black"])
def test_a_frozen_camera_stays_lost_until_its_picture_changes(
    fault: Fault, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    read_until(camera, clock, Frame, 1.0)
    backend.faults["read"] = fault
    read_until(camera, clock, NoSignal, LOSS_SECONDS)
    assert all(isinstance(got, NoSignal) for got in read_for(camera, clock, 20.0))
    assert len(backend.opened) > 3, "it was not started again"
    del backend.faults["read"]
    read_until(camera, clock, Frame, RETURN_SECONDS)


def test_no_picture_is_shown_of_a_camera_that_is_given_up(
    camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    read_until(camera, clock, Frame, 1.0)
    backend.faults = {"read": "repeat", "release": "hang"}
    read_until(camera, clock, NoSignal, LOSS_SECONDS)
    assert all(isinstance(got, NoSignal) for got in read_for(camera, clock, 20.0))


def test_a_picture_that_changes_in_one_value_is_alive(camera: Camera, clock: SimulatedClock) -> None:
    read_until(camera, clock, Frame, 1.0)
    assert not any(isinstance(got, NoSignal) for got in read_for(camera, clock, 10.0))


def test_still_for_less_than_the_limit_is_no_fault(
    camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    read_until(camera, clock, Frame, 1.0)
    for _ in range(5):
        backend.faults["read"] = "repeat"
        assert all(isinstance(got, Frame) for got in read_for(camera, clock, 1.5))
        del backend.faults["read"]
        read_for(camera, clock, 0.1)


@pytest.mark.parametrize("call", ["devices", "open", "read", "release"])
def test_a_driver_that_hangs_costs_its_threads_only_and_few_of_them(
    call: Call, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.faults = {call: "hang"}
    if call == "release":
        backend.faults["read"] = "nothing"
    got = read_for(camera, clock, 60.0)
    assert not any(isinstance(each, Frame) for each in got)
    assert isinstance(got[-1], NoSignal)
    assert "does not answer" in got[-1].text.en
    assert backend.most_threads <= 4
    assert len(camera_threads()) == 4
    backend.faults.pop("read", None)
    backend.let_go()
    read_until(camera, clock, Frame, RETURN_SECONDS)
    read_for(camera, clock, 5.0)
    assert (backend.handles, len(camera_threads())) == (1, 1)


@pytest.mark.parametrize("call", ["devices", "open", "read", "release"])
def test_a_call_that_never_comes_back_does_not_keep_the_camera_away(
    call: Call, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.faults = {call: "hang"}
    if call == "release":
        backend.faults["read"] = "nothing"
    while not backend.hanging.is_set():
        read(camera, clock)
    backend.faults = {}
    read_until(camera, clock, Frame, RETURN_SECONDS)
    got = read_for(camera, clock, 1.0)
    backend.let_go()
    got += read_for(camera, clock, 1.0)
    pictures = [int(frame.image[-1, -1, 0]) for frame in got if isinstance(frame, Frame)]
    assert set(np.diff(pictures)) == {1}, "the late thread took the camera away from the working one"
    assert (backend.handles, len(camera_threads())) == (1, 1)


@pytest.mark.parametrize("call", ["devices", "open", "read", "release"])
def test_cameras_made_anew_share_the_limit_of_threads(
    call: Call, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.faults = {call: "hang"}
    for _ in range(10):
        camera = Camera("Cam", backend=backend, clock=clock)
        read_for(camera, clock, 0.5)
        camera.close()
    assert len(camera_threads()) == 4


@pytest.mark.parametrize("call", ["devices", "open", "read", "release"])
def test_close_answers_within_a_second_while_the_driver_hangs(
    call: Call, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.faults = {call: "hang"}
    read_for(camera, clock, 8.0)
    asked = clock.now()
    camera.close()
    assert clock.now() - asked <= 1.0
    camera.close()
    assert isinstance(camera.read(), End)
    backend.let_go()
    let_pass(clock, 1.0)
    assert (backend.handles, camera_threads()) == (0, [])


def test_close_ends_a_camera_that_works(camera: Camera, backend: BadBackend, clock: SimulatedClock) -> None:
    read_until(camera, clock, Frame, 1.0)
    camera.close()
    assert (backend.handles, camera_threads()) == (0, [])
    assert isinstance(camera.read(), End)


def test_a_camera_never_read_costs_nothing(backend: BadBackend, clock: SimulatedClock) -> None:
    Camera(backend=backend, clock=clock).close()
    assert backend.opened == []


@pytest.mark.parametrize(
    ("call", "fault", "said"),
    [
        ("devices", "nothing", "No camera was found"),
        ("devices", "raise", "cannot be opened"),
        ("devices", "hang", "being opened"),
        ("open", "nothing", "another program may be using it"),
        ("open", "raise", "another program may be using it"),
        ("open", "hang", "being opened"),
    ],
)
def test_a_camera_that_cannot_be_had_says_why_and_comes_when_it_can(
    call: Call, fault: Fault, said: str, camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.faults = {call: fault}
    assert said in words(camera, clock)
    read_for(camera, clock, 6.0)
    backend.faults = {}
    backend.let_go()
    read_until(camera, clock, Frame, RETURN_SECONDS)


def test_a_release_that_raises_does_not_keep_the_camera_away(
    camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.faults = {"release": "raise"}
    for _ in range(3):
        read_until(camera, clock, Frame, RETURN_SECONDS)
        backend.faults["read"] = "nothing"
        read_until(camera, clock, NoSignal, LOSS_SECONDS)
        del backend.faults["read"]


def test_a_named_camera_is_waited_for_and_no_other_taken(backend: BadBackend, clock: SimulatedClock) -> None:
    camera = Camera("Desk", backend=backend, clock=clock)
    assert "“Desk” is not connected" in words(camera, clock)
    backend.cameras.append(CameraDevice("Desk", 5))
    read_until(camera, clock, Frame, RETURN_SECONDS)
    assert backend.opened == [CameraDevice("Desk", 5)]
    camera.close()


def test_the_second_of_two_alike_is_opened_by_its_address(clock: SimulatedClock, backend: BadBackend) -> None:
    backend.cameras = [CameraDevice("Twin", 0), CameraDevice("Twin", 1), CameraDevice("Other", 2)]
    listed = list_cameras(backend)
    assert [(info.name, info.address) for info in listed] == [
        ("Twin", "camera:Twin"),
        ("Twin#2", "camera:Twin#2"),
        ("Other", "camera:Other"),
    ]
    camera = Camera(listed[1].address.removeprefix("camera:"), backend=backend, clock=clock)
    read_until(camera, clock, Frame, 1.0)
    assert backend.opened == [CameraDevice("Twin", 1)]
    camera.close()


def test_a_driver_slower_than_the_deadline_gets_its_camera_in_the_end(
    camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.opening_takes = 8.0
    assert read_until(camera, clock, Frame, 9.0) > 8.0
    assert not any(isinstance(got, NoSignal) for got in read_for(camera, clock, 20.0))
    assert (backend.handles, len(camera_threads())) == (1, 1)


def test_another_size_after_the_return_is_shown(
    camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    read_until(camera, clock, Frame, 1.0)
    backend.faults["read"] = "nothing"
    read_until(camera, clock, NoSignal, LOSS_SECONDS)
    backend.faults, backend.size = {}, (32, 18)
    read_until(camera, clock, Frame, RETURN_SECONDS)
    assert camera.detail.en == "32 × 18 · 30 fps"


@pytest.mark.parametrize(
    "form",
    [
        lambda picture: picture[:, :, 0],
        lambda picture: picture[:, :, :1],
        lambda picture: np.dstack([picture, picture[:, :, 0]]),
        lambda picture: picture.astype(np.uint16) * 257,
        lambda picture: picture[:, ::-1][:, ::-1],
    ],
    ids=["grey", "one-channel", "alpha", "16-bit", "strided"],
)
def test_pictures_of_other_forms_are_turned_into_bgr(
    form: Callable[[Image], object], camera: Camera, backend: BadBackend, clock: SimulatedClock
) -> None:
    backend.form = form
    frames = [got for got in read_for(camera, clock, 1.0) if isinstance(got, Frame)]
    assert frames[0].size == (64, 36)
    assert frames[0].image.shape == (36, 64, 3)
    assert int(frames[0].image[0, 0, 1]) == 90


@pytest.mark.parametrize("call", ["open", "read"])
def test_in_real_time_close_ends_a_read_that_waits_for_a_hanging_driver(
    call: Call, backend: BadBackend
) -> None:
    camera = Camera(backend=backend)
    backend.faults = {call: "hang"}

    def read_to_the_end() -> None:
        while not isinstance(camera.read(), End):
            pass

    reader = threading.Thread(target=read_to_the_end, name="reader", daemon=True)
    reader.start()
    assert backend.hanging.wait(5)
    begun = time.monotonic()
    camera.close()
    assert time.monotonic() - begun < 1.0
    reader.join(5)
    assert not reader.is_alive()
