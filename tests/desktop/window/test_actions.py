"""The table of everything a person can do."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window import icons
from desktop.window.actions import GROUPS, Actions, deeds, shown
from desktop.window.keys_table import groups_of_keys
from models.text import Language

pytestmark = pytest.mark.usefixtures("look")


def all_keys() -> list[str]:
    return [key for deed in deeds() for key in (*deed.keys, *deed.soft)]


def test_no_key_and_no_name_stands_twice() -> None:
    assert {key for key, times in Counter(all_keys()).items() if times > 1} == set()
    assert len({deed.name for deed in deeds()}) == len(list(deeds()))


@pytest.mark.parametrize("key", all_keys())
def test_every_key_is_written_as_qt_writes_it(key: str) -> None:
    """Otherwise a soft key, which is looked up by its name, would never be found."""
    sequence = QKeySequence(key)
    assert sequence.count() == 1
    assert QKeySequence(sequence.toString()) == sequence
    assert sequence.toString() == key


def test_every_icon_is_there() -> None:
    for deed in deeds():
        if deed.icon:
            assert not icons.image(deed.icon, "#ffffff", 16).isNull(), deed.name


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_the_overlay_names_every_deed_with_a_key(spoken: Language) -> None:
    language.speak(spoken)
    groups = groups_of_keys()
    lines = [line for group in groups for line in group.keys]
    assert [group.title for group in groups] == [language._(group.words) for group in GROUPS]
    assert [words for _key, words in lines] == [language._(deed.words) for deed in deeds()]
    for (keys, _words), deed in zip(lines, deeds(), strict=True):
        assert shown(deed.keys[0]) in keys.split(" / ")


def test_words_and_tool_tips_follow_the_language(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
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
    actions = Actions(window)
    taken = {shortcut.toString() for deed in deeds() for shortcut in actions[deed.name].shortcuts()}
    for deed in deeds():
        assert taken.isdisjoint(deed.soft)
        for key in deed.soft:
            assert actions.soft(QKeySequence(key)) is actions[deed.name]
    assert actions.soft(QKeySequence("F")) is None
