"""What is known of the shipped classifiers is complete, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from models.classifiers import classifiers

NAMES = ("objects", "lenet-5")


def test_the_names_are_stable() -> None:
    assert tuple(classifiers()) == NAMES
    assert list(classifiers()["objects"].classes) == [
        *("tench", "english_springer", "cassette_player", "chain_saw", "church"),
        *("french_horn", "garbage_truck", "gas_pump", "golf_ball", "parachute"),
    ]
    assert [*classifiers()["lenet-5"].classes] == [*"0123456789"]


@pytest.mark.parametrize("name", NAMES)
def test_all_is_said_in_both_languages(name: str) -> None:
    words = classifiers()[name].classes.values()
    assert all(text.en and text.ja for text in words)
    assert len({text.en for text in words}) == len({text.ja for text in words}) == 10


@pytest.mark.parametrize("name", NAMES)
def test_each_colour_has_a_mean_and_a_deviation(name: str) -> None:
    known = classifiers()[name]
    picture = known.picture
    assert len(picture.mean) == len(picture.deviation) == known.channels
    assert picture.scale == 1
    assert all(0 < level < 255 for level in (*picture.mean, *picture.deviation))


def test_ground_and_stroke_are_those_of_the_paper() -> None:
    known = classifiers()["lenet-5"]
    ends = (np.array([0, 255]) - known.picture.mean[0]) / known.picture.deviation[0]
    np.testing.assert_allclose(ends, [-0.1, 1.175])
