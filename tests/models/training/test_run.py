"""A training that is interrupted ends where it would have ended; another recipe is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from msgspec.structs import replace  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

from models.training.faces import run  # noqa: E402
from models.training.faces.measure import Precision  # noqa: E402
from models.training.faces.recipe import Recipe  # noqa: E402
from models.training.faces.run import Training  # noqa: E402
from models.training.recipe import RecipeError  # noqa: E402
from tests.models.training.labelled import write_labelled  # noqa: E402
from tests.models.training.taught import write_teacher  # noqa: E402

CHECKPOINT, WEIGHTS, CURVE = (f"face-detector.{ending}" for ending in ("checkpoint", "safetensors", "csv"))
RECIPE = Recipe(epochs=2, seed=3, side=64, batch=4, warm_up=2, mined_every=1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_labelled(tmp_path / "data")


def folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize("taught", [False, True])
def test_interrupted_or_not_the_network_is_the_same(data: Path, tmp_path: Path, *, taught: bool) -> None:
    teacher = write_teacher(tmp_path / "teacher.onnx") if taught else None
    whole = Training(data, folder(tmp_path / "whole"), RECIPE, teacher=teacher)
    lines = list(whole.run())
    assert [line.number for line in lines] == [1, 2]
    assert len(lines[-1].precisions) == 2
    halved = folder(tmp_path / "halved")
    next(iter(Training(data, halved, RECIPE, teacher=teacher).run()))
    again = Training(data, halved, RECIPE, teacher=teacher)
    assert again.done == 1
    [line] = again.run()
    assert line.losses == lines[1].losses
    ours, theirs = whole.average.state_dict(), again.average.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    kept = load_file(halved / WEIGHTS)
    assert all(torch.equal(ours[name], kept[name]) for name in ours)
    rows = (halved / CURVE).read_text("utf-8").splitlines()
    assert rows[0].split(",")[4:] == ["ap50@640", "ap30@640", "ap50@320", "ap30@320"]
    assert [row.split(",")[0] for row in rows[1:]] == ["1", "2"]


def test_a_kill_while_saving_leaves_the_former_checkpoint(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = Training(data, tmp_path, RECIPE)
    epochs = training.run()
    next(epochs)
    before = (tmp_path / CHECKPOINT).read_bytes()

    def killed(_state: object, file: Path) -> None:
        file.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        next(epochs)
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_another_recipe_is_refused_and_says_what_differs(data: Path, tmp_path: Path) -> None:
    next(iter(Training(data, tmp_path, RECIPE).run()))
    with pytest.raises(RecipeError, match="seed 3"):
        Training(data, tmp_path, Recipe(epochs=2, seed=4, side=64, batch=4, warm_up=2))


def test_the_epochs_may_change_until_the_rate_falls(data: Path, tmp_path: Path) -> None:
    longer = replace(RECIPE, epochs=6)
    assert longer.peak_epochs == 4
    next(iter(Training(data, tmp_path, longer).run()))
    assert Training(data, tmp_path, replace(RECIPE, epochs=4)).done == 1
    assert len(list(Training(data, tmp_path, RECIPE).run())) == 1
    with pytest.raises(RecipeError, match="epochs 2"):
        Training(data, tmp_path, longer)


def test_it_learns_what_its_teacher_sees(data: Path, tmp_path: Path) -> None:
    recipe = Recipe(epochs=6, seed=1, side=64, batch=4, warm_up=2)
    training = Training(data, tmp_path, recipe, teacher=write_teacher(tmp_path / "teacher.onnx"))
    hints = [line.losses.hint for line in training.run()]
    assert hints[-1] < hints[0] / 2
    with pytest.raises(RecipeError, match="teacher"):
        Training(data, tmp_path, recipe)


def test_it_begins_with_given_weights(data: Path, tmp_path: Path) -> None:
    first = Training(data, folder(tmp_path / "first"), RECIPE)
    list(first.run())
    weights = tmp_path / "first" / WEIGHTS
    second = Training(data, folder(tmp_path / "second"), RECIPE, begin=weights)
    ours, theirs = first.average.state_dict(), second.average.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    next(iter(second.run()))
    with pytest.raises(RecipeError, match="begun"):
        Training(data, tmp_path / "second", RECIPE)


def test_what_it_takes_for_faces_is_looked_for_and_kept(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A detector that sees a face in the upper left corner of everything, where there is none."""
    corner = np.array([[0, 0, 10, 10, 0.9], [80, 60, 10, 10, 0.05]], np.float32)
    monkeypatch.setattr(run, "detect", lambda *_given: corner)
    training = Training(data, tmp_path, RECIPE)
    list(training.run())
    state = torch.load(tmp_path / CHECKPOINT, weights_only=True)
    assert sorted(state["lures"]) == list(range(12))
    assert all(boxes.tolist() == [[0, 0, 10, 10]] for boxes in state["lures"].values())


def test_it_ends_early_where_nothing_becomes_better(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measured every fourth epoch: it rises until the eighth, and two measures later nobody waits on."""
    figures = iter([0.2, 0.2, 0.3, 0.3, *[0.3] * 20])
    monkeypatch.setattr(run, "precision", lambda *_given: Precision(next(figures), 0.0))
    hopeless = Recipe(epochs=40, side=64, batch=4, warm_up=2, patience=8)
    assert len(list(Training(data, tmp_path, hopeless).run())) == 16
    assert list(Training(data, tmp_path, hopeless).run()) == []


def test_it_learns(data: Path, tmp_path: Path) -> None:
    training = Training(data, tmp_path, Recipe(epochs=6, seed=1, side=64, batch=4, warm_up=2))
    losses = [line.losses.face for line in training.run()]
    assert min(losses[-2:]) < losses[0] / 2
