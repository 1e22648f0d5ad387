"""The pipeline `objects`, from a file of made-up weights to named boxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import skimage.data

from models.catalogue import MissingNetworkError
from models.detectors.coco import PERSON, THINGS
from models.detectors.objects import NAMES
from pipelines.engine.check import checked
from pipelines.frame import Frame
from pipelines.neural.objects import Objects, ObjectsParameters
from pipelines.result import Box, Result

pytest.importorskip("torchvision")
COFFEE = np.ascontiguousarray(skimage.data.coffee()[:, :, ::-1])
LOW = ObjectsParameters(threshold=0.1, device="cpu")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test of this file finds the weights that are made once."""
    monkeypatch.setenv("FUSIFORM_HOME", str(home))


@pytest.fixture(scope="module")
def objects(home: Path) -> Iterator[Objects]:
    from tests.models.detectors.objects_made_up import at_home

    with pytest.MonkeyPatch.context() as patch:
        at_home("ssdlite", home, patch)
        opened = Objects()
        opened.open(1)
        yield opened
        opened.close()
        opened.close()


def seen(objects: Objects, parameters: ObjectsParameters = LOW) -> Result:
    return objects.process(Frame.of(COFFEE.copy(), 0, 0.0), parameters)


def test_things_are_named_in_both_languages_the_surest_first(objects: Objects) -> None:
    result = checked(seen(objects))
    boxes = [mark for mark in result.marks if isinstance(mark, Box)]
    scores = [box.score or 0 for box in boxes]

    assert len(boxes) == len(result.marks) > 5
    assert all(box.title == THINGS[box.label] for box in boxes)
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.1
    people = sum(box.label == PERSON for box in boxes)
    assert {r.name: r.value for r in result.readings} == {"found": len(boxes), "people": people}


def test_the_threshold_keeps_what_is_at_least_as_sure(objects: Objects) -> None:
    low = seen(objects).marks
    middle = float(np.median([mark.score or 0 for mark in low if isinstance(mark, Box)]))

    high = seen(objects, ObjectsParameters(threshold=middle, device="cpu")).marks

    assert 0 < len(high) < len(low)
    assert list(high) == [mark for mark in low if isinstance(mark, Box) and (mark.score or 0) > middle]


def test_the_same_frame_gives_the_same_again(objects: Objects) -> None:
    assert seen(objects).marks == seen(objects).marks


def test_it_says_where_it_computes(objects: Objects) -> None:
    seen(objects)
    status = objects.status()

    assert status is not None
    assert status.device is not None
    assert status.device.en == "CPU (torch)"
    assert status.notice is None


def test_without_its_weights_it_says_what_to_do_and_what_was_loaded_goes_on(objects: Objects) -> None:
    before = seen(objects).marks
    for name in NAMES[1:]:
        assert seen(objects, ObjectsParameters(network=name)).marks == before
        status = objects.status()
        assert status
        assert isinstance(status.refused, MissingNetworkError)
        assert status.refused.name == name
        assert status.notice
        for words in status.notice:
            assert f"fusiform models fetch {name}" in words
    assert seen(objects).marks == before
    status = objects.status()
    assert status
    assert status.refused is None


def test_only_people_are_hidden(objects: Objects) -> None:
    shown = seen(objects, LOW.changed(anonymise="pixels"))
    people = [m for m in shown.marks if isinstance(m, Box) and m.label == PERSON]

    assert shown.marks == seen(objects).marks
    assert bool((shown.picture != COFFEE).any()) is bool(people)


def test_nothing_is_fetched_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))
    opened = Objects()
    opened.open(1)
    with pytest.raises(MissingNetworkError):
        seen(opened)
    assert opened.status() is None
    assert list(tmp_path.rglob("*")) == []
