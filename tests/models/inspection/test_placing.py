"""Layers on the device that is wished for, on the fastest, and on the CPU where a device fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest

from models.errors import ModelError
from models.inspection import placing
from models.inspection.layer import Layer, Learnt
from models.inspection.maps import Values
from models.inspection.network import Look, Passed
from models.inspection.placing import PlacedLayers, placed
from models.inspection.step import Step
from models.runtimes.device import DEVICES, Device, DeviceName, Wish

VALUES = np.zeros((1, 3, 8, 8), np.float32)


class MadeUp:
    """Says where it computed; `fails` is raised when it runs."""

    def __init__(self, device: DeviceName) -> None:
        self.device: Device = DEVICES[device]
        self.layers: tuple[Layer, ...] = ()
        self.parameters = 0
        self.fails: Exception | None = None
        self.closed = False

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        if self.fails:
            raise self.fails
        return Passed({self.device.name: values}, {}, 1.0)

    def weights(self, layer: str) -> Values | None:
        return None

    def learnt(self, layer: str) -> tuple[Learnt, ...]:
        return ()

    def step(self, layer: str) -> Step | None:
        return None

    def close(self) -> None:
        self.closed = True


class World:
    """The devices of a machine and how long a pass takes on each."""

    def __init__(self) -> None:
        self.times: dict[DeviceName, float] = {"torch-cpu": 10.0, "torch-cuda": 2.0}
        self.built: dict[DeviceName, MadeUp] = {}
        self.opens: Callable[[DeviceName], object] = lambda _device: None
        self.placed: list[PlacedLayers] = []

    def build(self, device: DeviceName) -> MadeUp:
        self.opens(device)
        self.built[device] = MadeUp(device)
        return self.built[device]

    def place(self, wish: Wish) -> PlacedLayers:
        layers = placed(self.build, "torch", wish, VALUES)
        self.placed.append(layers)
        return layers


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World()
    monkeypatch.setattr(placing, "possible", lambda: tuple(DEVICES[name] for name in ("cpu", *made.times)))
    monkeypatch.setattr(placing, "_median", lambda network, _values: made.times[network.device.name])
    yield made
    for layers in made.placed:
        layers.close()


def computed_on(layers: PlacedLayers) -> str:
    (device,) = layers.run(VALUES, {}).outputs
    return device


def test_the_fastest_is_taken_and_it_is_said(world: World) -> None:
    layers = world.place("auto")
    assert computed_on(layers) == layers.device.name == "torch-cuda"
    assert layers.choice
    assert "CUDA (torch) 2.0 ms, CPU (torch) 10.0 ms" in layers.choice.en
    assert layers.notice is None


def test_where_nothing_is_gained_the_cpu_stays(world: World) -> None:
    world.times["torch-cuda"] = 9.5
    layers = world.place("auto")
    assert computed_on(layers) == "torch-cpu"
    assert world.built["torch-cuda"].closed


def test_a_device_that_nobody_asked_for_may_fail_in_silence(world: World) -> None:
    def opens(device: DeviceName) -> None:
        if device == "torch-cuda":
            raise RuntimeError("CUDA failure 999")

    world.opens = opens
    layers = world.place("auto")
    assert computed_on(layers) == "torch-cpu"
    assert (layers.notice, layers.choice) == (None, None)


def test_one_that_is_asked_for_says_why_it_cannot_be_used(world: World) -> None:
    def opens(device: DeviceName) -> None:
        if device == "torch-cuda":
            raise RuntimeError("CUDA out of memory")

    world.opens = opens
    layers = world.place("torch-cuda")
    assert computed_on(layers) == "torch-cpu"
    assert layers.notice
    assert layers.notice.en == (
        "CUDA (torch) cannot be used, so the CPU computes. The memory of the GPU is full."
    )


def test_one_that_is_not_here_is_said(world: World) -> None:
    layers = world.place("torch-mps")
    assert computed_on(layers) == "torch-cpu"
    assert layers.notice
    assert layers.notice.ja.startswith("Apple の GPU（torch） は使えないため")


def test_a_device_of_the_other_library_is_said(world: World) -> None:
    layers = world.place("cpu")
    assert computed_on(layers) == "torch-cpu"
    assert layers.notice
    assert layers.notice.en == "Only PyTorch can run this network."


def test_where_it_fails_in_mid_run_the_cpu_goes_on(world: World) -> None:
    layers = world.place("torch-cuda")
    assert computed_on(layers) == "torch-cuda"
    world.built["torch-cuda"].fails = RuntimeError("CUDA failure 700")
    assert computed_on(layers) == layers.device.name == "torch-cpu"
    assert layers.notice
    assert "failed while it ran, so the CPU goes on" in layers.notice.en


def test_what_does_not_run_on_the_cpu_is_refused(world: World) -> None:
    def opens(_device: DeviceName) -> None:
        raise ModelError("It does not run here.", "ここでは動きません。")

    world.opens = opens
    with pytest.raises(ModelError, match="does not run here"):
        world.place("auto")


def test_closing_closes_both(world: World) -> None:
    layers = world.place("torch-cuda")
    layers.close()
    layers.close()
    assert all(network.closed for network in world.built.values())
