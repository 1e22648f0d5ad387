"""Language, appearance and size of text: applied at once, and remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from desktop import language, theme
from desktop.settings import Memory, Settings
from desktop.text_size import TEXT_SIZES
from models.text import Language


class Preferences(QObject):
    """The settings of the running program. `settings` is what will be remembered."""

    changed = Signal()

    def __init__(
        self, app: QApplication, memory: Memory, settings: Settings, spoken: Language | None = None
    ) -> None:
        """`spoken` is the language of this start only, from the command line."""
        super().__init__(app)
        self._app = app
        self._memory = memory
        self.settings = settings
        self._qt_words = QTranslator(self)
        self._appearance = theme.Appearance(app, settings.appearance, settings.text_size / 100)
        self._appearance.setParent(self)  # it goes when these preferences go
        self._appearance.changed.connect(self._tell)
        self._speak(spoken or _language(settings))

    @property
    def own_scenes(self) -> Path:
        """The folder of the person's own scenes; it need not be there."""
        return self._memory.folder / "scenes"

    def dress(self) -> None:
        """Style and font, for which a first picture does not wait."""
        self._appearance.dress()

    def speak(self, wanted: Language) -> None:
        """Every window says its words anew."""
        self._keep(language=wanted)
        self._speak(wanted)

    def switch_language(self) -> None:
        self.speak("en" if language.current() == "ja" else "ja")

    def switch_appearance(self) -> None:
        """Light where it is dark, and the other way round."""
        self.look("light" if theme.current().dark else "dark")

    def look(self, appearance: theme.Scheme) -> None:
        self._keep(appearance=appearance)
        self._appearance.choose(scheme=appearance)

    def step_text_size(self, steps: int) -> None:
        """Larger (positive) or smaller by steps of 25 percent."""
        at = TEXT_SIZES.index(self.settings.text_size) + steps
        self.set_text_size(TEXT_SIZES[min(max(at, 0), len(TEXT_SIZES) - 1)])

    def set_text_size(self, percent: int) -> None:
        """One of `TEXT_SIZES`."""
        self._keep(text_size=percent)
        self._appearance.choose(scale=percent / 100)

    def keep_mirrors(self, cameras: bool, others: bool) -> None:
        self._keep(mirror_camera=cameras, mirror_others=others)

    def _keep(self, **values: object) -> None:
        self.settings = self.settings.changed(**values)
        self._memory.keep_settings(self.settings)

    def _tell(self, _theme: theme.Theme) -> None:
        self.changed.emit()

    def _speak(self, wanted: Language) -> None:
        language.speak(wanted)
        self._app.removeTranslator(self._qt_words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if wanted != "en" and self._qt_words.load(f"qtbase_{wanted}", folder):
            self._app.installTranslator(self._qt_words)
        for widget in self._app.topLevelWidgets():  # Qt passes it on to all that is in them
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        self.changed.emit()


def _language(settings: Settings) -> Language:
    return language.of_the_system() if settings.language == "system" else settings.language
