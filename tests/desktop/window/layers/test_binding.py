"""The viewer in the whole window: what clicks and keys do with layers, maps and units."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop import language
from desktop.window.layers.lens import Lens
from desktop.window.layers.strip import StripOfLayers
from desktop.window.layers.sum_card import SumCard
from models.inspection.network import Look
from models.inspection.opening import Wanted, open_layers
from models.preparation import prepared
from models.text import Language
from pipelines.layers.pins import NAME
from pipelines.layers.values import FeatureMapsParameters
from pipelines.result import Result
from tests.desktop.window.whole import Whole, lane_scene

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")
NETWORK = "lenet-5"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def viewer(whole: Whole) -> Whole:
    """The layers of a small network, and beside them a lane without any."""
    whole.film(lane_scene("feature-maps", network=NETWORK), "original")
    return whole


def result(whole: Whole) -> Result:
    done = whole.views[0].done
    assert done is not None
    return done.result


def shown(whole: Whole) -> list[str]:
    """The layers whose maps are seen."""
    return [units.layer for units in result(whole).units]


def parameters(whole: Whole) -> FeatureMapsParameters:
    found = whole.lane().parameters
    assert isinstance(found, FeatureMapsParameters)
    return found


def strip(whole: Whole) -> StripOfLayers:
    return whole.window.chrome.layers.bar.strip


def names(whole: Whole) -> list[str]:
    found = result(whole).strip
    assert found is not None
    return [layer.name for layer in found.layers]


def choose(whole: Whole, number: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(strip(whole), Qt.MouseButton.LeftButton, keys, strip(whole).place_of(number).center())


def place_of(whole: Whole, layer: int, number: int) -> QPoint:
    """The middle of a map of the layer that is shown there, in the lane."""
    units, framing = result(whole).units[layer], whole.views[0].framing()
    assert framing is not None
    x, y = units.corner(units.grid.units.index(number))
    left, top = framing.place(x + units.grid.cell[0] / 2, y + units.grid.cell[1] / 2)
    return QPoint(round(left), round(top))


def click(whole: Whole, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(whole.views[0], Qt.MouseButton.LeftButton, keys, at)


def until_shown(whole: Whole, *layers: str) -> None:
    whole.until(lambda: shown(whole) == list(layers))


def until_pinned(whole: Whole, pin: str) -> None:
    whole.until(lambda: pin in parameters(whole).pins)


def test_a_click_on_a_layer_shows_it_and_with_control_beside_the_others(viewer: Whole) -> None:
    layers = names(viewer)
    choose(viewer, 2)
    until_shown(viewer, layers[2])
    choose(viewer, 0, CONTROL)
    choose(viewer, 4, CONTROL)
    until_shown(viewer, layers[2], layers[0], layers[4])
    choose(viewer, 2, CONTROL)
    until_shown(viewer, layers[0], layers[4])
    choose(viewer, 0, CONTROL)
    choose(viewer, 4, CONTROL)
    until_shown(viewer, layers[4])
    choose(viewer, 4, CONTROL)
    assert parameters(viewer).layer == layers[4], "the last one does not go"


def test_keys_walk_through_the_layers_and_stop_at_the_ends(viewer: Whole) -> None:
    layers = names(viewer)
    choose(viewer, 0)
    until_shown(viewer, layers[0])
    viewer.press("U")
    assert parameters(viewer).layer == layers[0]
    for layer in layers[1:]:
        viewer.press("I")
        until_shown(viewer, layer)
    viewer.press("I")
    assert parameters(viewer).layer == layers[-1]
    viewer.press("U")
    viewer.press("U")
    assert parameters(viewer).layer == layers[-3], "also where the picture is not there yet"
    until_shown(viewer, layers[-3])


def test_the_strip_is_there_while_the_selected_lane_has_layers(viewer: Whole) -> None:
    bar = viewer.window.chrome.layers.bar
    viewer.until(bar.isVisible)
    before = parameters(viewer).layer
    viewer.window.wall.select(1)
    viewer.until(lambda: not bar.isVisible())
    viewer.press("I")
    assert parameters(viewer).layer == before, "of another lane they change nothing"
    viewer.window.wall.select(0)
    viewer.until(bar.isVisible)
    viewer.session.choose(viewer.lane(), "original")
    viewer.until(lambda: not bar.isVisible())


def test_a_click_on_a_unit_shows_its_arithmetic_and_another_hides_it(viewer: Whole) -> None:
    card = viewer.views[0].findChildren(SumCard)[0]
    assert card.isHidden()
    at = place_of(viewer, 0, 3)
    click(viewer, at)
    viewer.until(card.isVisible)
    told = result(viewer).sum
    assert told is not None
    assert told.unit == (3, parameters(viewer).row, parameters(viewer).column)
    assert shown(viewer)[0] in card.accessibleName()
    click(viewer, place_of(viewer, 0, 1))
    viewer.until(lambda: (found := result(viewer).sum) is not None and found.unit[0] == 1)
    click(viewer, place_of(viewer, 0, 1))
    viewer.until(card.isHidden)
    assert not parameters(viewer).sums


def test_a_shift_click_pins_a_map_and_one_in_the_tray_takes_it_off(viewer: Whole) -> None:
    layers = names(viewer)
    first = shown(viewer)[0]
    for number in (2, 4):
        click(viewer, place_of(viewer, 0, number), SHIFT)
        until_pinned(viewer, f"{first}:{number}")
    viewer.until(lambda: shown(viewer) == [first, NAME] and len(result(viewer).units[1].grid.units) == 2)
    choose(viewer, len(layers) - 1)
    until_shown(viewer, layers[-1], NAME)
    click(viewer, place_of(viewer, 1, 0), SHIFT)
    viewer.until(lambda: parameters(viewer).pins == f"{first}:4")
    click(viewer, place_of(viewer, 1, 0), SHIFT)
    until_shown(viewer, layers[-1])


def test_the_map_under_the_pointer_is_enlarged_where_the_pointer_is_not(viewer: Whole) -> None:
    view = viewer.views[0]
    lens = view.findChildren(Lens)[0]
    grid = result(viewer).units[0].grid
    for number in (grid.units[0], grid.units[grid.columns - 1]):
        at = place_of(viewer, 0, number)
        QTest.mouseMove(view, at)
        assert lens.isVisible()
        assert f"no. {number}" in lens.accessibleName()
        assert view.rect().contains(lens.geometry())
        assert not lens.geometry().contains(at)
        assert max(lens.width(), lens.height()) > max(grid.cell)
    QTest.mouseMove(view, QPoint(1, 1))
    assert lens.isHidden(), "beside the maps there is nothing"
    QTest.mouseMove(view, place_of(viewer, 0, 0))
    QTest.mouseMove(viewer.window, QPoint(3, 3))
    viewer.until(lens.isHidden)


def saved(whole: Whole, folder: Path, kind: str) -> Path:
    """The one file of this kind, once the window has told of it."""
    whole.until(lambda: any("Saved as" in words for words in whole.notices()))
    (path,) = folder.glob(f"*{kind}")
    return path


def test_all_numbers_are_saved_as_the_network_says_them(viewer: Whole, pictures: Path) -> None:
    viewer.press("Ctrl+Shift+S")
    path = saved(viewer, pictures, ".npz")
    done = viewer.views[0].done
    assert done is not None
    opened = open_layers(Wanted(NETWORK, "cpu"), 1)
    entered = prepared(done.frame.image, opened.preparation).values
    looks = {layer.name: Look(values=True) for layer in opened.network.layers}
    answers = opened.network.run(entered, looks).answers
    opened.close()
    with np.load(path) as kept:
        np.testing.assert_array_equal(kept["input"], entered[0])
        assert len(answers) == len(names(viewer)) - 1
        for name, answer in answers.items():
            assert answer.values is not None
            np.testing.assert_allclose(kept[name], answer.values, atol=1e-5)


@pytest.mark.parametrize(("spoken", "title"), [("en", "How its answers are spread"), ("ja", "応答の分布")])
def test_curves_are_saved_as_they_are_drawn(
    viewer: Whole, pictures: Path, spoken: Language, title: str
) -> None:
    language.speak(spoken)
    plot = result(viewer).plot
    assert plot is not None
    viewer.press("Ctrl+Shift+C")
    viewer.until(lambda: list(pictures.glob("*.csv")))
    (path,) = pictures.glob("*.csv")
    heading, *rows = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert heading[0].startswith(title)
    (curve,) = plot.curves
    np.testing.assert_allclose([float(x) for _title, x, _y in rows], curve.x, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose([float(y) for _title, _x, y in rows], curve.y, rtol=1e-4, atol=1e-6)


def test_a_folder_that_cannot_be_written_is_a_sentence(viewer: Whole, pictures: Path) -> None:
    pictures.write_text("no folder")
    for keys in ("Ctrl+Shift+S", "Ctrl+Shift+C"):
        viewer.press(keys)
        viewer.until(lambda: any("could not be saved" in words for words in viewer.notices()))


def test_a_lane_without_layers_says_that_there_are_no_numbers(viewer: Whole) -> None:
    viewer.window.wall.select(1)
    viewer.press("Ctrl+Shift+S")
    viewer.until(lambda: any("shows no layers" in words for words in viewer.notices()))
    viewer.press("Ctrl+Shift+C")
    viewer.until(lambda: any("no curves" in words for words in viewer.notices()))
