"""The cases `viewer/…` and `gpu/viewer-…`: each exists, measures when kept short, or says why it cannot."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop.bench import graphics_card
from desktop.bench.case import Effort
from desktop.bench.cases import every_case, rows_of
from models.catalogue import entries

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")
TINY = Effort(turns=0, segments=1, segment=0.4, backlog=0.3, starts=1)
PROMISED = {
    "viewer/resnet18-torch": "ratio <= 1.3",
    "viewer/resnet18-onnx": "ratio <= 1.3",
    "viewer/resnet18-one-layer": "ratio <= 1.05",
    "viewer/objects-720p": "ratio <= 1.15",
    "viewer/switch-layer": "value <= 1",
    "viewer/open-50-layers": "ratio <= 2",
    "viewer/memory": "value <= 20",
    "gpu/viewer-vgg16": "value >= 200",
    "gpu/viewer-resnet50": "value >= 200",
}


def test_the_promised_cases_exist() -> None:
    assert set(PROMISED) <= set(every_case())


def test_to_list_the_cases_does_not_load_torch() -> None:
    program = (
        "from desktop.bench.cases import every_case; every_case(); import sys; print('torch' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["viewer/switch-layer", "viewer/memory"])
def test_a_walk_through_the_layers_is_measured(name: str) -> None:
    (row,) = rows_of(every_case()[name], TINY)
    assert row.skipped is None
    assert row.value is not None
    assert str(row.goal) == PROMISED[name]


def test_a_change_of_layer_shows_in_the_next_frame() -> None:
    (row,) = rows_of(every_case()["viewer/switch-layer"], TINY)
    assert row.holds


@pytest.mark.parametrize("name", ["gpu/viewer-vgg16", "gpu/viewer-resnet50"])
def test_without_a_graphics_card_it_says_so(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics_card, "has_nvidia_driver", lambda: False)
    (row,) = rows_of(every_case()[name], TINY)
    assert row.skipped
    assert row.skipped.startswith("CUDA (torch) cannot be used")


def test_while_the_object_network_is_not_there_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {name: entry for name, entry in entries().items() if name != "objects"}
    monkeypatch.setattr("models.catalogue.entries", lambda: without)
    (row,) = rows_of(every_case()["viewer/objects-720p"], TINY)
    assert row.skipped
    assert "objects" in row.skipped


def test_the_viewer_in_the_window_is_measured_against_the_bare_loop(
    qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With our detector in the place of the object network."""
    from desktop.bench import viewer_window

    monkeypatch.setattr(viewer_window, "NETWORK", "face-detector")
    monkeypatch.setattr(viewer_window, "WARM_UP", 0.5)
    (row,) = rows_of(every_case()["viewer/objects-720p"], TINY)
    assert row.skipped is None
    assert row.value
    assert row.reference
    assert str(row.goal) == PROMISED["viewer/objects-720p"]


def test_a_network_that_opens_is_told_of_in_its_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the smallest in the place of the large one, which was converted before."""
    pytest.importorskip("torch")
    from desktop.bench import viewer_opening
    from models.inspection.opening import Wanted, open_layers

    open_layers(Wanted("lenet-5", "cpu", trained=False), 1).close()
    monkeypatch.setattr(viewer_opening, "NETWORK", "lenet-5")
    assert 0 < viewer_opening._silence() < viewer_opening.PATIENCE
