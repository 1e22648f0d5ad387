"""Our loading and calling gives what torchvision's own call gives, with the same file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
import skimage.data
from numpy.typing import NDArray

from models.detectors.coco import THINGS
from models.detectors.objects import BUILDERS, NAMES, Name, ObjectFinder, Things
from models.errors import ModelError
from models.runtimes import spared, vision
from models.runtimes.device import DEVICES
from tests.models.runtimes.made_up import DEADLINE

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
COFFEE: NDArray[np.uint8] = np.ascontiguousarray(skimage.data.coffee()[:, :, ::-1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("objects")


@pytest.fixture(scope="module")
def ssdlite(folder: Path) -> Iterator[Path]:
    from tests.models.detectors.objects_made_up import at_home

    with pytest.MonkeyPatch.context() as patch:
        yield at_home("ssdlite", folder, patch)


@pytest.fixture(scope="module")
def finder(ssdlite: Path) -> Iterator[ObjectFinder]:
    made = ObjectFinder("ssdlite", ssdlite, "cpu", 1)
    yield made
    made.close()


def wanted(network: Any, image: NDArray[np.uint8], threshold: float) -> dict[str, NDArray[Any]]:
    """What torchvision gives, of classes that stand for something, from `threshold` on."""
    rgb = torch.from_numpy(image[:, :, ::-1].copy()).permute(2, 0, 1) / 255
    with torch.inference_mode():
        found = {name: values.numpy() for name, values in network([rgb])[0].items()}
    categories = _categories()
    named = np.array([categories[place] in THINGS for place in found["labels"]], bool)
    sides = found["boxes"][:, 2:] - found["boxes"][:, :2]
    kept = (found["scores"] > threshold) & named & (sides >= 1).all(1)
    return {name: values[kept] for name, values in found.items()}


def _categories() -> list[str]:
    from torchvision import models

    names: list[str] = models.get_model_weights(BUILDERS["ssdlite"]).DEFAULT.meta["categories"]
    return names


def assert_same(found: Things, theirs: dict[str, NDArray[Any]]) -> None:
    corners = theirs["boxes"]
    assert len(found.labels) == len(corners) > 4
    np.testing.assert_allclose(found.scores, theirs["scores"], atol=1e-5)
    order = np.lexsort((*corners.T, -theirs["scores"].round(4)))
    ours = np.concatenate([found.boxes[:, :2], found.boxes[:, :2] + found.boxes[:, 2:]], 1)
    mine = np.lexsort((*ours.T, -found.scores.round(4)))
    np.testing.assert_allclose(ours[mine], corners[order], atol=0.01)
    names = _categories()
    assert sorted(found.labels) == sorted(names[place] for place in theirs["labels"])


def test_the_smallest_gives_what_torchvision_gives(
    finder: ObjectFinder, ssdlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.models.detectors.objects_made_up import as_torchvision_builds_it

    theirs = as_torchvision_builds_it("ssdlite", ssdlite, tmp_path, monkeypatch)

    for threshold in (0.02, 0.9, 0.999):
        assert_same(finder.find(COFFEE, threshold, 640), wanted(theirs, COFFEE, threshold))


def test_the_lectures_detector_gives_what_torchvision_gives_at_this_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.models.detectors.objects_made_up import as_torchvision_builds_it, at_home

    path = at_home("faster-rcnn-resnet50", tmp_path, monkeypatch)
    theirs = as_torchvision_builds_it("faster-rcnn-resnet50", path, tmp_path / "torch", monkeypatch)
    theirs.transform.min_size, theirs.transform.max_size = (160,), 160
    finder = ObjectFinder("faster-rcnn-resnet50", path, "cpu", 1)

    assert_same(finder.find(COFFEE, 0.05, 160), wanted(theirs, COFFEE, 0.05))


@pytest.mark.parametrize("name", NAMES)
def test_every_network_counts_by_the_names_that_we_have_words_for(name: Name) -> None:
    from torchvision import models

    categories = models.get_model_weights(BUILDERS[name]).DEFAULT.meta["categories"]

    assert [each for each in categories if each not in ("__background__", "N/A")] == [*THINGS]


def test_names_are_in_both_languages_and_differ() -> None:
    assert all(text.en == name and not text.ja.isascii() for name, text in THINGS.items())
    assert len({text.ja for text in THINGS.values()}) == len(THINGS) == 80


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (37, 53)])
def test_boxes_lie_inside_of_any_picture(size: tuple[int, int], finder: ObjectFinder) -> None:
    image = np.random.default_rng(1).integers(0, 256, (*size, 3), np.uint8)

    found = finder.find(image, 0.02, 640)

    right, below = found.boxes[:, 0] + found.boxes[:, 2], found.boxes[:, 1] + found.boxes[:, 3]
    assert (found.boxes >= 0).all()
    assert (right <= size[1] + 1e-3).all()
    assert (below <= size[0] + 1e-3).all()
    assert (np.diff(found.scores) <= 0).all()


def test_a_file_of_another_network_is_refused_with_what_to_do(ssdlite: Path) -> None:
    with pytest.raises(ModelError) as caught:
        ObjectFinder("fcos", ssdlite, "cpu", 1)
    for words in caught.value.text:
        assert "fusiform models fetch fcos" in words


def test_no_code_in_a_file_is_run(tmp_path: Path) -> None:
    class Wrong:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (tmp_path / "run",)

    path = tmp_path / "wrong.pth"
    torch.save({"weights": Wrong()}, path)

    with pytest.raises(ModelError, match="holds no weights"):
        ObjectFinder("ssdlite", path, "cpu", 1)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("content", [b"", b"no weights at all", b"PK\x03\x04 cut"])
def test_a_broken_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.pth"
    path.write_bytes(content)

    with pytest.raises(ModelError, match=r"broken\.pth holds no weights"):
        ObjectFinder("ssdlite", path, "cpu", 1)


@pytest.mark.skipif(torch.cuda.is_available() or torch.backends.mps.is_available(), reason="there is a GPU")
@pytest.mark.parametrize(("wish", "called"), [("cuda", "CUDA (torch)"), ("mps", "Apple の GPU（torch）")])
def test_a_device_that_is_not_there_is_said_and_the_cpu_computes(
    ssdlite: Path, wish: Literal["cuda", "mps"], called: str
) -> None:
    finder = ObjectFinder("ssdlite", ssdlite, wish, 1)

    assert finder.device is DEVICES["torch-cpu"]
    assert finder.notice is not None
    assert finder.notice.ja.startswith(f"{called} は使えないため、CPU で計算しています。")
    assert len(finder.find(COFFEE, 0.1, 640).labels) > 5
    assert ObjectFinder("ssdlite", ssdlite, "auto", 1).notice is None


class Gpu:
    """A network on a GPU that does in `run` what a test tells it."""

    device = DEVICES["torch-cuda"]

    def __init__(self, run: Callable[[], object]) -> None:
        self._run = run

    def run(self, *_given: object) -> Any:
        self._run()
        raise torch.OutOfMemoryError("CUDA out of memory.")

    def close(self) -> None: ...


def test_where_a_gpu_fails_in_mid_run_the_cpu_goes_on_and_says_so(
    ssdlite: Path, finder: ObjectFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = ObjectFinder("ssdlite", ssdlite, "cpu", 1)
    failing._network.move(Gpu(lambda: None))  # type: ignore[arg-type]
    monkeypatch.setattr(failing, "_loaded", lambda: pytest.fail("reading it again would take seconds"))

    found = failing.find(COFFEE, 0.1, 640)

    np.testing.assert_array_equal(found.scores, finder.find(COFFEE, 0.1, 640).scores)
    assert failing.device is DEVICES["torch-cpu"]
    assert failing.notice is not None
    assert failing.notice.en.startswith("CUDA (torch) failed while it ran, so the CPU goes on.")
    assert "CPU で続けています" in failing.notice.ja


def test_while_a_gpu_hangs_the_cpu_goes_on_and_says_so(
    ssdlite: Path, finder: ObjectFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spared, "PATIENCE", 0.01)
    gate = threading.Event()
    hanging = ObjectFinder("ssdlite", ssdlite, "cpu", 1)
    hanging._network.move(Gpu(lambda: gate.wait(DEADLINE)))  # type: ignore[arg-type]

    found = hanging.find(COFFEE, 0.1, 640)

    np.testing.assert_array_equal(found.scores, finder.find(COFFEE, 0.1, 640).scores)
    assert hanging.device is DEVICES["torch-cpu"]
    assert hanging.notice is not None
    assert hanging.notice.ja.startswith("CUDA (torch) が応答しません。")
    gate.set()
    hanging.close()


def test_a_torchvision_that_does_not_import_is_a_sentence(
    ssdlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> Any:
        raise RuntimeError("operator torchvision::nms does not exist")

    monkeypatch.setattr(vision, "_failed", [])
    monkeypatch.setattr("importlib.import_module", broken)

    with pytest.raises(ModelError, match="does not go with PyTorch"):
        ObjectFinder("ssdlite", ssdlite, "cpu", 1)
    reason = vision.reason_without_vision()
    assert reason is not None
    assert "合いません" in reason.ja
