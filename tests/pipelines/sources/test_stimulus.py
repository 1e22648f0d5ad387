"""A stimulus is exact in time, goes step by step, and is set while it plays."""

from __future__ import annotations

import re
from itertools import islice

import numpy as np
import pytest

from models.errors import ParameterError, SourceError
from pipelines.frame import Frame, Image
from pipelines.sources.address import open_source
from pipelines.sources.source import PATIENCE, Adjustable, Playable
from pipelines.sources.stimulus import RATE, SIZE, StimulusSource
from pipelines.stimuli import find
from pipelines.stimulus import Motion
from tests.pipelines.sources.hand_clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def source(clock: HandClock, name: str = "grating", **values: object) -> StimulusSource:
    stimulus = find(name)
    return StimulusSource(stimulus, stimulus.parameters().changed(**values), clock=clock)


def frames(playing: StimulusSource, count: int) -> list[Frame]:
    found = (read for _ in range(10 * count) if isinstance(read := playing.read(), Frame))
    return list(islice(found, count))


def drawn(seconds: float, name: str = "grating", **values: object) -> Image:
    stimulus = find(name)
    parameters = stimulus.parameters().changed(**values)
    return stimulus.picture(parameters, Motion().after(parameters, seconds), SIZE)


def test_sixty_frames_a_second_each_at_its_exact_time(clock: HandClock) -> None:
    shown = frames(source(clock, speed=1.3, turn=5.0), 7)
    assert np.allclose(np.diff([frame.captured for frame in shown]), 1 / 60)
    for number, frame in enumerate(shown):
        assert frame.number == number
        assert not frame.image.flags.writeable
        assert np.array_equal(frame.image, drawn(number / 60, speed=1.3, turn=5.0))


def test_a_late_reader_misses_frames_and_stays_in_time(clock: HandClock) -> None:
    playing = source(clock, "bar", speed=0.4)
    frames(playing, 1)
    clock.time += 2.0
    assert np.array_equal(frames(playing, 1)[0].image, drawn(2.0, "bar", speed=0.4))


def test_it_is_stepped_both_ways_and_shows_the_same_again(clock: HandClock) -> None:
    playing = source(clock)
    shown = frames(playing, 4)
    for step, number in ((-1, 2), (-2, 0), (3, 3), (-9, 0)):
        playing.step(step)
        assert np.array_equal(frames(playing, 1)[0].image, shown[number].image)
        assert playing.position == number
    assert playing.paused
    assert playing.read() is None


def test_no_time_goes_by_while_it_is_paused(clock: HandClock) -> None:
    playing = source(clock)
    frames(playing, 10)
    playing.paused = True
    for _ in range(40):
        assert playing.read() is None
    assert clock.time > 100 + 40 * PATIENCE
    playing.paused = False
    assert np.array_equal(frames(playing, 1)[0].image, drawn(10 / 60))


def test_it_has_no_end_and_no_place_on_a_time_line(clock: HandClock) -> None:
    playing = source(clock)
    assert isinstance(playing, Playable)
    assert playing.length == 0
    playing.loop = False
    playing.seek(1_000_000)
    assert np.array_equal(frames(playing, 2)[1].image, drawn(1_000_001 / 60))


def test_what_is_adjusted_is_seen_with_the_next_frame(clock: HandClock) -> None:
    playing = source(clock, speed=0.0)
    frames(playing, 3)
    playing.adjust(orientation=30.0, contrast=0.5)
    assert np.array_equal(frames(playing, 1)[0].image, drawn(0, speed=0.0, orientation=30.0, contrast=0.5))


def test_what_is_adjusted_while_it_is_paused_is_seen_at_once(clock: HandClock) -> None:
    playing = source(clock)
    frames(playing, 3)
    playing.paused = True
    before = clock.time
    playing.adjust(frequency=3.0)
    frame = playing.read()
    assert isinstance(frame, Frame)
    assert clock.time == before
    assert np.array_equal(frame.image, drawn(2 / 60, frequency=3.0))
    assert playing.position == 2
    playing.step(1)
    assert np.array_equal(frames(playing, 1)[0].image, drawn(3 / 60, frequency=3.0))


@pytest.mark.parametrize(("name", "speed"), [("grating", 1.5), ("bar", 0.7), ("plaid", 1.5), ("ring", 0.4)])
def test_another_speed_goes_on_from_where_it_is(clock: HandClock, name: str, speed: float) -> None:
    """After 100 s, a tenth more speed would otherwise be a leap of ten seconds' worth."""
    playing = source(clock, name, speed=speed)
    playing.seek(6000)
    before = frames(playing, 1)[0].image
    playing.paused = True
    for other in (speed + 0.1, -speed, speed):
        playing.adjust(speed=other)
        assert np.abs(frames(playing, 1)[0].image.astype(int) - before).max() <= 1
    playing.paused = False
    after = frames(playing, 30)[-1].image
    assert np.abs(after.astype(int) - drawn(6030 / 60, name, speed=speed)).max() <= 1


def test_its_orientation_goes_on_as_it_turns_and_stays_where_it_is_stopped(clock: HandClock) -> None:
    playing = source(clock, orientation=350.0, turn=12.0, speed=0.0)
    playing.seek(5 * RATE)
    turned = frames(playing, 1)[0].image
    assert playing.parameters == find("grating").parameters(orientation=50.0, turn=12.0, speed=0.0)
    assert playing.address == "stimulus:grating?orientation=50&speed=0&turn=12"
    playing.adjust(turn=0.0)
    assert playing.address == "stimulus:grating?orientation=50&speed=0"
    assert np.array_equal(frames(playing, 100)[-1].image, turned)


def test_an_orientation_that_is_set_while_it_turns_is_where_it_turns_from(clock: HandClock) -> None:
    playing = source(clock, turn=12.0, speed=0.0)
    playing.seek(3 * RATE)
    frames(playing, 1)
    playing.adjust(orientation=0.0)
    assert np.array_equal(frames(playing, RATE)[-1].image, drawn(1.0, orientation=0.0, turn=12.0, speed=0.0))


def test_what_plays_by_the_clock_goes_on_when_something_else_is_set(clock: HandClock) -> None:
    """Dots live on, and a checkerboard keeps the beat of its reversals."""
    dots = source(clock, "dots", contrast=0.5)
    dots.seek(100)
    frames(dots, 1)
    dots.adjust(contrast=1.0)
    assert np.array_equal(frames(dots, 1)[0].image, drawn(101 / 60, "dots"))
    checks = source(clock, "checkerboard", reversals=2.0)
    checks.seek(45)
    before = frames(checks, 1)[0].image
    checks.paused = True
    checks.adjust(reversals=3.0)
    assert np.array_equal(frames(checks, 1)[0].image, before), (
        "0.75 s are one reversal; by three a second, two"
    )


def test_what_is_refused_changes_nothing(clock: HandClock) -> None:
    playing = source(clock)
    with pytest.raises(ParameterError, match="contrast takes"):
        playing.adjust(contrast=2.0)
    assert playing.address == "stimulus:grating"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("stimulus:grating", "stimulus:grating"),
        ("Stimulus:grating?", "stimulus:grating"),
        ("stimulus:grating?orientation=45", "stimulus:grating?orientation=45"),
        (
            "stimulus:grating?aperture=disc&contrast=0.125&speed=-2",
            "stimulus:grating?speed=-2&contrast=0.125&aperture=disc",
        ),
        ("stimulus:bar?polarity=dark&width=0.075", "stimulus:bar?polarity=dark&width=0.075"),
        (" stimulus:bar?width=0.075&speed=0.3\n", "stimulus:bar?width=0.075"),
    ],
)
def test_its_address_says_what_differs_and_opens_it_again(given: str, address: str) -> None:
    first = open_source(given)
    again = open_source(first.address)
    assert isinstance(first, Adjustable)
    assert isinstance(again, Adjustable)
    assert again.address == first.address == address
    assert again.parameters == first.parameters
    assert first.title == again.title == find(first.address.partition(":")[2].partition("?")[0]).title


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("stimulus:", "There is no stimulus ''; there are: bar, grating, checkerboard"),
        ("stimulus:gratings", "did you mean 'grating'"),
        ("stimulus:grating?orientatoin=45", "did you mean 'orientation'"),
        ("stimulus:grating?orientation=left", "orientation takes a number from 0 to 360 °, not 'left'"),
        ("stimulus:grating?contrast=1.5", "contrast takes a number from 0 to 1"),
        ("stimulus:grating?frequency=0", "frequency takes a number from 0.5 to 40 cycles, not '0'"),
        ("stimulus:checkerboard?frequency=nan", "frequency takes a number from 0.5 to 40 cycles, not 'nan'"),
        ("stimulus:hermann?frequency=-3", "frequency takes a number from 1 to 16 cycles, not '-3'"),
        ("stimulus:textures?frequency=1e99", "frequency takes a whole number from 4 to 30 cycles"),
        ("stimulus:dots?density=2.5", "density takes a whole number from 1 to 600"),
        ("stimulus:dots?lifetime=0", "lifetime takes a number from 0.05 to 2 s"),
        ("stimulus:mach?width=0", "width takes a number from 0.01 to 1"),
        ("stimulus:kanizsa?lines=perhaps", "lines takes true or false"),
        ("stimulus:herman", "did you mean 'hermann'"),
        ("stimulus:grating?orientation", "'orientation' in the address is not of the form key=value"),
        ("stimulus:bar?polarity=bright", "polarity takes one of light, dark"),
        ("canvas:?ink=red", "ink takes one of black, white"),
        ("canvas:40", "'40' in the address is not of the form"),
    ],
)
def test_a_wrong_name_or_value_is_told_with_what_would_be_right(address: str, words: str) -> None:
    with pytest.raises(SourceError, match=re.escape(words)) as caught:
        open_source(address)
    assert not caught.value.text.ja.isascii()
