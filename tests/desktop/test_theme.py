"""The palettes can be read, everything scales, and the system's choice is followed."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import DARK, JAPANESE, LIGHT, PIXELS, Appearance, Palette, Role, Size, Theme
from desktop.window.part import Part

GROUNDS: tuple[Role, ...] = ("ground", "panel", "raised")
PAIRS: list[tuple[Role, Role]] = [
    *((text, ground) for text in ("text", "soft", "accent") for ground in GROUNDS),
    ("text", "line"),
    ("on_accent", "accent"),
    ("on_second", "second"),
    ("on_recording", "recording"),
    ("second_text", "panel"),
]


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.1."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(palette: Palette, text: Role, ground: Role) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("role", ["accent", "second", "recording"])
def test_lines_and_signs_stand_out_from_the_panel(palette: Palette, role: str) -> None:
    assert contrast(getattr(palette, role), palette.panel) >= 3


def test_there_are_three_sizes_of_text() -> None:
    assert set(PIXELS.values()) == {18, 13, 12}


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_the_style_sheet_is_complete_and_scaled(scale: float) -> None:
    sheet = Theme(scale=scale).style_sheet()
    assert "$" not in sheet
    sizes = {int(found) for found in re.findall(r"font-size:\s*(\d+)px", sheet)}
    assert sizes <= {round(pixels * scale) for pixels in PIXELS.values()}


@pytest.mark.parametrize(("given", "expected"), [(0, 0), (0.2, 1), (1, 2), (8, 16)])
def test_measures_grow_with_the_scale_and_hairlines_never_vanish(given: float, expected: int) -> None:
    assert Theme(scale=2.0).px(given) == expected


@pytest.mark.parametrize("scale", [0.5, 2.5])
def test_a_scale_out_of_bounds_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        Theme(scale=scale)


def test_labels_take_their_size_from_the_style(look: QApplication, qtbot: QtBot) -> None:
    label = QLabel("Canny")
    qtbot.addWidget(label)
    label.setProperty("look", "title")
    label.show()
    assert label.font().pixelSize() == 18
    theme.apply(look, Theme(scale=2.0))
    assert label.font().pixelSize() == 36


@pytest.mark.parametrize("size", list(PIXELS))
def test_figures_have_equal_width_and_japanese_its_own_font(look: QApplication, size: Size) -> None:
    font = Theme().font(size)
    assert font.isFeatureSet(QFont.Tag("tnum"))
    present = [family for family in JAPANESE if family in QFontDatabase.families()]
    assert set(present) <= set(font.families())


def test_a_change_of_theme_reaches_every_widget(look: QApplication, qtbot: QtBot) -> None:
    class Counting(Part):
        said = measured = 0

        def retranslate(self) -> None:
            self.said += 1

        def restyle(self) -> None:
            self.measured += 1

    parent = QWidget()
    qtbot.addWidget(parent)
    part = Counting(parent)
    parent.show()
    part.measured = 0
    theme.apply(look, Theme(dark=False))
    assert part.measured >= 1
    assert theme.current().palette is LIGHT
    QApplication.sendEvent(parent, QEvent(QEvent.Type.LanguageChange))
    assert part.said == 1


def test_the_choice_of_the_person_wins_and_the_scale_is_kept_in_bounds(look: QApplication) -> None:
    appearance = Appearance(look, "light", 1.5)
    appearance.dress()
    assert theme.current() == Theme(dark=False, scale=1.5)
    appearance.choose(scale=7)
    assert theme.current() == Theme(dark=False, scale=2.0)
    appearance.choose("dark", 1.0)
    assert theme.current() == Theme(dark=True, scale=1.0)
    appearance.deleteLater()


def test_the_system_is_followed_only_where_that_was_chosen(
    look: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hints:
        scheme = Qt.ColorScheme.Light

        def colorScheme(self) -> Qt.ColorScheme:
            return self.scheme

        def setColorScheme(self, scheme: Qt.ColorScheme) -> None:
            """The system's own choice does not change by what the program wishes."""

    appearance = Appearance(look, "dark")
    appearance.dress()
    hints = Hints()
    monkeypatch.setattr(appearance, "_app", _Standing(look, hints))
    look.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current().dark
    with qtbot.waitSignal(appearance.changed, timeout=1000):
        appearance.choose("system")
    assert not theme.current().dark
    hints.scheme = Qt.ColorScheme.Dark
    look.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().dark
    appearance.deleteLater()


class _Standing:
    """The application with other style hints."""

    def __init__(self, app: QApplication, hints: object) -> None:
        self._app, self._hints = app, hints

    def styleHints(self) -> object:
        return self._hints

    def __getattr__(self, name: str) -> object:
        return getattr(self._app, name)
