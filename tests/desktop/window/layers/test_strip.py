"""The strip of layers: of a deep network it is long, and one walks through it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import Theme
from desktop.window.layers.bar import LayersBar
from models.text import Text
from pipelines.result import LayerGlance, LayerStrip

pytestmark = [
    pytest.mark.usefixtures("look"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
LAYERS = 160
KIND = Text("convolution", "畳み込み")


def strip(*chosen: int, shape: tuple[int, ...] = (8, 4, 4)) -> LayerStrip:
    """The left half of each small picture is white."""
    small = np.zeros((4, 4, 3), np.uint8)
    small[:, :2] = 255
    layers = tuple(LayerGlance(f"block.{n}", KIND, shape, 9, small) for n in range(LAYERS))
    return LayerStrip(layers, tuple(f"block.{n}" for n in chosen))


@pytest.fixture
def bar(qtbot: QtBot) -> LayersBar:
    made = LayersBar()
    qtbot.addWidget(made)
    made.resize(900, made.sizeHint().height())
    made.strip.show_strip(strip(0))
    made.show()
    return made


def test_in_a_low_window_it_leaves_the_height_to_the_pictures(look: QApplication, qtbot: QtBot) -> None:
    window, bar = QMainWindow(), LayersBar()
    qtbot.addWidget(window)
    window.setCentralWidget(bar)
    bar.strip.show_strip(strip(0))
    bar.show()
    window.resize(900, 800)
    window.show()
    high = bar.sizeHint().height()
    window.resize(900, 500)
    qtbot.waitUntil(lambda: bar.sizeHint().height() < 0.7 * high, timeout=5000)
    window.resize(900, 800)
    qtbot.waitUntil(lambda: bar.sizeHint().height() == high, timeout=5000)
    theme.apply(look, Theme(scale=2.0))
    qtbot.waitUntil(lambda: bar.sizeHint().height() < 1.4 * high, timeout=5000)


def test_it_is_dragged_with_the_mouse_and_a_drag_chooses_nothing(bar: LayersBar) -> None:
    told: list[str] = []
    bar.strip.chosen.connect(told.append)
    start = QPoint(500, 20)
    QTest.mousePress(bar.strip, Qt.MouseButton.LeftButton, pos=start)
    for way in (40, 120, 200):
        seen = bar.strip.mapFromGlobal(bar.viewport().mapToGlobal(start - QPoint(way, 0)))
        QTest.mouseMove(bar.strip, seen)
    seen = bar.strip.mapFromGlobal(bar.viewport().mapToGlobal(start - QPoint(200, 0)))
    QTest.mouseRelease(bar.strip, Qt.MouseButton.LeftButton, pos=seen)
    assert bar.horizontalScrollBar().value() == 200
    assert not told
    QTest.mouseClick(bar.strip, Qt.MouseButton.LeftButton, pos=bar.strip.place_of(5).center())
    assert told == ["block.5"]


def test_the_wheel_moves_it(bar: LayersBar) -> None:
    at = QPointF(100, 20)
    down = QWheelEvent(
        at,
        bar.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bar.viewport(), down)
    assert bar.horizontalScrollBar().value() == 120


@pytest.mark.parametrize(
    ("key", "to"),
    [(Qt.Key.Key_Right, 81), (Qt.Key.Key_PageUp, 72), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, LAYERS - 1)],
)
def test_keys_walk_through_it_and_what_is_chosen_stays_in_view(bar: LayersBar, key: Qt.Key, to: int) -> None:
    bar.strip.chosen.connect(lambda name: bar.strip.show_strip(strip(int(name.split(".")[1]))))
    bar.strip.show_strip(strip(80))
    QTest.keyClick(bar.strip, key)
    left = bar.strip.place_of(to).left() - bar.horizontalScrollBar().value()
    assert 0 <= left <= bar.viewport().width() - bar.strip.place_of(to).width()


def test_a_layer_is_put_beside_the_others_without_a_keyboard(bar: LayersBar) -> None:
    told: list[str] = []
    bar.strip.added.connect(told.append)
    at = bar.strip.place_of(3).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, bar.strip.mapToGlobal(at))
    QApplication.sendEvent(bar.strip, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Show it beside the others"]
    menu.actions()[0].trigger()
    menu.close()
    assert told == ["block.3"]


@pytest.mark.parametrize(("shape", "turned"), [((8, 4, 4), True), ((197, 64), True), ((1000,), False)])
def test_its_pictures_are_mirrored_as_the_large_ones_are(
    bar: LayersBar, shape: tuple[int, ...], turned: bool
) -> None:
    """A vector has no left and right."""
    bar.strip.set_mirror(True)
    bar.strip.show_strip(strip(0, shape=shape))
    card = bar.strip.place_of(1)
    image = bar.strip.grab(card).toImage()
    ratio = bar.strip.devicePixelRatioF()
    left = image.pixelColor(QPoint(round(card.width() * 0.35), 30) * ratio).red()
    assert (left > 128) != turned


def test_at_twice_the_size_of_text_it_still_shows_names(look: QApplication, bar: LayersBar) -> None:
    theme.apply(look, Theme(scale=2.0))
    bar.resize(620, bar.sizeHint().height())
    assert bar.strip.height() <= bar.height()
    assert bar.strip.place_of(LAYERS - 1).right() < bar.strip.width()
    assert bar.viewport().width() > 2 * bar.strip.place_of(0).width()
