"""What runs the networks tells nobody of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = "from models.runtimes.probe import CPU_PROVIDER, prove_onnx; prove_onnx(CPU_PROVIDER)"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a home is not in the environment")
def test_onnx_runtime_keeps_no_number_for_this_machine(tmp_path: Path) -> None:
    """It keeps one, and what it is going to send, unless it is told not to."""
    pytest.importorskip("onnxruntime")
    ran = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(tmp_path.rglob("*")) == []
