"""The distortions in the window: the page of sliders, the chip over the pictures, the keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.window.controls.control import Control
from desktop.window.distort_chip import DistortChip
from desktop.window.distort_page import DistortPage
from desktop.window.lane_header import LaneHeader
from pipelines.distortions import Distortions, distort
from pipelines.frame import Frame
from pipelines.scene import Scene, read_scene, write_scene
from tests.desktop.window.whole import Whole, picture

NEGATIVE = Distortions(invert=True)


def page(whole: Whole) -> DistortPage:
    return whole.window.chrome.distortions.page


def chip(whole: Whole) -> DistortChip:
    return whole.window.chrome.distortions.chip


def control(whole: Whole, name: str) -> Control:
    return next(made for made in page(whole).findChildren(Control) if made.spec.name == name)


def button(within: QWidget, name: str) -> QToolButton:
    return next(made for made in within.findChildren(QToolButton) if made.accessibleName() == name)


def shows(whole: Whole, wanted: Distortions, plain: Frame) -> None:
    """Wait until every view shows this."""
    expected = distort(plain, wanted).image
    whole.until(
        lambda: all(view.done and np.array_equal(view.done.frame.image, expected) for view in whole.views)
    )


def test_a_slider_changes_a_frozen_picture_in_all_lanes_at_once(whole: Whole) -> None:
    whole.film("original", "dog", "canny", "haar-faces")
    whole.press("F")
    whole.press("D")
    whole.focus(control(whole, "rotation").field())
    whole.press("End")
    shows(whole, Distortions(rotation=180.0), picture(0))
    whole.press("Backspace")
    shows(whole, Distortions(), picture(0))


def test_one_key_takes_everything_back_also_while_a_slider_has_the_focus(whole: Whole) -> None:
    whole.film("original")
    whole.press("D")
    for name in ("rotation", "noise"):
        whole.focus(control(whole, name).field())
        whole.press("End")
    assert whole.session.distortions == Distortions(rotation=180.0, noise=100.0)
    whole.press("Shift+D")
    assert whole.session.distortions == Distortions()
    assert control(whole, "rotation").value() == 0


def test_the_page_stands_in_the_place_of_the_column(whole: Whole) -> None:
    whole.film("original")
    wall = QRect(whole.window.wall.geometry())
    whole.press("D")
    assert (page(whole).isVisible(), whole.window.chrome.column.isVisible()) == (True, False)
    whole.until(lambda: whole.window.wall.geometry() == wall)
    whole.press("C")
    assert (page(whole).isVisible(), whole.window.chrome.column.isVisible()) == (False, True)
    whole.press("D")
    whole.click(button(page(whole), "Close the distortions"))
    assert (page(whole).isVisible(), whole.window.chrome.column.isVisible()) == (False, True)


@pytest.mark.parametrize("presenting", [False, True])
def test_the_chip_says_what_is_distorted_and_takes_it_back(whole: Whole, presenting: bool) -> None:
    whole.film("original")
    assert not chip(whole).isVisible()
    whole.session.distort(Distortions(rotation=30.0, jpeg=40))
    if presenting:
        whole.press("P")
    assert chip(whole).isVisible()
    assert chip(whole).words() == "Rotation 30° · JPEG 40"
    whole.click(button(chip(whole), "Reset the distortions"))
    assert whole.session.distortions == Distortions()
    assert not chip(whole).isVisible()


def test_a_press_on_the_chip_opens_the_page_which_then_says_it(whole: Whole) -> None:
    whole.film("original")
    whole.session.distort(NEGATIVE)
    whole.press("P")
    whole.click(button(chip(whole), "Distorted: Negative"))
    assert page(whole).isVisible()
    assert not chip(whole).isVisible()
    whole.press("D")
    assert chip(whole).isVisible()


def test_presentation_begins_with_pictures_only(whole: Whole) -> None:
    whole.film("original")
    whole.press("D")
    whole.press("P")
    assert not page(whole).isVisible()


def test_a_bar_without_height_is_no_distortion(whole: Whole) -> None:
    whole.film("original")
    whole.session.distort(Distortions(bar_position=0.2))
    assert not chip(whole).isVisible()
    whole.session.distort(Distortions(bar=0.3, bar_position=0.2))
    assert chip(whole).words() == "Bar 0.30 · Bar's place 0.20"


def lies_well(whole: Whole) -> bool:
    """In the upper right corner of the pictures, neither on a lane's name nor on a notice."""
    window = whole.window
    wall, made = whole.area(window.wall), whole.area(chip(whole))
    corner = max(whole.views, key=lambda view: (view.x(), -view.y()))
    others = [whole.area(corner.findChildren(LaneHeader)[0])]
    if window.chrome.notices.isVisible():
        others.append(whole.area(window.chrome.notices))
    in_the_corner = wall.contains(made) and abs(wall.right() - made.right()) < 20
    return in_the_corner and not any(made.intersects(other) for other in others)


@pytest.mark.parametrize("lanes", [1, 2, 4])
def test_the_chip_keeps_off_names_and_notices_at_every_size(whole: Whole, lanes: int) -> None:
    whole.film(*("dog", "dog", "canny", "original")[:lanes])
    whole.session.distort(Distortions(rotation=30.0, blur=2.0, noise=5.0, bar=0.2))
    for width, percent in ((1280, 100), (1280, 150), (1920, 200), (800, 100)):
        whole.window.resize(width, 800)
        whole.preferences.set_text_size(percent)
        whole.until(lambda: lies_well(whole))
    whole.preferences.speak("ja")
    whole.until(lambda: lies_well(whole))
    whole.window.complain("one", lambda: "A sentence over the pictures.")
    whole.until(lambda: lies_well(whole))


def test_a_scene_brings_its_distortions_and_another_one_takes_them_away(whole: Whole, tmp_path: Path) -> None:
    whole.film("original")
    whole.session.distort(NEGATIVE)
    path = tmp_path / "scene.toml"
    write_scene(path, whole.session.scene().without_source())
    assert read_scene(path).distortions == NEGATIVE
    whole.session.play(Scene())
    assert not chip(whole).isVisible()
    whole.window.chrome.lessons.play(path)
    assert whole.session.distortions == NEGATIVE
    assert chip(whole).isVisible()
    shows(whole, NEGATIVE, picture(0))


def test_a_picture_that_cannot_be_distorted_is_told_until_it_can(whole: Whole) -> None:
    source = whole.live("original")
    whole.session.distort(Distortions(rotation=10.0))
    source.give(picture(0, width=40_000, height=2))
    whole.until(lambda: any("shown as it is" in words for words in whole.notices()))
    source.give(picture(1))
    whole.until(lambda: not whole.notices())
