"""The pipeline that looks into a network."""

from __future__ import annotations

import numpy as np
import pytest

from models.catalogue import MissingNetworkError
from models.inspection import opening
from pipelines.frame import Frame
from pipelines.layers.values import FeatureMapsParameters
from pipelines.neural.feature_maps import FeatureMaps
from pipelines.result import Box, Result

pytest.importorskip("onnxruntime")
COLOUR = (90, 120, 200)


@pytest.fixture
def frame() -> Frame:
    return Frame.of(np.full((128, 160, 3), COLOUR, np.uint8), 0, 0.0)


def shown(maps: FeatureMaps, frame: Frame, **values: object) -> Result:
    """Of the face detector's layers, where nothing else is said."""
    return maps.process(frame, FeatureMapsParameters(network="face-detector").changed(**values))


def test_at_first_start_it_shows_the_first_layer_of_our_object_network(
    maps: FeatureMaps, frame: Frame
) -> None:
    result = maps.process(frame, FeatureMapsParameters())
    assert result.strip is not None
    entrance, first = result.strip.layers[:2]
    assert entrance.shape == (3, 128, 128)
    assert result.strip.chosen == (first.name,) == ("conv1",)
    assert len(result.units[0].grid.units) == first.shape[0] == 32
    assert len(result.scores) == 5


def test_every_layer_of_the_strip_can_be_chosen(maps: FeatureMaps, frame: Frame) -> None:
    strip = shown(maps, frame).strip
    assert strip is not None
    for layer in strip.layers[1:]:
        result = shown(maps, frame, layer=layer.name, strip=False)
        assert result.units[0].layer == layer.name
        assert result.strip is None


def test_what_the_network_sees_is_shown_as_it_enters(maps: FeatureMaps, frame: Frame) -> None:
    result = shown(maps, frame, layer="input")
    left, top = result.units[0].origin
    seen = result.picture[top : top + 256, left : left + 320]
    assert seen.shape == (256, 320, 3)
    assert (seen == COLOUR).all()


def test_the_most_active_come_first(maps: FeatureMaps, frame: Frame) -> None:
    (units,) = shown(maps, frame, order="activity").units
    strengths = np.abs(units.strengths)[list(units.grid.units)]
    assert (np.diff(strengths) <= 0).all()


def said(maps: FeatureMaps) -> str:
    status = maps.status()
    assert status is not None
    return "" if status.notice is None else status.notice.en


def test_where_a_layer_is_not_there_the_first_is_shown_and_it_is_said(
    maps: FeatureMaps, frame: Frame
) -> None:
    first = shown(maps, frame)
    assert said(maps) == ""
    other = shown(maps, frame, layer="conv99")
    assert (other.picture == first.picture).all()
    assert said(maps) == "This network has no layer conv99; choose one in the strip of layers."
    strip = first.strip
    assert strip is not None
    second = strip.layers[2].name
    assert [units.layer for units in shown(maps, frame, layer=f"conv99+{second}").units] == [second]


def test_a_network_that_is_not_here_leaves_the_one_that_is_open(maps: FeatureMaps, frame: Frame) -> None:
    first = shown(maps, frame)
    other = shown(maps, frame, network="yunet")
    assert (other.picture == first.picture).all()
    assert said(maps).startswith("YuNet is not on this machine yet")
    status = maps.status()
    assert status is not None
    assert isinstance(status.refused, MissingNetworkError)
    shown(maps, frame)
    assert said(maps) == ""


def test_where_the_other_library_is_not_here_the_first_goes_on(
    maps: FeatureMaps, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "is_installed", lambda name: name not in ("torch", "safetensors"))
    first = shown(maps, frame)
    compared = shown(maps, frame, parity=True)
    assert (compared.picture == first.picture).all()
    assert "needs torch, which is not installed" in said(maps)


def test_a_layer_without_kernels_shows_its_maps_and_says_so(maps: FeatureMaps, frame: Frame) -> None:
    strip = shown(maps, frame).strip
    assert strip is not None
    rectified = next(layer.name for layer in strip.layers if layer.kind.en == "activation")
    result = shown(maps, frame, layer=rectified, view="kernels")
    status = maps.status()
    assert status is not None
    assert status.notice is not None
    assert rectified in status.notice.en
    np.testing.assert_array_equal(result.picture, shown(maps, frame, layer=rectified).picture)


def test_several_layers_stand_side_by_side(maps: FeatureMaps, frame: Frame) -> None:
    """Each unit is found where it is seen, whichever layer it is of."""
    names = ("stem.0.0", "fine.1.mix", "input")
    result = shown(maps, frame, layer="+".join(names))
    assert tuple(units.layer for units in result.units) == names
    assert result.strip is not None
    assert result.strip.chosen == names
    alone = shown(maps, frame, layer="fine.1.mix")
    (single,), several = alone.units, result.units[1]
    for place in range(len(single.grid.units)):
        (x, y), (u, v) = single.corner(place), several.corner(place)
        assert several.at(u + 0.5, v + 0.5) == single.at(x + 0.5, y + 0.5)
        np.testing.assert_array_equal(result.picture[v, u], alone.picture[y, x])


def test_a_map_is_found_by_its_number(maps: FeatureMaps, frame: Frame) -> None:
    """Wherever it stands: also where the most active come first."""
    result = shown(maps, frame, unit=21, order="activity")
    (units,) = result.units
    (ring,) = (mark for mark in result.marks if isinstance(mark, Box))
    x, y, width, height = ring.box
    assert units.at(x + width / 2, y + height / 2) == (21, 32, 40)
    assert not shown(maps, frame).marks, "nobody has chosen"
    shown(maps, frame, unit=99)
    assert "has no map 99: its maps are 0 to 31" in said(maps)


def test_what_a_layer_has_learnt_is_told_by_name(maps: FeatureMaps, frame: Frame) -> None:
    result = shown(maps, frame, layer="fine.1.mix")
    readings = {reading.title.en.replace("\xa0", " "): reading.value for reading in result.readings}
    assert readings["Weights fine.1.mix.weight, 64 × 64 × 1 × 1"] == 64 * 64
    strip = result.strip
    assert strip is not None
    assert readings["Learnt numbers, whole network"] == sum(layer.parameters for layer in strip.layers)


def test_a_network_without_scores_has_no_trace_of_them_and_says_so(maps: FeatureMaps, frame: Frame) -> None:
    assert shown(maps, frame, curve="scores").plot is None
    assert said(maps).startswith("This network says no single thing")
    assert shown(maps, frame).plot is not None
    assert said(maps) == ""
