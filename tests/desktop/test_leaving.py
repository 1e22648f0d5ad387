"""The program ends at once, with its exit status, even while a library computes for a thread that hangs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime")

HANGS = """
import sys, threading
import numpy as np
import onnxruntime
import desktop.main
from models.shipped import SHIPPED

busy = threading.Event()

def work():
    network = onnxruntime.InferenceSession(SHIPPED / "face-detector.onnx")
    given = {network.get_inputs()[0].name: np.zeros((1, 3, 1600, 1600), np.float32)}
    busy.set()
    while True:
        network.run(None, given)

def status():
    threading.Thread(target=work, daemon=True).start()
    assert busy.wait(30)
    print("said before")
    return 3

desktop.main.status = status
sys.exit(desktop.main.main())
"""


@pytest.mark.parametrize("turn", range(3))
def test_what_hangs_does_not_crash_the_end(turn: int, tmp_path: Path) -> None:
    environment = {**os.environ, "FUSIFORM_HOME": str(tmp_path)}
    command = [sys.executable, "-c", HANGS]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout) == (3, "said before\n"), ended.stderr
