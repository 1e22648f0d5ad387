"""The cases `detector/…`: they measure networks, and say in a sentence what they cannot measure."""

from __future__ import annotations

import pytest

from desktop.bench.case import Effort
from desktop.bench.cases import every_case, rows_of
from desktop.bench.interleave import median_figures
from models import catalogue
from models.runtimes import steady
from models.runtimes.device import DEVICES
from tests.models.detectors import made

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

TINY = Effort(turns=0, segments=1, segment=0.4, backlog=0.3, starts=1)


@pytest.fixture
def reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network in the form of YuNet-n, as if it had been fetched."""
    catalogue.folder().mkdir(parents=True)
    path = made.write(catalogue.folder() / "yunet.onnx", made.yunet())
    real = catalogue.weights
    monkeypatch.setattr(
        "desktop.bench.detectors.weights", lambda name: path if name == "yunet-n" else real(name)
    )


def test_there_is_a_case_for_each_size_rival_and_device() -> None:
    names = {"detector/cnn-320", "detector/cnn-640", "detector/haar-640", "detector/ultra-320"}
    names |= {f"detector/cnn-640-{device}" for device in DEVICES if device != "cpu"}
    assert names <= set(every_case())


@pytest.mark.parametrize("side", [320, 640])
def test_ours_is_measured_against_the_reference(reference: None, side: int) -> None:
    (row,) = rows_of(every_case()[f"detector/cnn-{side}"], TINY)
    assert row.skipped is None
    assert row.value
    assert row.reference
    assert str(row.goal) == "ratio <= 0.75"


def test_the_cascade_stands_beside_it(reference: None) -> None:
    (row,) = rows_of(every_case()["detector/haar-640"], TINY)
    assert row.value
    assert row.reference
    assert row.goal is None


@pytest.mark.parametrize("name", ["detector/cnn-320", "detector/haar-640", "detector/ultra-320"])
def test_without_the_reference_it_says_how_to_get_it(name: str) -> None:
    (row,) = rows_of(every_case()[name], TINY)
    assert row.case == name
    assert row.skipped
    assert "fusiform models fetch" in row.skipped


def test_a_device_that_is_not_here_is_skipped_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "candidates", lambda _path: [])
    (row,) = rows_of(every_case()["detector/cnn-640-cuda"], TINY)
    assert row.skipped
    assert row.skipped.startswith("CUDA cannot be used")


def test_what_both_say_that_they_took_is_compared() -> None:
    said = median_figures(lambda s: s, lambda s: 3 * s, [1.0, 2.0, 9.0], 0, lambda: 0.0)
    assert said == (2.0, 6.0)
