"""A classifier's training: the same wherever it was interrupted, refused where it is another's."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from safetensors.torch import load_file  # noqa: E402

from models.errors import ModelError  # noqa: E402
from models.training.courses import course  # noqa: E402
from models.training.recipe import RecipeError  # noqa: E402
from tests.models.training.classified import write_digits, write_photographs  # noqa: E402

RECIPES = {
    "objects": {"epochs": 2, "seed": 3, "side": 32, "last_side": 48, "batch": 8, "warm_up": 2},
    "lenet-5": {"epochs": 2, "seed": 3, "batch": 8, "warm_up": 2},
}
NAMES = tuple(RECIPES)
Train = Callable[..., Any]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    return write_digits(write_photographs(folder))


@pytest.fixture
def train(data: Path, tmp_path: Path) -> Train:
    """A training of this name in this folder; its recipe with these changes."""

    def train(name: str, out: str = "out", **changes: Any) -> Any:
        (tmp_path / out).mkdir(exist_ok=True)
        kind: Any = course(name)
        return kind(data, tmp_path / out, kind.recipes(**RECIPES[name] | changes))

    return train


def same(one: Any, other: Any) -> bool:
    ours, theirs = one.state_dict(), other.state_dict()
    return all(torch.equal(ours[name], theirs[name]) for name in ours)


@pytest.mark.parametrize("name", NAMES)
def test_interrupted_or_not_the_network_is_the_same(train: Train, tmp_path: Path, name: str) -> None:
    whole = train(name, "whole")
    lines = list(whole.run())
    assert [line.number for line in lines] == [1, 2]
    assert 0 <= lines[-1].accuracy <= 1

    next(iter(train(name, "halved").run()))
    again = train(name, "halved")
    assert again.done == 1
    assert list(again.run()) == lines[1:]
    assert same(whole.average, again.average)
    kept = load_file(tmp_path / "halved" / f"{name}.safetensors")
    assert all(torch.equal(part, kept[key]) for key, part in whole.average.state_dict().items())
    rows = (tmp_path / "halved" / f"{name}.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[0] for row in rows] == ["epoch", "1", "2"]


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_gives_another_network(train: Train, name: str) -> None:
    ours, theirs = train(name, "ours"), train(name, "theirs", seed=4)
    assert not same(ours.average, theirs.average)


def test_another_recipe_is_refused_and_says_what_differs(train: Train) -> None:
    next(iter(train("lenet-5").run()))
    with pytest.raises(RecipeError, match="seed 3"):
        train("lenet-5", seed=4)


@pytest.mark.parametrize("content", [b"", b"no checkpoint", bytes(200)], ids=["empty", "words", "zeros"])
def test_a_damaged_checkpoint_is_refused_in_a_sentence(train: Train, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "lenet-5.checkpoint").write_bytes(content)
    with pytest.raises(ModelError, match=r"lenet-5\.checkpoint is damaged"):
        train("lenet-5")


def test_a_checkpoint_of_another_form_is_refused_in_a_sentence(train: Train, tmp_path: Path) -> None:
    training = train("lenet-5")
    next(iter(training.run()))
    checkpoint = tmp_path / "out" / "lenet-5.checkpoint"
    state = torch.load(checkpoint, weights_only=True)
    torch.save({**state, "curve": [{"number": "one"}]}, checkpoint)
    with pytest.raises(ModelError, match="another version made it"):
        train("lenet-5")


@pytest.mark.parametrize("name", NAMES)
def test_it_learns(train: Train, name: str) -> None:
    training = train(name, epochs=12, averaged=0.8)
    lines = list(training.run())
    assert lines[-1].loss < lines[0].loss * 0.8
    assert lines[-1].accuracy >= 0.6
    assert lines[-1].accuracy > 0.1 + min(line.accuracy or 0.0 for line in lines[:4])


def test_where_nothing_becomes_better_the_rate_falls_early(
    train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Best after two of twenty level epochs, nobody waits on after five; then it falls for twenty."""
    figures = iter([0.2, 0.5, *[0.4] * 40])
    monkeypatch.setattr(course("lenet-5"), "_measured", lambda _self: next(figures))
    hopeless = {"epochs": 40, "patience": 3, "falling": 0.5}
    training = train("lenet-5", **hopeless)
    rates = []
    for _epoch in training.run():
        rates.append(training._optimiser.param_groups[0]["lr"])
        if len(rates) == 7:  # after an interruption it falls on from where it was
            break
    training = train("lenet-5", **hopeless)
    for _epoch in training.run():
        rates.append(training._optimiser.param_groups[0]["lr"])
    peak = training.recipe.peak
    assert rates[:5] == [peak] * 5
    assert all(before > after for before, after in pairwise(rates[4:]))
    assert len(rates) == 25
    assert rates[-1] == pytest.approx(0.02 * peak, abs=0.01 * peak)
    assert list(train("lenet-5", **hopeless).run()) == []


def test_the_epochs_may_change_until_the_rate_falls(train: Train) -> None:
    longer = {"epochs": 6, "falling": 0.35}
    next(iter(train("lenet-5", **longer).run()))
    assert train("lenet-5", **longer | {"epochs": 4}).done == 1
    shorter = train("lenet-5", falling=0.35)
    assert len(list(shorter.run())) == 1
    with pytest.raises(RecipeError, match="epochs 2"):
        train("lenet-5", **longer)


def test_fewer_pictures_than_a_batch_are_shown_again(train: Train) -> None:
    training = train("objects", batch=64, epochs=1)
    assert training.steps == 1
    assert len(list(training.run())) == 1


def test_pictures_are_larger_while_the_rate_falls(train: Train) -> None:
    training = train("objects", epochs=4, falling=0.5)
    sides = []
    for epoch in range(4):
        with training._batches(epoch) as batches:
            sides.append(next(batches).pictures.shape[2:])
    assert sides == [(32, 32), (32, 32), (48, 48), (48, 48)]
