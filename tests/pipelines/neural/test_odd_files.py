"""Whatever an ONNX file holds is shown, or refused in a sentence; what was loaded before goes on."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from models import catalogue
from models.errors import ModelError
from models.inspection import onnx_file
from models.inspection.network import Look
from models.inspection.onnx_graph import taps_of
from models.inspection.opening import Opened, Wanted, open_file, open_layers
from models.preparation import prepared
from pipelines.engine.check import checked
from pipelines.frame import Frame
from pipelines.layers.numbers import npz_of, numbers_of
from pipelines.layers.values import FeatureMapsParameters
from pipelines.neural.feature_maps import FeatureMaps
from pipelines.result import Result

pytest.importorskip("onnxruntime")
odd = pytest.importorskip("tests.models.inspection.odd_files", reason="onnx is not installed")
onnx_files = pytest.importorskip("tests.models.own.onnx_files", reason="onnx is not installed")
DARK = np.zeros((60, 80, 3), np.uint8)
TALL = np.random.default_rng(1).integers(0, 256, (80, 60, 3), np.uint8)
LOOKS: tuple[dict[str, object], ...] = (
    {},
    {"order": "activity", "scaling": "layer", "curve": "strength", "view": "kernels"},
    {"scaling": "fixed", "sums": True, "unit": 2, "row": 999, "column": 999, "strip": False},
)
ENOUGH = 6
"""Layers of a network that are looked at one by one."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person's networks lie that only have layers."""
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))
    made = catalogue.own_folder("layers")
    made.mkdir(parents=True)
    return made


def given(folder: Path, name: str) -> str:
    """The odd network of this name, as one of a person's."""
    make = {**odd.SHOWN, **odd.REFUSED}[name]
    (folder / "odd.onnx").write_bytes(make().SerializeToString())
    return "odd"


def opened(folder: Path, name: str) -> Opened:
    return open_layers(Wanted(given(folder, name)), 1)


def shown(maps: FeatureMaps, image: np.ndarray, **values: object) -> Result:
    parameters = FeatureMapsParameters().changed(**values)
    return checked(maps.process(Frame.of(image, 0, 0.0), parameters))


def notice(maps: FeatureMaps) -> str:
    status = maps.status()
    return status.notice.en if status and status.notice else ""


@pytest.mark.parametrize("name", odd.SHOWN)
def test_it_is_shown_however_one_looks_at_it(maps: FeatureMaps, folder: Path, name: str) -> None:
    network = given(folder, name)
    strip = shown(maps, DARK, network=network).strip
    assert strip is not None
    layers = [layer.name for layer in strip.layers[1:]]
    assert layers
    for layer in layers[:ENOUGH]:
        for values in LOOKS:
            assert shown(maps, TALL, network=network, layer=layer, **values).picture.size
    together = shown(maps, DARK, network=network, layer="+".join(layers[:3]), pins=f"{layers[0]}:0")
    assert together.picture.size


@pytest.mark.parametrize("name", odd.REFUSED)
def test_or_refused_in_a_sentence_while_what_was_loaded_goes_on(
    maps: FeatureMaps, folder: Path, name: str
) -> None:
    before = shown(maps, TALL, network="lenet-5")
    after = shown(maps, TALL, network=given(folder, name))
    np.testing.assert_array_equal(after.picture, before.picture)
    said = notice(maps)
    assert "odd" in said
    assert said.count(".") >= 2
    assert "the network that was loaded before goes on" in said
    with pytest.raises(ModelError) as caught:
        opened(folder, name)
    assert not caught.value.text.ja.isascii()


def damaged() -> list[tuple[str, bytes]]:
    whole = odd.small().SerializeToString()
    cut = [(f"cut at {length}", whole[:length]) for length in range(1, len(whole) - 20, 97)]
    flipped = bytearray(whole)
    flipped[len(whole) // 2 :: 7] = bytes(len(flipped[len(whole) // 2 :: 7]))
    return [
        *cut,
        ("flipped", bytes(flipped)),
        ("nothing", b""),
        ("pickle", b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00\x8c\x02os\x94\x8c\x05abort\x94\x93\x94)R."),
        ("foreign", onnx_files.written(onnx_files.foreign())),
        ("elsewhere", onnx_files.written(onnx_files.weighted("../../secret"))),
        ("elsewhere, within", onnx_files.written(onnx_files.weighted_in_a_constant("../secret"))),
    ]


def test_a_file_that_is_none_is_refused_before_anything_runs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every one of them, wherever it was cut."""
    ran: list[str] = []
    monkeypatch.setattr(onnx_file, "session_on", lambda *_given, **_more: ran.append("ran"))
    for name, data in damaged():
        (folder / "odd.onnx").write_bytes(data)
        with pytest.raises(ModelError) as caught:
            open_layers(Wanted("odd"), 1)
        assert caught.value.text.en.startswith("odd.onnx cannot be used: "), name
        assert not caught.value.text.ja.isascii()
    assert not ran


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_weights_that_lie_elsewhere_are_never_read(folder: Path) -> None:
    """Whoever opens a pipe into which nobody writes waits for ever."""
    os.mkfifo(folder.parent / "secret")
    for make in (onnx_files.weighted, onnx_files.weighted_in_a_constant):
        (folder / "odd.onnx").write_bytes(onnx_files.written(make("../secret")))
        with pytest.raises(ModelError, match=r"its weights lie in other files \(\.\./secret\)"):
            open_layers(Wanted("odd"), 1)


def test_a_file_that_goes_while_it_is_opened_is_missed_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.onnx cannot be read"):
        open_file(tmp_path / "gone.onnx", "Gone")


def values_of(found: Opened, image: np.ndarray, layer: str) -> np.ndarray:
    answer = found.network.run(prepared(image, found.preparation).values, {layer: Look(values=True)})
    values = answer.answers[layer].values
    assert values is not None
    return values


@pytest.mark.parametrize(
    "name", ["float16", "float16 inside", "double", "uint8", "channels last", "old", "functions"]
)
def test_a_picture_enters_as_the_network_wants_it(folder: Path, name: str) -> None:
    """Its first numbers against NumPy, from the levels of the picture."""
    found = opened(folder, name)
    entered = prepared(TALL, found.preparation)
    numbers = entered.values.astype(np.float64)
    if name == "channels last":
        assert numbers.shape == (1, 64, 48, 3)
        numbers = numbers.transpose(0, 3, 1, 2)
    levels = entered.picture[..., ::-1].transpose(2, 0, 1).astype(np.float64)
    if name == "uint8":
        np.testing.assert_array_equal(numbers[0], levels)
    else:
        mean = np.array([0.485, 0.456, 0.406])[:, None, None]
        deviation = np.array([0.229, 0.224, 0.225])[:, None, None]
        np.testing.assert_allclose(numbers[0], (levels / 255 - mean) / deviation, atol=1e-5)
    first = found.network.layers[0].name
    said = values_of(found, TALL, first)
    if name == "double":
        np.testing.assert_allclose(said, (-2 * numbers[0]).clip(0), rtol=1e-5)
    else:
        kernels = odd.kernels(4).astype(np.float64)
        window = numbers[0, :, 5:8, 9:12]
        np.testing.assert_allclose(said[:, 5, 9], (kernels * window).sum((1, 2, 3)), rtol=0.02, atol=0.02)
    found.close()


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("without a shape", (3, 256, 320)),
        ("multiples of 64", (3, 256, 320)),
        ("multiples of 128", (3, 256, 384)),
        ("secretly 224", (3, 224, 224)),
        ("odd sides", (3, 37, 53)),
        ("one side", (3, 32, 42)),
    ],
)
def test_the_size_that_a_network_wants_is_found(folder: Path, name: str, shape: tuple[int, ...]) -> None:
    found = opened(folder, name)
    wide = np.zeros((480, 640, 3), np.uint8)
    assert prepared(wide, found.preparation).values.shape == (1, *shape)
    found.close()


def test_a_detector_of_ones_own_gets_pictures_as_it_is_used_to(shared: Path, tmp_path: Path) -> None:
    """YuNet wants blue, green and red from 0 to 255, and its file does not say so."""
    file = shared / "data" / "faces" / "reference" / "yunet_n_dynamic.onnx"
    found = open_file(file, "YuNet")
    entered = prepared(TALL, found.preparation)
    np.testing.assert_array_equal(entered.values[0], entered.picture.transpose(2, 0, 1))
    found.close()


def test_what_is_no_number_is_told_and_shown_as_nothing(maps: FeatureMaps, folder: Path) -> None:
    network = given(folder, "strange numbers")
    for layer in ("nan", "mixed", "inf"):
        result = shown(maps, TALL, network=network, layer=layer)
        told = {reading.name: reading.value for reading in result.readings}
        assert told["strange"] > 0
        assert np.isfinite(told["mean"])
        assert result.scores == ()


def test_a_layer_that_says_nothing_now_is_told_and_the_others_go_on(maps: FeatureMaps, folder: Path) -> None:
    network, both = given(folder, "as many as there are"), "found+conv"
    assert [one.layer for one in shown(maps, DARK, network=network, layer=both).units] == ["found", "conv"]
    assert notice(maps) == ""
    bright = np.full_like(DARK, 255)
    assert [one.layer for one in shown(maps, bright, network=network, layer=both).units] == ["conv"]
    assert notice(maps) == "found gives this picture no answer that can be shown."
    alone = shown(maps, bright, network=network, layer="found", pins="found:0")
    assert [one.layer for one in alone.units] == ["input"]


def test_a_layer_may_say_maps_now_and_numbers_then(maps: FeatureMaps, folder: Path) -> None:
    network = given(folder, "if")
    bright, dark = (
        shown(maps, np.full_like(DARK, level), network=network, layer="behind") for level in (255, 0)
    )
    assert bright.units[0].shape == (10, 10)
    assert dark.units[0].shape is None


def test_units_are_found_in_a_picture_of_another_shape(maps: FeatureMaps, folder: Path) -> None:
    """The layers' shapes were told for a wide picture; this one is tall."""
    network = given(folder, "int64")
    result = shown(maps, TALL, network=network, layer="a", sums=True, unit=1, row=317, column=253)
    assert result.units[0].shape == (318, 254)
    assert result.strip is not None
    assert [layer.shape for layer in result.strip.layers[:2]] == [(3, 320, 256), (4, 318, 254)]
    assert result.sum is not None
    assert result.sum.unit == (1, 317, 253)
    values = numbers_of(TALL, FeatureMapsParameters().changed(network=network))
    assert result.sum.result == pytest.approx(float(values["a"][1, 317, 253]), rel=1e-4)


def test_no_layer_has_a_name_that_means_a_place() -> None:
    named = [tap.name for tap in taps_of(odd.named_like_places())]
    assert named == ["first-2", "last-2", "input-2", "none"]


def test_names_in_a_file_can_stand_in_a_scene(folder: Path) -> None:
    found = opened(folder, "names")
    for layer in found.network.layers:
        FeatureMapsParameters().changed(network="odd", layer=layer.name)
    found.close()


def test_all_that_it_says_is_kept_under_any_name(folder: Path, tmp_path: Path) -> None:
    made = odd.small()
    made.graph.node[0].name = "file"
    made.graph.node[1].name = "allow_pickle"
    (folder / "odd.onnx").write_bytes(made.SerializeToString())
    kept = tmp_path / "kept.npz"
    kept.write_bytes(npz_of(TALL, FeatureMapsParameters().changed(network="odd")))
    with np.load(kept) as numbers:
        assert set(numbers) == {"input", "file", "allow_pickle", "output.out"}
        np.testing.assert_array_equal(numbers["allow_pickle"], numbers["file"].clip(0))
