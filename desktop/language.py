"""Which language the window and the commands speak, and how to switch while they run.

Words are looked up in the catalogue of the domain `fusiform`, which `make translations` gathers. click
asks the standard library's gettext for its own words, and that looks at the environment: so `speak`
binds the domain there and names the language in `LANGUAGE`.
"""

from __future__ import annotations

import gettext
import locale
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from models.text import Language, Text
from resources import ROOT

DOMAIN = "fusiform"
CATALOGUES = ROOT / "translations"
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_AT_START: Final = dict(os.environ)
_translations: gettext.NullTranslations = gettext.NullTranslations()
_current: Language = "en"


def speak(language: Language) -> None:
    """From now on everything says its words in this language; windows are told by `retranslate`."""
    global _translations, _current
    _current = language
    _translations = gettext.translation(DOMAIN, CATALOGUES, [language], fallback=language == "en")
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def current() -> Language:
    return _current


def of_the_system(environment: Mapping[str, str] = _AT_START, platform: str = sys.platform) -> Language:
    """Japanese where the environment asks for it, or the system where the environment is silent."""
    asked = (environment.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    named = next((value for value in asked if value), None) or _of_the_settings(platform)
    return "ja" if named.lower().startswith("ja") else "en"


def _of_the_settings(platform: str) -> str:
    """What a person chose in the system's settings: `ja-JP` on a Mac, `Japanese_Japan.932` on Windows."""
    if platform == "darwin":  # the Finder gives no LANG to what it starts, so Python's locale is C there
        from PySide6.QtCore import QLocale  # late: commands need no Qt, and a terminal has a LANG

        return next(iter(QLocale.system().uiLanguages()), "")
    return locale.setlocale(locale.LC_CTYPE)  # as it is: `getlocale` raises on names that are new to it


def asked_for(arguments: Sequence[str]) -> Language | None:
    """The language named by the last `--lang` on a command line, wherever it stands.

    It is needed before the line is parsed, for a mistake in the line is to be told in this language.
    """
    words = iter(arguments)
    found: Language | None = None
    for word in words:
        name, equals, value = word.partition("=")
        if name == "--lang":
            asked = value if equals else next(words, "")
            found = next((language for language in LANGUAGES if language == asked), found)
    return found


def _(words: str) -> str:
    """The words in the current language. The English text is the key of the catalogue."""
    return _translations.gettext(words)


def N_(words: str) -> str:
    """Marks words for the catalogue where they are declared at import and translated when shown."""
    return words


def say(text: Text) -> str:
    """Text from below the window, in the current language."""
    return text.pick(_current)
