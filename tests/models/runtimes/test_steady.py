"""A network that always answers, whatever its device does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.errors import ModelError
from models.runtimes import spared, steady
from models.runtimes.choosing import UnusableError
from models.runtimes.device import DEVICES, DeviceName, Wish
from models.runtimes.network import Intake, Network
from models.runtimes.remembered import Choice, key_of, recall, remember
from models.runtimes.steady import SteadyNetwork
from models.text import Text
from tests.models.runtimes.made_up import DEADLINE, MadeUp

WHY = Text("The driver is asleep.", "ドライバが眠っています。")


class World:
    """What `steady` finds on this machine: devices, the choice among them, and how they open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.possible: list[DeviceName] = ["cuda"]
        self.choose: Callable[[], Choice] = lambda: Choice("cuda", half=True)
        self.opened: dict[DeviceName, MadeUp] = {}
        self.opens: Callable[[Choice], object] = lambda _choice: None
        self.steadies: list[SteadyNetwork] = []

    def steady(self, wish: Wish) -> SteadyNetwork:
        made = SteadyNetwork(self.path, wish, MadeUp("cpu"), Intake(), 1)
        self.steadies.append(made)
        return made

    def candidates(self, _path: Path) -> list[DeviceName]:
        return self.possible

    def chosen(self, *_given: object) -> Choice:
        return self.choose()

    def open_network(
        self, _path: Path, device: DeviceName, _intake: Intake, _threads: int, *, half: bool
    ) -> Network:
        self.opens(Choice(device))
        self.opened[device] = MadeUp(device, half)
        return self.opened[device]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    path = tmp_path / "network.onnx"
    path.write_bytes(b"a network")
    made = World(path)
    for name in ("candidates", "chosen", "open_network"):
        monkeypatch.setattr(steady, name, getattr(made, name))
    yield made
    for network in made.steadies:
        network.close()


def computed_on(network: SteadyNetwork) -> str:
    """The device that really computed, by what came out."""
    (place,) = network.through(lambda one: one.run(one.values(None)))["out"]  # type: ignore[arg-type]
    return list(DEVICES)[int(place)]


def test_it_begins_on_the_cpu_and_moves_when_the_device_is_ready(world: World) -> None:
    gate = threading.Event()
    world.opens = lambda _choice: gate.wait(DEADLINE)
    network = world.steady("cuda")
    assert computed_on(network) == "cpu"
    assert network.notice
    assert "CUDA is being tried" in network.notice.en
    gate.set()
    network.settle(DEADLINE)
    assert computed_on(network) == "cuda"
    assert network.half
    assert network.notice is None


def test_auto_says_that_it_measures_and_what_came_out(world: World) -> None:
    gate = threading.Event()

    def choose() -> Choice:
        gate.wait(DEADLINE)
        return Choice("cuda", milliseconds={"cpu": 11.24, "cuda": 1.5})

    world.choose = choose
    network = world.steady("auto")
    assert network.notice
    assert "being measured" in network.notice.en
    assert "測定" in network.notice.ja
    gate.set()
    network.settle(DEADLINE)
    assert computed_on(network) == "cuda"
    assert network.choice
    assert "CUDA 1.5 ms, CPU 11.2 ms" in network.choice.en
    assert "CUDA 1.5 ms、CPU 11.2 ms" in network.choice.ja


def test_where_the_cpu_is_the_fastest_nothing_else_is_opened(world: World) -> None:
    world.choose = lambda: Choice("cpu", milliseconds={"cpu": 2.6, "cuda": 5.2})
    network = world.steady("auto")
    network.settle(DEADLINE)
    assert computed_on(network) == "cpu"
    assert not world.opened
    assert network.notice is None


def test_without_anything_to_measure_it_is_quiet(world: World) -> None:
    world.possible = []
    network = world.steady("auto")
    assert computed_on(network) == "cpu"
    assert (network.notice, network.choice) == (None, None)
    assert not any(thread.name.startswith("network-") for thread in threading.enumerate())


@pytest.mark.parametrize("wish", ["tensorrt", "coreml"])
def test_what_is_not_here_is_said_at_once(world: World, wish: Wish) -> None:
    network = world.steady(wish)
    assert computed_on(network) == "cpu"
    assert network.notice
    assert "cannot be used, so the CPU computes" in network.notice.en


def test_what_fails_its_trial_is_said_with_its_reason(world: World) -> None:
    def choose() -> Choice:
        raise UnusableError(WHY)

    world.choose = choose
    network = world.steady("cuda")
    network.settle(DEADLINE)
    assert computed_on(network) == "cpu"
    assert network.notice == Text(
        f"CUDA cannot be used, so the CPU computes. {WHY.en}",
        f"CUDA は使えないため、CPU で計算しています。{WHY.ja}",
    )


def test_what_passed_its_trial_once_and_does_not_open_now_is_tried_again_next_time(world: World) -> None:
    def opens(_choice: Choice) -> None:
        raise RuntimeError("CUDA failure 100: no CUDA-capable device is detected")

    world.opens = opens
    remember(key_of(world.path, "auto", 1), Choice("cuda"))
    network = world.steady("auto")
    network.settle(DEADLINE)
    assert computed_on(network) == "cpu"
    assert network.notice
    assert "There is no GPU of this kind here." in network.notice.en
    assert recall(key_of(world.path, "auto", 1)) is None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB"), "memory of the GPU is full"),
        (
            RuntimeError("BFCArena: Failed to allocate memory for requested buffer"),
            "memory of the GPU is full",
        ),
        (RuntimeError("CUDNN failure 5000; CUDA failure 999: unknown error"), "has stopped answering"),
        (RuntimeError("DXGI_ERROR_DEVICE_REMOVED"), "has stopped answering"),
        (ValueError("provider"), "ValueError: provider"),
    ],
    ids=["memory", "arena", "driver gone", "removed", "provider"],
)
def test_what_fails_in_mid_run_is_done_again_on_the_cpu_at_once(
    world: World, error: Exception, said: str
) -> None:
    network = world.steady("cuda")
    network.settle(DEADLINE)
    assert computed_on(network) == "cuda"
    world.opened["cuda"].fails = error
    began = time.monotonic()
    assert computed_on(network) == "cpu"
    assert time.monotonic() - began < 1
    assert network.notice
    assert "CUDA failed while it ran, so the CPU goes on" in network.notice.en
    assert said in network.notice.en
    assert computed_on(network) == network.device.name == "cpu"
    assert world.opened["cuda"].runs == 3  # to wake it, well, and failed
    assert world.opened["cuda"].closed.wait(DEADLINE)


@pytest.fixture
def hanging(world: World) -> Iterator[threading.Event]:
    """Moved to a device that hangs in everything until the event is set."""
    gate = threading.Event()
    network = world.steady("cuda")
    network.settle(DEADLINE)
    assert computed_on(network) == "cuda"
    world.opened["cuda"].on_run = lambda: gate.wait(DEADLINE)
    yield gate
    gate.set()


def ended(network: MadeUp) -> bool:
    return network.closed.wait(DEADLINE)


def test_while_a_driver_hangs_the_cpu_goes_on_within_a_second(world: World, hanging: threading.Event) -> None:
    (network,) = world.steadies
    began = time.monotonic()
    assert computed_on(network) == "cpu"
    assert time.monotonic() - began < 1
    assert network.device.name == "cpu"
    assert network.notice
    assert network.notice.en == "CUDA does not answer; until it does the CPU goes on."
    assert [computed_on(network) for _ in range(50)] == ["cpu"] * 50
    assert time.monotonic() - began < 1.5
    assert world.opened["cuda"].runs == 3  # to wake it, well, and hanging: nothing is asked of it meanwhile


def test_a_driver_that_was_only_late_is_used_again(world: World, hanging: threading.Event) -> None:
    (network,) = world.steadies
    computed_on(network)
    hanging.set()
    until = time.monotonic() + DEADLINE
    while computed_on(network) == "cpu" and time.monotonic() < until:
        pass
    assert network.device.name == "cuda"
    assert network.notice is None


def test_a_driver_that_hung_and_then_failed_is_given_up(world: World, hanging: threading.Event) -> None:
    (network,) = world.steadies
    computed_on(network)
    world.opened["cuda"].fails = RuntimeError("CUDA failure 999: unknown error")
    hanging.set()
    until = time.monotonic() + DEADLINE
    while "does not answer" in str(network.notice) and time.monotonic() < until:
        assert computed_on(network) == "cpu"
    assert network.notice
    assert "CUDA failed while it ran" in network.notice.en
    assert ended(world.opened["cuda"])


def test_a_device_that_is_late_with_every_picture_is_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spared, "PATIENCE", 0.01)
    network = world.steady("cuda")
    network.settle(DEADLINE)
    gate, slow = threading.Semaphore(0), world.opened["cuda"]
    slow.on_run = lambda: gate.acquire(timeout=DEADLINE)
    until = time.monotonic() + DEADLINE
    for late in range(1, 1 + spared.MOST_LATE):
        while slow.runs < 1 + late and time.monotonic() < until:
            assert computed_on(network) == "cpu"
        gate.release()
    assert network.notice
    assert "CUDA is too slow for this, so the CPU goes on." in network.notice.en
    assert ended(slow)
    assert slow.runs == 1 + spared.MOST_LATE  # the first was to wake it


def test_close_does_not_wait_for_a_driver_that_hangs(
    world: World, hanging: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    (network,) = world.steadies
    computed_on(network)
    monkeypatch.setattr(spared, "JOIN", 0.05)
    network.close()
    assert not world.opened["cuda"].closed.is_set()
    hanging.set()
    assert ended(world.opened["cuda"])


def test_a_device_that_hangs_when_it_is_closed_holds_nobody_up(world: World) -> None:
    gate = threading.Event()
    network = world.steady("cuda")
    network.settle(DEADLINE)
    failed = world.opened["cuda"]
    computed_on(network)
    failed.fails, failed.on_close = RuntimeError("gone"), lambda: gate.wait(DEADLINE)
    assert computed_on(network) == "cpu"
    assert not failed.closed.is_set()
    gate.set()
    assert failed.closed.wait(DEADLINE)


def test_what_fails_on_the_cpu_too_is_no_matter_of_the_device(world: World) -> None:
    def work(_network: Network) -> None:
        raise ZeroDivisionError

    network = world.steady("cpu")
    with pytest.raises(ZeroDivisionError):
        network.through(work)


def test_close_ends_a_trial_and_closes_what_it_opened(world: World) -> None:
    network = world.steady("cuda")
    network.settle(DEADLINE)
    network.close()
    network.close()
    assert world.opened["cuda"].closed.is_set()


def test_what_is_ready_after_the_close_is_closed_as_well(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(steady, "JOIN", 0.05)
    world.opens = lambda _choice: gate.wait(DEADLINE)
    network = world.steady("cuda")
    network.close()
    gate.set()
    network.settle(DEADLINE)
    assert world.opened["cuda"].closed.is_set()


def test_torch_on_the_cpu_is_opened_at_once_or_says_why_not(world: World) -> None:
    assert computed_on(world.steady("torch-cpu")) == "torch-cpu"

    def opens(_choice: Choice) -> None:
        raise ModelError(*WHY)

    world.opens = opens
    network = world.steady("torch-cpu")
    assert computed_on(network) == "cpu"
    assert network.notice
    assert WHY.en in network.notice.en


def test_a_device_that_fails_with_its_first_picture_is_never_moved_to(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MadeUp, "values", lambda self, _picture: 1 // (self.device.name == "cpu"))
    network = world.steady("cuda")
    network.settle(DEADLINE)
    assert network.device.name == "cpu"
    assert network.notice
    assert "ZeroDivisionError" in network.notice.en


def test_a_network_of_one_size_is_tried_in_that_size(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[tuple[int, ...]] = []
    monkeypatch.setattr(MadeUp, "values", lambda _self, picture: shapes.append(picture.shape))
    network = SteadyNetwork(world.path, "cuda", MadeUp("cpu"), Intake(), 1, (240, 320))
    network.settle(DEADLINE)
    network.close()
    assert shapes == [(240, 320, 3)]
