"""The pipeline: boxes, the heat map, the networks and devices to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from models import catalogue
from models.catalogue import MissingNetworkError, own_folder
from models.detectors import finder
from models.detectors.finder import FaceFinder
from models.detectors.finding import Finding, Heat
from models.errors import ParameterError
from models.runtimes import steady
from models.runtimes.device import DEVICES
from pipelines import device_choice
from pipelines.frame import Frame
from pipelines.neural import cnn_faces
from pipelines.neural.cnn_faces import CnnFaces, CnnFacesParameters
from pipelines.result import Box, Result
from pipelines.stress.contender import contenders
from tests.models.detectors import made


@pytest.fixture
def pipeline() -> Iterator[CnnFaces]:
    opened = CnnFaces()
    opened.open(1)
    yield opened
    opened.close()


@pytest.fixture
def light() -> str:
    """A network of one's own that finds light, by its name."""
    own_folder().mkdir(parents=True)
    return made.write(own_folder() / "light.onnx", made.ours()).stem


def frame(*lit: tuple[int, int, int]) -> Frame:
    """96 × 96 in the dark, with squares of light: x, y, side."""
    image = np.zeros((96, 96, 3), np.uint8)
    for x, y, side in lit:
        image[y : y + side, x : x + side] = 255
    return Frame.of(image, 0, 0.0)


def boxes(result: Result) -> list[Box]:
    return [mark for mark in result.marks if isinstance(mark, Box)]


def test_a_face_is_a_box_with_a_label_and_a_score(pipeline: CnnFaces, light: str) -> None:
    result = pipeline.process(frame((32, 64, 8)), CnnFacesParameters(network=light, threshold=0.9))
    (box,) = boxes(result)
    assert box.box == pytest.approx((28, 60, 16, 16))
    assert box.label == "face"
    assert box.score == pytest.approx(1.0)
    assert box.title
    assert box.title.ja == "顔"
    assert {reading.name: reading.value for reading in result.readings} == {"found": 1, "cells": 1}
    assert result.legend == ()


def test_the_shipped_network_finds_the_face_of_the_demo(pipeline: CnnFaces) -> None:
    portrait = Frame.of(made.astronaut(), 0, 0.0)
    found = boxes(pipeline.process(portrait, CnnFacesParameters(threshold=0.1)))
    middles = [(box.box[0] + box.box[2] / 2, box.box[1] + box.box[3] / 2) for box in found]
    assert any(190 < x < 255 and 85 < y < 150 for x, y in middles)


def test_the_map_shows_the_scale_that_is_asked_for(pipeline: CnnFaces, light: str) -> None:
    looked = frame((32, 64, 8))
    pictures = {}
    for scale in ("all", "fine", "middle", "coarse"):
        parameters = CnnFacesParameters(network=light, view="heat", scale=scale, cells=True)
        result = pipeline.process(looked, parameters)
        pictures[scale] = result.picture.astype(int).sum(2)
        assert len(result.legend) == 5
        assert boxes(result)
    only_fine, only_middle, only_coarse = (66, 34), (78, 46), (94, 62)  # the last two are dark in the picture
    assert pictures["fine"][only_fine] > pictures["middle"][only_fine]
    assert [pictures[scale][only_middle] > 0 for scale in ("fine", "middle", "coarse")] == [False, True, True]
    assert [pictures[scale][only_coarse] > 0 for scale in ("fine", "middle", "coarse")] == [
        False,
        False,
        True,
    ]
    for place, scale in ((only_fine, "fine"), (only_middle, "middle"), (only_coarse, "coarse")):
        assert pictures["all"][place] == pictures[scale][place]


def test_a_fourth_scale_is_coarse() -> None:
    heat = tuple(Heat(stride, np.zeros((1, 1), np.float32), 1, 1) for stride in (8, 16, 32, 64))
    strides = {
        scale: [one.stride for one in cnn_faces._chosen(heat, scale)]
        for scale in ("all", "fine", "middle", "coarse")
    }
    assert strides == {"all": [8, 16, 32, 64], "fine": [8], "middle": [16], "coarse": [32, 64]}


def test_heat_is_asked_for_only_when_it_is_shown(
    pipeline: CnnFaces, light: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    real = FaceFinder.find

    def find(self: Any, *given: Any, heat: bool) -> Finding:
        asked.append(heat)
        return real(self, *given, heat=heat)

    monkeypatch.setattr(FaceFinder, "find", find)
    for view in ("picture", "heat"):
        pipeline.process(frame(), CnnFacesParameters(network=light, view=view))
    assert asked == [False, True]


# --- networks


def test_a_network_that_was_not_fetched_is_named_with_what_to_do(pipeline: CnnFaces) -> None:
    with pytest.raises(MissingNetworkError, match="fusiform models fetch yunet"):
        pipeline.process(frame(), CnnFacesParameters(network="yunet"))


@pytest.mark.parametrize(
    ("network", "why"),
    [("broken", "broken.onnx is not an ONNX network"), ("yunet", "YuNet is not on this machine yet")],
)
def test_what_was_loaded_goes_on_where_another_cannot_be(
    pipeline: CnnFaces, light: str, network: str, why: str
) -> None:
    working = CnnFacesParameters(network=light, threshold=0.9)
    pipeline.prepare(working)
    (own_folder() / "broken.onnx").write_bytes(b"\x08 no network")
    asked = working.changed(network=network)
    assert len(boxes(pipeline.process(frame((32, 64, 8)), asked))) == 1
    status = pipeline.status()
    assert status
    assert status.refused
    assert status.notice
    assert status.notice.en.startswith(why)
    assert status.notice.en.endswith("Until then the network that was loaded before goes on.")
    assert status.notice.ja.endswith("それまでは、先に読み込んだネットワークで続けます。")
    higher = asked.changed(view="heat")
    assert pipeline.process(frame((32, 64, 8)), higher).legend, "all else can be set meanwhile"
    pipeline.process(frame(), working)
    status = pipeline.status()
    assert status
    assert (status.refused, status.notice) == (None, None)


def test_it_loads_once_for_the_same_network_and_device(
    pipeline: CnnFaces, light: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def weights(name: str) -> Path:
        loaded.append(name)
        return catalogue.weights(name)

    monkeypatch.setattr(cnn_faces, "weights", weights)
    pipeline.prepare(CnnFacesParameters(network=light))
    pipeline.process(frame(), CnnFacesParameters(network=light, threshold=0.1, long_side=320))
    pipeline.process(frame(), CnnFacesParameters(network="face-detector"))
    assert loaded == [light, "face-detector"]


def test_whatever_finds_faces_in_the_catalogue_can_be_chosen() -> None:
    finds_faces = {name for name, entry in catalogue.entries().items() if entry.finds == "faces"}
    assert set(CnnFacesParameters.spec("network").choices) == finds_faces
    assert finds_faces >= {"face-detector", "yunet", "yunet-n", "ultra-light", "ultra-light-slim"}


# --- devices


def test_it_tells_where_it_computes_and_how_long_that_took(pipeline: CnnFaces, light: str) -> None:
    assert pipeline.status() is None
    pipeline.process(frame(), CnnFacesParameters(network=light, device="cpu"))
    status = pipeline.status()
    assert status
    assert status.device
    assert status.device.en == "CPU"
    (time,) = status.readings
    assert (time.name, time.unit) == ("network", "ms")
    assert time.value > 0
    assert status.notice is None


def test_a_device_that_is_not_here_is_said_and_the_cpu_computes(
    pipeline: CnnFaces, light: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "candidates", lambda _path: [])
    parameters = CnnFacesParameters(network=light, device="cuda", threshold=0.9)
    assert len(boxes(pipeline.process(frame((32, 64, 8)), parameters))) == 1
    status = pipeline.status()
    assert status
    assert status.device
    assert status.device.en == "CPU"
    assert status.notice
    assert "CUDA cannot be used, so the CPU computes" in status.notice.en


def test_without_a_runtime_it_says_so_and_the_cascade_is_tested_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert CnnFaces.reason_unavailable() is None
    monkeypatch.setattr(finder, "is_installed", lambda _module: False)
    reason = CnnFaces.reason_unavailable()
    assert reason
    assert "neither is installed" in reason.en
    assert {one.pipeline.name for one in contenders()} == {"haar-faces"}


def test_torch_cannot_run_a_network_that_is_onnx_only(pipeline: CnnFaces, light: str) -> None:
    pytest.importorskip("torch")
    pipeline.process(frame(), CnnFacesParameters(network=light, device="torch-cpu"))
    status = pipeline.status()
    assert status
    assert status.notice
    assert "light.onnx has no weights for torch" in status.notice.en


def test_the_files_are_where_the_catalogue_says() -> None:
    assert Path(catalogue.weights("face-detector")).with_suffix(".safetensors").is_file()


def test_only_devices_that_may_be_here_are_offered_and_any_is_taken_from_a_scene(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(device_choice, "possible", lambda: (DEVICES["cpu"], DEVICES["coreml"]))
    assert CnnFacesParameters.spec("device").choices == ("auto", "cpu", "coreml")
    assert CnnFacesParameters.from_table({"device": "tensorrt"}).device == "tensorrt"
    with pytest.raises(ParameterError, match="one of auto, cpu, coreml, not 'toaster'"):
        CnnFacesParameters.from_table({"device": "toaster"})
