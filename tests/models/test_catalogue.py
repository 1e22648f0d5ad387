"""The catalogue names what it promises, and what is shipped is what it says."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from models import catalogue
from models.catalogue import MissingNetworkError, entries, weights
from models.detectors.objects import BUILDERS, NAMES, Name
from models.errors import ModelError
from models.inspection.torchvision_modules import BUILDERS as BUILDERS_OF_NAMES
from models.inspection.torchvision_modules import WEIGHTS

PUBLISHED = ("yunet", "yunet-n", "ultra-light", "ultra-light-slim")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))
    return tmp_path


def test_the_names_are_stable() -> None:
    assert tuple(catalogue.titles()) == ("face-detector", *PUBLISHED)
    assert tuple(catalogue.object_titles()) == NAMES
    assert tuple(catalogue.shipped()) == ("face-detector", "objects", "lenet-5")
    assert {*entries()} == {*catalogue.shipped(), *PUBLISHED, *NAMES, *BUILDERS_OF_NAMES}


@pytest.mark.parametrize("name", BUILDERS_OF_NAMES)
def test_torchvisions_classifiers_are_as_torchvision_tells_of_them(name: str) -> None:
    models = pytest.importorskip("torchvision").models
    entry = entries()[name]
    weights = models.get_model_weights(BUILDERS_OF_NAMES[name])[WEIGHTS]
    assert entry.address == weights.url
    assert entry.file == weights.url.rpartition("/")[2]
    assert entry.file.endswith(f"-{entry.sha256}.pth")
    assert abs(entry.size - weights.meta["_file_size"] * 2**20) < 1
    assert entry.finds == "names"
    for words in entry.about:
        assert f"{weights.meta['_metrics']['ImageNet-1K']['acc@1']:.1f} %" in words


@pytest.mark.parametrize("name", NAMES)
def test_torchvisions_networks_are_as_torchvision_tells_of_them(name: Name) -> None:
    models = pytest.importorskip("torchvision").models
    entry, weights = entries()[name], models.get_model_weights(BUILDERS[name]).DEFAULT
    precision = weights.meta["_metrics"]["COCO-val2017"]["box_map"]

    assert entry.address == weights.url
    assert entry.file == weights.url.rpartition("/")[2]
    assert entry.file.endswith(f"-{entry.sha256}.pth")
    assert abs(entry.size - weights.meta["_file_size"] * 2**20) < 1
    assert entry.inexact == 525, "sizes are rounded to thousandths of 1,048,576 bytes"
    assert entry.finds == "objects"
    for words in entry.about:
        assert f"{precision} %" in words


def test_what_is_known_in_part_is_proved_as_far_as_it_is_known(home: Path) -> None:
    content = bytes(10_000)
    digits = hashlib.sha256(content).hexdigest()[:8]
    entry = replace(entries()["ssdlite"], size=9_600, sha256=digits)
    path = catalogue.place(entry)
    path.parent.mkdir()
    path.write_bytes(content)

    assert catalogue.state(entry) == "installed"
    assert catalogue.state(replace(entry, size=9_000)) == "damaged"
    assert catalogue.state(replace(entry, sha256="12345678")) == "damaged"


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_published_has_a_pinned_and_encrypted_address_and_says_where_it_is_from(name: str) -> None:
    entry = entries()[name]
    parts = urlsplit(entry.address)
    assert parts.scheme == "https"
    assert parts.hostname == "raw.githubusercontent.com"
    assert re.search(r"/[0-9a-f]{40}/", parts.path), "a branch can be moved, a commit cannot"
    assert parts.path.endswith(f"/{entry.file}")
    assert urlsplit(entry.source).path.strip("/") in parts.path
    assert re.fullmatch(r"[0-9a-f]{64}", entry.sha256)
    assert 100_000 < entry.size < 2_000_000
    assert entry.licence in ("MIT", "Apache-2.0")
    for text in (entry.title, entry.about):
        assert text.en
        assert text.ja


def test_what_is_published_is_the_reference_file(shared: Path) -> None:
    """The sizes and checksums, computed from files that somebody else has downloaded."""
    for name in PUBLISHED:
        entry = entries()[name]
        assert catalogue.holds(shared / "data" / "faces" / "reference" / entry.file, entry), name


@pytest.mark.parametrize("name", [name for name, entry in entries().items() if not entry.address])
def test_what_is_shipped_is_what_the_catalogue_says(name: str) -> None:
    entry = entries()[name]
    path = catalogue.place(entry)
    size, sha256 = path.stat().st_size, catalogue.checksum(path)
    assert (entry.size, entry.sha256) == (size, sha256), (
        f'{path.name} is another file now: write size = {size} and sha256 = "{sha256}" '
        f"under [{name}] in models/weights/catalogue.toml"
    )
    assert catalogue.state(entry) == "shipped"
    assert weights(name) == path


def test_what_was_not_fetched_is_named_with_the_command_that_fetches_it() -> None:
    with pytest.raises(MissingNetworkError) as caught:
        weights("yunet-n")
    assert caught.value.name == "yunet-n"
    for words in caught.value.text:
        assert "fusiform models fetch yunet-n" in words


def test_a_file_of_another_content_is_not_given_to_anybody() -> None:
    entry = entries()["yunet"]
    path = catalogue.place(entry)
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(entry.size))
    assert catalogue.state(entry) == "damaged"
    with pytest.raises(MissingNetworkError, match="fetches it anew"):
        weights("yunet")
    path.write_bytes(b"cut")
    assert catalogue.state(entry) == "damaged"


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(ModelError, match="did you mean 'yunet-n'"):
        weights("yunet-m")
    with pytest.raises(ModelError, match="there are: face-detector, objects, lenet-5, yunet,"):
        weights("zebra")


def test_own_files_come_last_and_only_whole_ones(home: Path) -> None:
    own = home / "models" / "own"
    own.mkdir(parents=True)
    for name in ("b.onnx", "a.onnx", ".c.onnx.now", "notes.txt"):
        (own / name).write_bytes(b"12345")
    assert list(entries())[-2:] == ["a", "b"]
    assert catalogue.state(entries()["a"]) == "own"
    assert weights("b") == own / "b.onnx"
