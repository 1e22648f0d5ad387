"""Every action of the table has its effect, by each of its keys, once for each press."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from pathlib import Path

import pytest
from msgspec import Struct
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from desktop import language, theme
from desktop.window import ask
from desktop.window.actions import Action, every_action
from desktop.window.controls.track import Track
from desktop.window.controls.value_field import ValueField
from desktop.window.probe.profile import ACROSS
from pipelines.distortions import Distortions
from pipelines.layers.values import FeatureMapsParameters
from pipelines.lessons import SHIPPED, lessons_in
from pipelines.registry import discover
from pipelines.scene import Scene, write_scene
from pipelines.sources.canvas import Canvas
from pipelines.sources.pictures import Pictures
from pipelines.sources.source import Playable
from pipelines.sources.stimulus import StimulusSource
from pipelines.stimuli import find
from tests.desktop.commands.conftest import write_picture
from tests.desktop.window.whole import Whole, lane_scene

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on a screen that is none

Look = Callable[[Whole], Hashable]


class Effect(Struct, frozen=True):
    """What a action changes. `before` makes the change possible, anew for each press."""

    look: Look
    before: Callable[[Whole], object] = lambda _whole: None


def files(whole: Whole) -> frozenset[str]:
    folder = whole.memory.folder.parent / "pictures"
    return frozenset(path.name for path in folder.glob("*.png"))


def layout(other: int) -> Effect:
    return Effect(lambda whole: whole.session.layout, lambda whole: whole.session.set_layout(other))  # type: ignore[arg-type]


def playable(whole: Whole) -> Playable:
    assert whole.session.playable is not None
    return whole.session.playable


def position(whole: Whole) -> int:
    return playable(whole).position


def pipeline_name(whole: Whole) -> str:
    return whole.lane(whole.window.wall.selected).pipeline.name


def sigma(whole: Whole) -> float:
    return whole.lane().parameters.to_table().get("sigma", 0.0)  # type: ignore[no-any-return]


def detune(whole: Whole) -> None:
    whole.session.set_parameters(whole.lane(), whole.lane().parameters.changed(sigma=5.0))


def copied(whole: Whole) -> bool:
    return not whole.app.clipboard().image().isNull()


def stop_recording(whole: Whole) -> None:
    """Whatever is being recorded is finished."""
    mark = whole.window.chrome.recording.mark
    whole.window.chrome.recording.stop()
    whole.until(mark.isHidden)


def adjust(whole: Whole) -> None:
    """A source that can be set, its page closed."""
    if whole.session.adjustable is None:
        stimulus = find("bar")
        whole.session.show(StimulusSource(stimulus, stimulus.parameters()))
        whole.window.show_page("source", False)


def draw(whole: Whole) -> None:
    """A dot on a canvas."""
    if whole.session.drawable is None:
        whole.session.show(Canvas())
    if canvas := whole.session.drawable:
        canvas.begin("pen", 280, 280)
        canvas.end("pen")
    enabled = whole.window.chrome.actions
    whole.until(lambda: enabled["undo"].isEnabled() and enabled["clear"].isEnabled())


def is_blank(whole: Whole) -> bool:
    assert whole.session.drawable is not None
    return whole.session.drawable.blank


def lesson(whole: Whole) -> str:
    return whole.window.chrome.lessons.bar.words()


def begin(whole: Whole, number: int) -> None:
    """This scene of the first lesson."""
    whole.window.chrome.lessons.play(lessons_in(SHIPPED)[0].scenes[number - 1])


def viewer(whole: Whole, **values: object) -> None:
    """The first lane looks into a network, with these values and no others."""
    shown = FeatureMapsParameters(network="face-detector", strip=True, **values)  # type: ignore[arg-type]
    whole.window.wall.select(0)
    if pipeline_name(whole) != "feature-maps":
        whole.session.choose(whole.lane(), "feature-maps")
    whole.session.set_parameters(whole.lane(), shown)
    whole.until(lambda: shows(whole, shown))


def shows(whole: Whole, parameters: FeatureMapsParameters) -> bool:
    done = whole.views[0].done
    return done is not None and done.parameters == parameters and bool(done.result.units)


def of_maps(look: str, **values: object) -> Effect:
    """A key that sets this parameter of the viewer."""
    return Effect(
        lambda whole: str(getattr(whole.lane().parameters, look, "")), lambda whole: viewer(whole, **values)
    )


def tables(whole: Whole) -> frozenset[str]:
    return written(whole, "csv")


def written(whole: Whole, ending: str) -> frozenset[str]:
    folder = whole.memory.folder.parent / "pictures"
    return frozenset(path.name for path in folder.glob(f"*.{ending}"))


def kept(ending: str) -> Effect:
    return Effect(lambda whole: written(whole, ending), viewer)


EFFECTS: dict[str, Effect] = {
    "next-layer": of_maps("layer"),
    "previous-layer": of_maps("layer", layer="fine.2.relu"),
    "find-map": Effect(lambda whole: asked.count("for_map"), viewer),
    "map-right": of_maps("unit"),
    "map-left": of_maps("unit", unit=1),
    "map-up": of_maps("unit", unit=20),
    "map-down": of_maps("unit"),
    "enlarge-map": Effect(lambda whole: whole.views[0].viewport.zoom, viewer),
    "pin-map": of_maps("pins"),
    "arithmetic": of_maps("sums"),
    "kernels": of_maps("view"),
    "gamma": of_maps("gamma"),
    "scaling": of_maps("scaling"),
    "save-numbers": kept("npz"),
    "save-curves": kept("csv"),
    "probe": Effect(lambda whole: whole.window.chrome.probe.on),
    "profile": Effect(lambda whole: whole.session.profile),
    "save-profile": Effect(tables, lambda whole: whole.session.draw_profile(ACROSS)),
    "freeze": Effect(lambda whole: whole.session.frozen),
    "step-forward": Effect(position),
    "step-back": Effect(position, lambda whole: playable(whole).seek(9)),
    "mirror": Effect(lambda whole: whole.session.mirror),
    "lock-step": Effect(lambda whole: whole.session.lock_step),
    "distort": Effect(lambda whole: whole.window.chrome.distortions.page.isVisible()),
    "undistort": Effect(
        lambda whole: whole.session.distortions,
        lambda whole: whole.session.distort(Distortions(blur=2.0)),
    ),
    "whole-picture": Effect(
        lambda whole: whole.views[0].viewport.zoom, lambda whole: whole.views[0].zoom(2.0)
    ),
    "stress": Effect(
        lambda whole: whole.window.chrome.stress.is_open, lambda whole: whole.window.chrome.stress.close()
    ),
    "layout-1": layout(2),
    "layout-2": layout(1),
    "layout-4": layout(2),
    "next-lane": Effect(lambda whole: whole.window.wall.selected),
    "next-pipeline": Effect(pipeline_name),
    "previous-pipeline": Effect(pipeline_name),
    "reset": Effect(sigma, detune),
    "sources": Effect(
        lambda whole: whole.window.chrome.sources.isVisible(),
        lambda whole: whole.window.chrome.sources.close(),
    ),
    "open-file": Effect(lambda whole: asked.count("for_file")),
    "open-folder": Effect(lambda whole: asked.count("for_folder")),
    "open-address": Effect(lambda whole: asked.count("for_address")),
    "adjust": Effect(lambda whole: whole.window.chrome.adjustments.page.isVisible(), adjust),
    "undo": Effect(is_blank, draw),
    "clear": Effect(is_blank, draw),
    "lessons": Effect(
        lambda whole: whole.window.chrome.lessons.menu.isVisible(),
        lambda whole: whole.window.chrome.lessons.menu.close(),
    ),
    "next-scene": Effect(lesson),
    "previous-scene": Effect(lesson, lambda whole: begin(whole, 2)),
    "leave-lesson": Effect(lesson, lambda whole: begin(whole, 1)),
    "own-scenes": Effect(lambda whole: asked.count("folder")),
    "snapshot": Effect(files),
    "snapshot-plain": Effect(files),
    "record": Effect(lambda whole: whole.window.chrome.recording.of_wall, stop_recording),
    "record-lane": Effect(lambda whole: whole.window.chrome.recording.of_lane, stop_recording),
    "copy": Effect(copied, lambda whole: whole.app.clipboard().clear()),
    "save-scene": Effect(lambda whole: asked.count("where_to_save_scene")),
    "open-scene": Effect(lambda whole: asked.count("for_scene")),
    "present": Effect(lambda whole: whole.window.chrome.bar.isVisible()),
    "column": Effect(lambda whole: whole.window.chrome.column.isVisible()),
    "networks": Effect(
        lambda whole: whole.window.chrome.networks.page.isVisible(),
        lambda whole: whole.window.chrome.networks.page.close_overlay(),
    ),
    "language": Effect(lambda whole: language.current()),
    "appearance": Effect(lambda whole: theme.current().dark),
    "larger": Effect(lambda whole: theme.current().scale, lambda whole: whole.preferences.set_text_size(100)),
    "smaller": Effect(
        lambda whole: theme.current().scale, lambda whole: whole.preferences.set_text_size(200)
    ),
    "keys": Effect(
        lambda whole: whole.window.chrome.keys.isVisible(),
        lambda whole: whole.window.chrome.keys.close_overlay(),
    ),
    "quit": Effect(lambda whole: whole.window.isVisible(), lambda whole: whole.window.show()),
}


def button(within: QWidget, name: str) -> QToolButton:
    """The button of this name, as a screen reader says it."""
    buttons = within.findChildren(QToolButton)
    return next(button for button in buttons if name in (button.accessibleName(), button.text()))


asked: list[str] = []
"""The questions that were asked since the test began."""


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every dialog is given up at once."""
    asked.clear()
    for question in ("for_file", "for_folder", "for_address", "for_scene", "where_to_save_scene"):
        monkeypatch.setattr(ask, question, lambda *_given, question=question: asked.append(question))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: asked.append("folder"))
    monkeypatch.setattr(ask, "for_map", lambda *_given: asked.append("for_map"))


def changed(effect: Effect, whole: Whole, before: Hashable) -> bool:
    return effect.look(whole) != before


def test_no_action_is_left_out() -> None:
    assert set(EFFECTS) == {action.name for action in every_action()}


@pytest.mark.parametrize("action", list(every_action()), ids=lambda action: action.name)
def test_every_key_of_every_action_has_its_effect_once(whole: Whole, action: Action) -> None:
    whole.film("dog", "original")
    whole.focus(whole.views[0])
    triggered: list[int] = []
    whole.window.chrome.actions[action.name].triggered.connect(lambda: triggered.append(1))
    effect = EFFECTS[action.name]
    for times, key in enumerate((*action.keys, *action.soft), 1):
        effect.before(whole)
        before = effect.look(whole)
        whole.press(key)
        assert len(triggered) == times, key
        whole.until(functools.partial(changed, effect, whole, before))


@pytest.mark.parametrize(
    "action", [action for action in every_action() if action.stays], ids=lambda action: action.name
)
def test_what_stays_is_ticked_exactly_while_it_is_on(whole: Whole, action: Action) -> None:
    whole.film("dog", "original")
    made = whole.window.chrome.actions[action.name]
    effect = EFFECTS[action.name]
    effect.before(whole)
    was, before = made.isChecked(), effect.look(whole)
    made.trigger()
    assert effect.look(whole) != before
    assert made.isChecked() != was


def test_a_layout_that_is_on_stays_on_when_it_is_chosen_again(whole: Whole) -> None:
    whole.film("dog", "original")
    whole.press("2")
    assert whole.session.layout == 2
    assert whole.window.chrome.actions["layout-2"].isChecked()
    assert not whole.window.chrome.actions["layout-1"].isChecked()


def test_pipelines_are_turned_through_in_their_order_and_round(whole: Whole) -> None:
    whole.film("original")
    whole.focus(whole.views[0])
    names = list(discover())
    seen = [pipeline_name(whole)]
    for _ in names:
        whole.press("]")
        seen.append(pipeline_name(whole))
    assert sorted(seen[:-1]) == sorted(names)
    assert seen[-1] == "original"
    whole.press("[")
    assert pipeline_name(whole) == seen[-2]


# --- keys stay with the control that has a use for them


def test_space_presses_the_focused_button_and_does_not_freeze(whole: Whole) -> None:
    whole.film("dog", "original")
    whole.focus(button(whole.window.chrome.bar, "Mirror"))
    whole.press("Space")
    assert whole.session.mirror
    assert not whole.session.frozen


@pytest.mark.parametrize("key", ["Left", "Right", "Up", "Down", "PgUp", "PgDown"])
def test_arrows_move_the_focused_slider_and_nothing_else(whole: Whole, key: str) -> None:
    film = whole.film(lane_scene("dog", sigma=2.0))
    whole.focus(whole.window.chrome.column.findChildren(Track)[0])
    before = whole.lane().parameters
    whole.press(key)
    assert whole.lane().parameters != before
    assert (film.position, whole.session.frozen, pipeline_name(whole)) == (0, False, "dog")


@pytest.mark.parametrize("key", ["Up", "Down"])
def test_arrows_choose_in_the_focused_list_and_nothing_else(whole: Whole, key: str) -> None:
    whole.film(lane_scene("dog"))
    box = next(box for box in whole.window.chrome.column.findChildren(QComboBox) if box.isVisible())
    whole.focus(box)
    box.setCurrentIndex(0 if key == "Down" else box.count() - 1)
    whole.press(key)
    whole.press(key)
    assert pipeline_name(whole) == "dog"


def every_key() -> list[str]:
    return [
        key
        for action in every_action()
        for key in (*action.soft, *action.keys)
        if "Ctrl" not in key and key != "F11"
    ]


@pytest.mark.parametrize("key", every_key())
def test_no_key_typed_into_a_value_does_an_action(whole: Whole, key: str) -> None:
    whole.film("dog")
    triggered: list[str] = []
    for action in every_action():
        whole.window.chrome.actions[action.name].triggered.connect(
            lambda _on, name=action.name: triggered.append(name)
        )
    field = next(field for field in whole.window.chrome.column.findChildren(ValueField) if field.isVisible())
    whole.focus(field)
    whole.press(key)
    assert triggered == []
    assert field.hasFocus()


def test_a_typed_value_reaches_the_lane(whole: Whole) -> None:
    whole.film("dog")
    field = next(field for field in whole.window.chrome.column.findChildren(ValueField) if field.isVisible())
    whole.focus(field)
    QTest.keyClicks(field, "2.5")
    whole.press("Return")
    assert sigma(whole) == 2.5
    assert not whole.session.frozen


# --- what a dialog answers


def test_what_is_chosen_in_a_dialog_plays(
    whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.film("original")
    one = write_picture(tmp_path / "album" / "one.png")
    monkeypatch.setattr(ask, "for_file", lambda _parent: str(one))
    whole.press("Ctrl+O")
    assert isinstance(whole.session.source, Pictures)
    monkeypatch.setattr(ask, "for_folder", lambda _parent: str(one.parent))
    whole.press("Ctrl+Shift+O")
    assert whole.session.source.address == f"pictures:{one.parent}"
    monkeypatch.setattr(ask, "for_address", lambda _parent: "demo:")
    whole.press("Ctrl+L")
    assert whole.session.source.address == "demo:"


def test_a_scene_that_is_chosen_plays(whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole.film("original")
    path = tmp_path / "two.toml"
    write_scene(path, Scene(layout=2, lanes=(lane_scene("canny"), lane_scene("dog", sigma=3.0))))
    monkeypatch.setattr(ask, "for_scene", lambda _parent: path)
    whole.press("Ctrl+Shift+L")
    assert [lane.pipeline.name for lane in whole.session.studio.lanes] == ["canny", "dog"]
    assert whole.lane(1).parameters.to_table() == {"sigma": 3.0}


# --- two ways to hold the picture


def test_holding_a_film_and_holding_the_picture_are_one(whole: Whole) -> None:
    """A film that runs while “Freeze” is ticked would be a lie."""
    film = whole.film("original")
    whole.press("F")
    assert film.paused
    whole.click(button(whole.window.chrome.transport, "Play"))
    assert (film.paused, whole.session.frozen) == (False, False)
    assert not whole.window.chrome.actions["freeze"].isChecked()
    whole.click(button(whole.window.chrome.transport, "Pause"))
    assert (film.paused, whole.session.frozen) == (True, True)
    assert whole.window.chrome.actions["freeze"].isChecked()
    whole.press("K")
    assert (film.paused, whole.session.frozen) == (False, False)


def test_in_presentation_every_key_still_works_and_escape_leads_out(whole: Whole) -> None:
    whole.film("dog", "original")
    whole.press("P")
    assert not whole.window.chrome.bar.isVisible()
    assert not whole.window.chrome.column.isVisible()
    whole.press("M")
    assert whole.session.mirror
    whole.press("Esc")
    assert not whole.window.presenting
    assert whole.window.chrome.bar.isVisible()
    assert whole.window.chrome.column.isVisible()
    assert not whole.window.chrome.actions["present"].isChecked()


def test_a_press_on_the_overlay_closes_it_and_unticks_its_button(whole: Whole) -> None:
    whole.film("dog")
    whole.press("H")
    assert whole.window.chrome.actions["keys"].isChecked()
    whole.click(whole.window.chrome.keys)
    assert not whole.window.chrome.keys.isVisible()
    assert not whole.window.chrome.actions["keys"].isChecked()
