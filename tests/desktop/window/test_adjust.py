"""A stimulus is set while it plays: the page of its parameters, its keys, its address."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from desktop.window.adjust_page import AdjustPage
from desktop.window.controls.control import Control
from pipelines.scene import read_scene, write_scene
from pipelines.stimuli import find
from pipelines.stimulus import Motion
from tests.desktop.window.whole import Whole

STILL = "stimulus:grating?speed=0"


def begin(whole: Whole, address: str, *lanes: str) -> None:
    """Play from this address, also where a busy machine opens it beside the window."""
    former = whole.session.source
    if lanes:
        whole.play(address, *lanes)
    else:
        whole.session.open(address)
    whole.until(lambda: whole.session.source is not former)


def page(whole: Whole) -> AdjustPage:
    return whole.window.chrome.adjustments.page


def control(whole: Whole, name: str) -> Control:
    """The newest of this name: those of a former source go when the window lives on."""
    return [made for made in page(whole).findChildren(Control) if made.spec.name == name][-1]


def shows(whole: Whole, **values: object) -> None:
    """Wait until every view shows the grating, which does not drift, like this."""
    stimulus = find("grating")
    parameters = stimulus.parameters().changed(speed=0.0, **values)
    expected = stimulus.picture(parameters, Motion(), (720, 720))
    whole.until(
        lambda: all(view.done and np.array_equal(view.done.frame.image, expected) for view in whole.views)
    )


def address(whole: Whole) -> str:
    assert whole.session.source
    return whole.session.source.address


def test_the_page_comes_with_a_stimulus_and_goes_with_it(whole: Whole) -> None:
    whole.film("original")
    assert not page(whole).isVisible()
    assert not whole.window.chrome.actions["adjust"].isEnabled()
    focused = whole.window.focusWidget()
    begin(whole, STILL)
    assert (page(whole).isVisible(), whole.window.chrome.column.isVisible()) == (True, False)
    assert whole.window.focusWidget() is focused, "the keys go where they went"
    assert page(whole).accessibleName() == "Grating"
    begin(whole, "stimulus:bar")
    assert page(whole).accessibleName() == "Bar"
    begin(whole, "demo:")
    assert (page(whole).isVisible(), whole.window.chrome.column.isVisible()) == (False, True)


def test_it_is_opened_and_closed_by_a_key_and_by_its_sign(whole: Whole) -> None:
    begin(whole, STILL, "original")
    whole.press("A")
    assert (page(whole).isVisible(), whole.window.chrome.column.isVisible()) == (False, True)
    whole.press("A")
    assert page(whole).isVisible()
    whole.press("D")
    assert not page(whole).isVisible(), "one page at a time"
    whole.press("A")
    close = next(
        made
        for made in page(whole).findChildren(QToolButton)
        if made.accessibleName() == "Close the source's parameters"
    )
    whole.click(close)
    assert whole.window.chrome.column.isVisible()


@pytest.mark.parametrize("before", ["presenting", "distorting", "narrow"])
def test_it_does_not_come_where_it_would_be_in_the_way(whole: Whole, before: str) -> None:
    whole.film("original")
    if before == "presenting":
        whole.press("P")
    elif before == "distorting":
        whole.press("D")
    else:
        whole.window.resize(640, 600)
    begin(whole, STILL)
    assert not page(whole).isVisible()
    whole.window.show_page("source", True)
    assert page(whole).isVisible()


def test_it_is_there_when_the_program_begins_with_a_stimulus(whole: Whole) -> None:
    begin(whole, STILL, "original")
    whole.until(lambda: all(view.done for view in whole.views))
    assert page(whole).isVisible()
    assert whole.window.chrome.bar.source.text().startswith("Grating")


def test_a_slider_changes_what_plays_and_what_is_frozen_in_all_lanes(whole: Whole) -> None:
    begin(whole, STILL, "original", "dog")
    source = whole.session.source
    shows(whole)
    for frozen in (False, True):
        if frozen:
            whole.press("F")
        whole.focus(control(whole, "orientation").field())
        whole.press("End")
        shows(whole, orientation=360.0)
        whole.press("Home")
        shows(whole, orientation=0.0)
    assert whole.session.source is source, "it was not opened again"
    assert address(whole) == "stimulus:grating?orientation=0&speed=0"


def test_its_address_is_written_and_copied(whole: Whole) -> None:
    begin(whole, "stimulus:grating?frequency=12&contrast=0.25", "original")
    wanted = "stimulus:grating?frequency=12&contrast=0.25"
    texts = [label.text().replace("\u200b", "") for label in page(whole).findChildren(QLabel)]
    assert wanted in texts
    copy = next(
        made for made in page(whole).findChildren(QToolButton) if made.accessibleName() == "Copy the address"
    )
    whole.click(copy)
    assert QGuiApplication.clipboard().text() == wanted


def test_the_orientation_follows_while_it_turns_and_another_slider_does_not_hold_it_back(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(whole, "stimulus:grating?turn=20&speed=0", "original")
    turning, adjusted = control(whole, "orientation"), []
    whole.until(lambda: turning.value() > 92)
    monkeypatch.setattr(whole.session, "adjust", lambda **values: adjusted.append(values))
    whole.focus(control(whole, "contrast").field())
    whole.press("Home")
    assert adjusted == [{"contrast": 0.0}], "not the orientation that was shown a moment ago"
    before = turning.value()
    whole.until(lambda: turning.value() > before + 1)


def test_a_page_that_is_closed_asks_no_more(whole: Whole) -> None:
    begin(whole, "stimulus:grating?turn=20", "original")
    whole.press("A")
    value = control(whole, "orientation").value()
    numbers = whole.numbers()
    whole.until(lambda: whole.numbers() != numbers)
    assert control(whole, "orientation").value() == value


def test_a_scene_keeps_it_as_it_was_set(whole: Whole, tmp_path: Path) -> None:
    begin(whole, STILL, "original")
    whole.session.adjust(frequency=20.0, aperture="disc")
    path = tmp_path / "scene.toml"
    write_scene(path, whole.session.scene())
    assert 'source = "stimulus:grating?frequency=20&speed=0&aperture=disc"' in path.read_text("utf-8")
    begin(whole, "stimulus:bar", "original")
    former = whole.session.source
    whole.session.play(read_scene(path))
    whole.until(lambda: whole.session.source is not former)
    assert control(whole, "frequency").value() == 20.0
    assert control(whole, "size").isVisible(), "it matters with a disc"
    shows(whole, frequency=20.0, aperture="disc")


def test_one_is_stepped_back_and_forth_exactly(whole: Whole) -> None:
    begin(whole, "stimulus:grating?speed=3", "original")
    whole.press("F")
    playable = whole.session.playable
    assert playable
    playable.seek(10)
    whole.until(lambda: playable.position == 10)
    for key, position in ((",", 9), (",", 8), (".", 9)):
        whole.press(key)
        whole.until(lambda wanted=position: playable.position == wanted)  # type: ignore[misc]
    stimulus = find("grating")
    parameters = stimulus.parameters(speed=3.0)
    expected = stimulus.picture(parameters, Motion().after(parameters, 9 / 60), (720, 720))
    whole.until(lambda: whole.views[0].done and np.array_equal(whole.views[0].done.frame.image, expected))
    assert not whole.window.chrome.transport.isVisible(), "it has no place to show"
