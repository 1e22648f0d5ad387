"""Processes that `torchrun` starts learn one network together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from models.classifiers import classifiers  # noqa: E402
from models.evaluation.examples import read_examples  # noqa: E402
from models.networks.objects import ObjectNetwork  # noqa: E402
from models.preparation import standardised  # noqa: E402
from tests.models.training.classified import write_photographs  # noqa: E402
from tests.models.training.labelled import write_labelled  # noqa: E402

FACES = """
import sys
from pathlib import Path
import torch
from models.training.faces.recipe import Recipe
from models.training.faces.run import Training

torch.set_num_threads(1)
data, out = map(Path, sys.argv[1:])
training = Training(data, out, Recipe(epochs=2, side=64, batch=2, warm_up=2, mined_every=1))
curve = list(training.run())
assert training.recipe.crew == 2 and training.steps == 6, (training.recipe, training.steps)
assert bool(curve[-1].precisions) == training.leads
torch.save(training.average.state_dict(), out / f"{training.leads}.pt")
"""


OBJECTS = """
import sys
from pathlib import Path
import torch
from models.training.objects.run import Recipe, Training

torch.set_num_threads(1)
data, out = map(Path, sys.argv[1:])
recipe = Recipe(epochs=2, side=32, last_side=32, batch=4, warm_up=2)
training = Training(data, out, recipe)
curve = list(training.run())
assert training.recipe.crew == 2 and training.steps == 5, (training.recipe, training.steps)
found = {"average": training.average.state_dict(), "accuracy": curve[-1].accuracy}
torch.save(found, out / f"{training.leads}.pt")
"""


def run_by_two(script: str, data: Path, folder: Path) -> None:
    """By two processes, which get `data` and `folder`."""
    file = folder / "trains.py"
    file.write_text(script)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(
        [*command, file, data, folder],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_two_learn_as_one(tmp_path: Path) -> None:
    run_by_two(FACES, write_labelled(tmp_path / "data"), tmp_path)
    leader, other = (torch.load(tmp_path / f"{leads}.pt", weights_only=True) for leads in (True, False))
    learnt = [name for name in leader if not name.endswith(("running_mean", "running_var"))]
    assert all(torch.equal(leader[name], other[name]) for name in learnt)
    kept = torch.load(tmp_path / "face-detector.checkpoint", weights_only=True)
    assert kept["recipe"]["crew"] == 2
    assert all(torch.equal(leader[name], kept["average"][name]) for name in leader)


def test_two_learn_and_judge_a_classifier_as_one(tmp_path: Path) -> None:
    """What both found right together is what one finds alone."""
    data = write_photographs(tmp_path / "data")
    run_by_two(OBJECTS, data, tmp_path)
    leader, other = (torch.load(tmp_path / f"{leads}.pt", weights_only=True) for leads in (True, False))
    assert all(torch.equal(part, other["average"][name]) for name, part in leader["average"].items())
    examples = read_examples(classifiers()["objects"], data, "val")
    network = ObjectNetwork().eval()
    network.load_state_dict(leader["average"])
    with torch.inference_mode():
        said = network(torch.from_numpy(standardised(examples.pictures, classifiers()["objects"].picture)))
    alone = float((said.argmax(1).numpy() == examples.classes).mean())
    assert leader["accuracy"] == other["accuracy"] == alone
