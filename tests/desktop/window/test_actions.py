"""The table of everything a person can do."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window import icons
from desktop.window.actions import GROUPS, ActionSet, every_action, shown
from desktop.window.keys_table import groups_of_keys
from models.text import Language

pytestmark = pytest.mark.usefixtures("look")


def all_keys() -> list[str]:
    return [key for action in every_action() for key in (*action.keys, *action.soft)]


def test_no_key_and_no_name_stands_twice() -> None:
    assert {key for key, times in Counter(all_keys()).items() if times > 1} == set()
    assert len({action.name for action in every_action()}) == len(list(every_action()))


@pytest.mark.parametrize("key", all_keys())
def test_every_key_is_written_as_qt_writes_it(key: str) -> None:
    """Otherwise a soft key, which is looked up by its name, would never be found."""
    sequence = QKeySequence(key)
    assert sequence.count() == 1
    assert QKeySequence(sequence.toString()) == sequence
    assert sequence.toString() == key


def test_every_icon_is_there() -> None:
    for action in every_action():
        if action.icon:
            assert not icons.image(action.icon, "#ffffff", 16).isNull(), action.name


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_the_overlay_names_every_action_with_a_key(spoken: Language) -> None:
    language.speak(spoken)
    groups = groups_of_keys()
    lines = [line for group in groups for line in group.keys]
    assert [group.title for group in groups] == [language._(group.words) for group in GROUPS]
    assert [words for _key, words in lines] == [language._(action.words) for action in every_action()]
    for (keys, _words), action in zip(lines, every_action(), strict=True):
        assert shown(action.keys[0]) in keys.split(" / ")


def test_words_and_tool_tips_follow_the_language(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = ActionSet(window)
    assert actions["freeze"].text() == "Freeze"
    assert actions["freeze"].toolTip() == "Freeze (Space)"
    language.speak("ja")
    actions.retranslate()
    assert actions["freeze"].text() == language._("Freeze") != "Freeze"
    assert actions["freeze"].toolTip().endswith("(Space)")


def test_soft_keys_are_no_shortcuts(qtbot: QtBot) -> None:
    """A shortcut would take them from the control that has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    actions = ActionSet(window)
    taken = {
        shortcut.toString() for action in every_action() for shortcut in actions[action.name].shortcuts()
    }
    for action in every_action():
        assert taken.isdisjoint(action.soft)
        for key in action.soft:
            assert actions.soft(QKeySequence(key)) is actions[action.name]
    assert actions.soft(QKeySequence("F")) is None
