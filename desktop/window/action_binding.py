"""What each action of the table does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QObject

from desktop.window import ask
from desktop.window.actions import every_action
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from pipelines.registry import discover
from pipelines.scene import Layout

if TYPE_CHECKING:
    from desktop.window.chrome import Chrome
    from desktop.window.main_window import MainWindow


class ActionBinding(QObject):
    """Ties the window's actions to the session, the preferences and the window."""

    def __init__(
        self, window: MainWindow, chrome: Chrome, session: Session, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window = window
        self._chrome = chrome
        self._session = session
        self._preferences = preferences
        for name, do in self._table().items():
            chrome.actions[name].triggered.connect(do)
        session.changed.connect(self.show_state)
        chrome.stress.changed.connect(self.show_state)
        chrome.recording.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Tick what is on."""
        window, session = self._window, self._session
        on = {
            "freeze": session.frozen,
            "mirror": session.mirror,
            "lock-step": session.lock_step,
            "distort": window.shows_page("distortions"),
            "adjust": window.shows_page("source"),
            "column": window.column_shown,
            "present": window.presenting,
            "stress": self._chrome.stress.is_open,
            "record": self._chrome.recording.of_wall,
            "record-lane": self._chrome.recording.of_lane,
        } | {f"layout-{layout}": session.layout == layout for layout in get_args(Layout)}
        for name, checked in on.items():
            self._chrome.actions[name].setChecked(checked)

    def _table(self) -> dict[str, Callable[..., object]]:
        session, window, preferences = self._session, self._window, self._preferences
        chrome, keeping = self._chrome, self._chrome.keeping
        table: dict[str, Callable[..., object]] = {
            "freeze": session.freeze,
            "step-forward": lambda: session.step(1),
            "step-back": lambda: session.step(-1),
            "mirror": self._mirror,
            "lock-step": session.set_lock_step,
            "distort": lambda on: window.show_page("distortions", on),
            "undistort": session.undistort,
            "next-layer": lambda: chrome.layers.step(1),
            "previous-layer": lambda: chrome.layers.step(-1),
            "find-map": chrome.maps.find,
            "map-right": lambda: chrome.maps.move(1, 0),
            "map-left": lambda: chrome.maps.move(-1, 0),
            "map-up": lambda: chrome.maps.move(0, -1),
            "map-down": lambda: chrome.maps.move(0, 1),
            "enlarge-map": lambda: window.selected_view().layers.fill_with_chosen(),
            "pin-map": chrome.maps.pin,
            "arithmetic": chrome.maps.switch_sums,
            "kernels": chrome.maps.switch_kernels,
            "gamma": chrome.maps.turn_gamma,
            "scaling": chrome.maps.turn_scaling,
            "stress": chrome.stress.show,
            "whole-picture": lambda: window.selected_view().show_whole(),
            "next-lane": window.select_next_lane,
            "next-pipeline": lambda: self._turn(1),
            "previous-pipeline": lambda: self._turn(-1),
            "reset": self._reset,
            "sources": chrome.show_sources,
            "open-file": lambda: self._open(ask.for_file(window)),
            "open-folder": lambda: self._open(ask.for_folder(window)),
            "open-address": lambda: self._open(ask.for_address(window)),
            "adjust": lambda on: window.show_page("source", on),
            "undo": chrome.canvas.undo,
            "clear": chrome.canvas.clear,
            "lessons": chrome.lessons.show_menu,
            "next-scene": lambda: chrome.lessons.step(1),
            "previous-scene": lambda: chrome.lessons.step(-1),
            "leave-lesson": chrome.lessons.leave,
            "own-scenes": keeping.show_own_scenes,
            "snapshot": lambda: keeping.snapshot(marks=True),
            "snapshot-plain": lambda: keeping.snapshot(marks=False),
            "record": chrome.recording.switch_wall,
            "record-lane": chrome.recording.switch_lane,
            "copy": keeping.copy,
            "save-numbers": keeping.save_numbers,
            "save-curves": keeping.save_curves,
            "probe": chrome.probe.show,
            "profile": chrome.profile.show,
            "save-profile": chrome.profile.save,
            "save-scene": keeping.save_scene,
            "open-scene": keeping.open_scene,
            "present": window.present,
            "column": window.want_column,
            "networks": chrome.networks.open,
            "language": preferences.switch_language,
            "appearance": preferences.switch_appearance,
            "larger": lambda: preferences.step_text_size(1),
            "smaller": lambda: preferences.step_text_size(-1),
            "keys": chrome.show_keys,
            "quit": window.close,
        }
        for layout in get_args(Layout):
            table[f"layout-{layout}"] = lambda _on=True, wanted=layout: session.set_layout(wanted)
        if missing := {action.name for action in every_action()} ^ set(table):
            raise LookupError(f"in the table of actions or here, but not in both: {missing}")
        return table

    def _mirror(self, on: bool) -> None:
        self._session.set_mirror(on)
        self._preferences.keep_mirrors(*self._session.mirrors())

    def _turn(self, steps: int) -> None:
        """The next pipeline that runs here, in the lane that is selected."""
        lane = self._window.selected_lane()
        names = [name for name, kind in discover().items() if kind.reason_unavailable() is None]
        at = names.index(lane.pipeline.name) if lane.pipeline.name in names else 0
        self._session.choose(lane, names[(at + steps) % len(names)])

    def _reset(self) -> None:
        self._window.edit_parameters(self._window.selected_lane().pipeline.parameters())

    def _open(self, address: str | None) -> None:
        if address:
            self._session.open(address)
