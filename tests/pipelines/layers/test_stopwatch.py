"""The time of one layer, measured now and then."""

from __future__ import annotations

from models.runtimes.device import DEVICES
from pipelines.layers.stopwatch import ALONE, EVERY, WITHIN, Stopwatch


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_frames_between_are_left_alone() -> None:
    clock = Clock()
    stopwatch = Stopwatch(clock)
    due = []
    for tenth in range(25):
        clock.now = tenth / 10
        due.append(stopwatch.is_due("conv1"))
    assert [tenth / 10 for tenth, measured in enumerate(due) if measured] == [0.0, EVERY, 2 * EVERY]


def test_another_layer_is_measured_at_once_and_anew() -> None:
    stopwatch = Stopwatch(Clock())
    assert stopwatch.is_due("conv1")
    stopwatch.add(5.0)
    assert not stopwatch.is_due("conv1")
    assert stopwatch.is_due("conv2")
    assert stopwatch.readings(DEVICES["cpu"]) == ()


def test_one_stumble_does_not_show() -> None:
    stopwatch = Stopwatch(Clock())
    for milliseconds in (2.0, 90.0, 3.0, None, 2.5):
        stopwatch.add(milliseconds)
    (reading,) = stopwatch.readings(DEVICES["cpu"])
    assert (reading.value, reading.unit, reading.title) == (2.75, "ms", ALONE)
    (reading,) = stopwatch.readings(DEVICES["torch-cpu"])
    assert reading.title == WITHIN
