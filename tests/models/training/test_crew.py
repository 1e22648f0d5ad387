"""Processes that `torchrun` starts learn one network together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from tests.models.training.labelled import write_labelled  # noqa: E402

TRAINS = """
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


def test_two_learn_as_one(tmp_path: Path) -> None:
    data = write_labelled(tmp_path / "data")
    script = tmp_path / "trains.py"
    script.write_text(TRAINS)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(
        [*command, script, data, tmp_path],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    leader, other = (torch.load(tmp_path / f"{leads}.pt", weights_only=True) for leads in (True, False))
    learnt = [name for name in leader if not name.endswith(("running_mean", "running_var"))]
    assert all(torch.equal(leader[name], other[name]) for name in learnt)
    kept = torch.load(tmp_path / "face-detector.checkpoint", weights_only=True)
    assert kept["recipe"]["crew"] == 2
    assert all(torch.equal(leader[name], kept["average"][name]) for name in leader)
