"""What is promised of every stimulus, tested the day it appears."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.errors import SourceError
from pipelines.stimuli import discover, find
from pipelines.stimulus import AnyStimulus, Motion

SIZES = ((64, 64), (1, 1), (37, 53), (300, 2))
ALL = discover()


@pytest.fixture(params=ALL.values(), ids=list(ALL))
def stimulus(request: pytest.FixtureRequest) -> type[AnyStimulus]:
    kind: type[AnyStimulus] = request.param
    return kind


def test_there_are_some() -> None:
    assert {"bar", "grating"} <= set(ALL)


def test_they_stand_in_the_order_of_a_lesson() -> None:
    order = [(stimulus.family, stimulus.place) for stimulus in ALL.values()]
    assert order == sorted(order)
    assert list(ALL)[:2] == ["bar", "grating"], "what a single cell answers to comes first"


def test_it_says_what_it_is_in_both_languages(stimulus: type[AnyStimulus]) -> None:
    for text in (stimulus.title, stimulus.explanation):
        assert text.en
        assert not text.ja.isascii()
    assert stimulus.citation
    for spec in stimulus.parameters.specs():
        assert spec.knob.title.en
        assert spec.knob.title.ja
        assert spec.knob.help.en
        assert spec.knob.help.ja


def test_every_parameter_at_both_ends(stimulus: type[AnyStimulus]) -> None:
    for spec in stimulus.parameters.specs():
        bounds: tuple[Any, ...] = (spec.knob.minimum, spec.knob.maximum)
        for value in (False, True) if spec.kind == "bool" else spec.choices or bounds:
            parameters = stimulus.parameters().changed(**{spec.name: value})
            motion = Motion().after(parameters, 1.7)
            for size in SIZES:
                image = stimulus.picture(parameters, motion, size)
                assert image.shape == (size[1], size[0], 3)
                assert image.dtype == np.uint8
                assert np.array_equal(image, stimulus.picture(parameters, motion, size))


def test_its_levels_are_those_of_a_screen(stimulus: type[AnyStimulus]) -> None:
    """Nothing is cut off at black or white, which would add frequencies that nobody asked for."""
    for contrast in (1.0, 0.3):
        parameters = stimulus.parameters().changed(contrast=contrast)
        levels = stimulus.levels(parameters, Motion().after(parameters, 0.7), (120, 90))
        assert np.abs(levels - 127.5).max() <= 127.5 * contrast + 0.01


def test_a_drift_that_is_folded_looks_the_same(stimulus: type[AnyStimulus]) -> None:
    parameters = stimulus.parameters()
    for drifted in (-12.34, 0.0, 0.2, 98765.4):
        folded = stimulus.folded(parameters, drifted, (64, 64))
        assert abs(folded) < 10
        one = stimulus.picture(parameters, Motion(folded), (64, 64)).astype(int)
        assert np.abs(one - stimulus.picture(parameters, Motion(drifted), (64, 64))).max() <= 1


def test_the_nearest_name_is_told() -> None:
    assert find("grating") is ALL["grating"]
    with pytest.raises(SourceError, match="did you mean 'grating'") as caught:
        find("gratting")
    assert "'grating' のことでしょうか" in caught.value.text.ja
    with pytest.raises(SourceError, match="there are: bar, grating, checkerboard"):
        find("unknown")
