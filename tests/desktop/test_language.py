"""Which language is spoken."""

from __future__ import annotations

import gettext
import locale

import pytest
from PySide6.QtCore import QLocale

from desktop.language import _, asked_for, current, of_the_system, say, speak
from models.text import Text


def test_words_and_texts_follow_at_once() -> None:
    text = Text("Picture", "画像")
    speak("ja")
    assert (current(), say(text), _("usable")) == ("ja", "画像", "使用可")
    speak("en")
    assert (current(), say(text), _("usable")) == ("en", "Picture", "usable")


def test_the_standard_librarys_gettext_follows_too_for_click_asks_it() -> None:
    speak("ja")
    assert gettext.gettext("Options") == "オプション"
    assert gettext.ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 2) == (
        "{possibilities} のことでしょうか。"
    )
    speak("en")
    assert gettext.gettext("Options") == "Options"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ja:en"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "ja_JP"}, "ja"),
    ],
)
def test_the_systems_language(environment: dict[str, str], language: str) -> None:
    assert of_the_system(environment) == language


@pytest.mark.parametrize(
    ("languages", "language"),
    [(["ja-JP", "ja", "en-JP"], "ja"), (["en-JP", "ja-JP"], "en"), (["de-DE"], "en"), ([], "en")],
)
def test_a_mac_that_has_no_environment_is_asked_itself(
    languages: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Finder gives what it starts no LANG."""
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: languages)
    assert of_the_system({"LANG": ""}, "darwin") == language
    assert of_the_system({"LANG": "ja_JP.UTF-8"}, "darwin") == "ja"
    assert of_the_system({"LANG": "en_US.UTF-8"}, "darwin") == "en"


@pytest.mark.parametrize(
    ("named", "language"),
    [("Japanese_Japan.932", "ja"), ("Japanese_Japan.utf8", "ja"), ("English_Japan.932", "en"), ("C", "en")],
)
def test_windows_names_its_language_in_words(
    named: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "setlocale", lambda _category: named)
    assert of_the_system({}, "win32") == language


def test_what_we_speak_does_not_change_what_the_system_speaks() -> None:
    before = of_the_system()
    speak("en" if before == "ja" else "ja")
    assert of_the_system() == before


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("run", None),
        ("--lang ja run", "ja"),
        ("run --lang=ja", "ja"),
        ("run --lang ja --lang en", "en"),
        ("detect dog ja", None),
        ("run --lang", None),
        ("run --lang fr", None),
    ],
)
def test_asked_for_on_a_command_line(line: str, language: str | None) -> None:
    assert asked_for(line.split()) == language
