"""A person's own network of torch, by the name of the function that makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import ModelError
from models.inspection.network import Look
from models.inspection.opening import Wanted, open_layers
from models.preparation import IMAGENET, prepared

torch = pytest.importorskip("torch")
numpy = pytest.importorskip("numpy")
SOURCE = """
import torch

def small():
    return torch.nn.Sequential(torch.nn.Conv2d(3, 4, 5, stride=4), torch.nn.ReLU())

def nothing():
    return 7

def broken():
    raise ValueError("not today")
"""


@pytest.fixture(autouse=True)
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lesson_networks.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path / "home"))


def test_its_layers_are_seen_through_torch() -> None:
    opened = open_layers(Wanted("lesson_networks:small"), 1)
    image = numpy.full((300, 400, 3), 9, numpy.uint8)
    passed = opened.network.run(prepared(image, IMAGENET).values, {"1": Look()})
    assert [layer.name for layer in opened.network.layers] == ["0", "1"]
    assert passed.answers["1"].activity.minimum >= 0
    opened.network.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lesson_networks:nothing", "no torch.nn.Module but int"),
        ("lesson_networks:broken", "not today"),
        ("lesson_networks:missing", "no such function"),
        ("no_such_module:small", "No module named"),
        ("os:abort", "belongs to Python itself"),
        ("shutil:rmtree", "belongs to Python itself"),
    ],
)
def test_what_gives_no_network_is_refused_in_a_sentence(name: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        open_layers(Wanted(name), 1)
    assert name in caught.value.text.en
    assert name in caught.value.text.ja
