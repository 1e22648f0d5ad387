"""`fusiform devices` with made-up devices; the real ones are tried in test_main.py."""

from __future__ import annotations

import json

import pytest

from desktop.commands import devices
from models.runtimes.compute import Compute
from models.text import Text
from pipelines.sources.address import open_source
from pipelines.sources.camera import CameraInfo
from tests.desktop.commands.conftest import Run

CAMERA = CameraInfo("HD Webcam 黒", "camera:HD Webcam 黒")
COMPUTE = [
    Compute("CPU", "torch", "cpu", True),
    Compute("CUDA", "onnxruntime", "CUDAExecutionProvider", False, Text("There is none.", "ありません。")),
]


@pytest.fixture(autouse=True)
def _made_up_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_cameras", lambda: [CAMERA])
    monkeypatch.setattr(devices, "compute_devices", lambda: COMPUTE)


def test_json_is_the_contract(run: Run) -> None:
    ended = run("devices", "--json", "--lang", "ja")
    assert (ended.status, ended.err) == (0, "")
    assert json.dumps(json.loads(ended.out), ensure_ascii=False) == (
        '{"cameras": [{"name": "HD Webcam 黒", "address": "camera:HD Webcam 黒"}], "compute": ['
        '{"name": "CPU", "runtime": "torch", "provider": "cpu", "usable": true, "reason": null}, '
        '{"name": "CUDA", "runtime": "onnxruntime", "provider": "CUDAExecutionProvider", '
        '"usable": false, "reason": "ありません。"}]}'
    )


def test_a_camera_is_ready_to_paste(run: Run) -> None:
    ended = run("devices")
    assert "--source 'camera:HD Webcam 黒'" in ended.out
    assert "not usable: There is none." in ended.out


def test_what_needs_no_camera_is_named_in_either_case(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for cameras in ([CAMERA], []):
        monkeypatch.setattr(devices, "list_cameras", lambda found=cameras: found)
        words = run("devices").out
        for address in ("demo:", "stimulus:bar", "stimulus:grating", "stimulus:kanizsa", "canvas:"):
            assert f"--source {address}\n" in words
            open_source(address).close()
