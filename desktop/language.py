"""Which language the window and the commands speak, and how to switch while they run."""

from __future__ import annotations

import gettext
import locale
import os

from models.text import Language, Text
from resources import ROOT

DOMAIN = "fusiform"
_translations: gettext.NullTranslations = gettext.NullTranslations()
_current: Language = "en"


def speak(language: Language) -> None:
    """From now on everything says its words in this language; windows are told by `retranslate`."""
    global _translations, _current
    _current = language
    _translations = gettext.translation(DOMAIN, ROOT / "translations", [language], fallback=language == "en")


def current() -> Language:
    return _current


def of_the_system() -> Language:
    """Japanese where the environment or the system asks for it, otherwise English."""
    asked = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    named = next((value for value in asked if value), None) or locale.getlocale()[0] or ""
    return "ja" if named.lower().startswith("ja") else "en"


def _(words: str) -> str:
    """The words in the current language. The English text is the key of the catalogue."""
    return _translations.gettext(words)


def say(text: Text) -> str:
    """Text from below the window, in the current language."""
    return text.pick(_current)
