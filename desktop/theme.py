"""How the window looks: two palettes, three sizes of text and one scale for everything.

All measures in the program are written in pixels at 100 % and pass through `Theme.px`; the style
sheet `resources/style.qss` is written the same way and scaled as a whole.
"""

from __future__ import annotations

import functools
import gc
import re
from string import Template
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from resources import ROOT

Scheme = Literal["system", "dark", "light"]
Size = Literal["title", "body", "small"]
Role = Literal[
    "ground", "panel", "raised", "line", "text", "soft", "accent", "second", "recording",
    "on_accent", "on_second", "on_recording", "second_text",
]  # fmt: skip

SMALLEST, LARGEST = 1.0, 2.0
PIXELS: dict[Size, int] = {"title": 18, "body": 13, "small": 12}
TARGET = 44
"""Pixels at 100 % that a finger hits, in both directions."""
BAR, COLUMN = 56, 330
"""Pixels at 100 %: the height of the bar, the width of the column."""
JAPANESE = ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", "Meiryo")
GENERIC = {"Sans Serif", "Sans", "sans-serif", "DejaVu Sans"}


class Palette(Struct, frozen=True):
    """Four greys, text and soft text, one accent, and orange beside it where two things are compared.

    `on_…` is the text that is read on that colour; `second_text` is orange dark enough to be read on a panel.
    """

    ground: str
    panel: str
    raised: str
    line: str
    text: str
    soft: str
    accent: str
    second: str
    recording: str
    on_accent: str
    on_second: str
    on_recording: str
    second_text: str

    def colour(self, role: Role) -> QColor:
        return QColor(getattr(self, role))


DARK = Palette(
    ground="#15171b",
    panel="#1d2026",
    raised="#272b33",
    line="#333944",
    text="#eceff4",
    soft="#a3adbd",
    accent="#4c9ffe",
    second="#ff9f43",
    recording="#ff5d5d",
    on_accent="#10141a",
    on_second="#10141a",
    on_recording="#10141a",
    second_text="#ff9f43",
)
LIGHT = Palette(
    ground="#eef0f3",
    panel="#ffffff",
    raised="#f3f5f8",
    line="#d9dee6",
    text="#1b2430",
    soft="#566274",
    accent="#1669d6",
    second="#d9730d",
    recording="#d93636",
    on_accent="#ffffff",
    on_second="#1b2430",
    on_recording="#ffffff",
    second_text="#b35a00",
)


class Theme(Struct, frozen=True):
    """`scale` is 1.0 to 2.0: the size of text and of everything else.

    Raises:
        ValueError: `scale` is out of these bounds.
    """

    dark: bool = True
    scale: float = 1.0

    def __post_init__(self) -> None:
        if not SMALLEST <= self.scale <= LARGEST:
            raise ValueError(f"scale {self.scale} is not between {SMALLEST} and {LARGEST}")

    @property
    def palette(self) -> Palette:
        return DARK if self.dark else LIGHT

    def px(self, at_100_percent: float) -> int:
        """Pixels on the screen, never 0 for something that was meant to be there."""
        scaled = round(at_100_percent * self.scale)
        return max(scaled, 1) if at_100_percent > 0 else scaled

    def colour(self, role: Role) -> QColor:
        return self.palette.colour(role)

    def font(self, size: Size = "body", *, bold: bool = False) -> QFont:
        """The system's own font with a Japanese one behind it, and figures of equal width."""
        font = QFont(_families())
        font.setPixelSize(self.px(PIXELS[size]))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def style_sheet(self) -> str:
        """`resources/style.qss` with this palette and this scale."""
        coloured = Template(_style()).substitute(asdict(self.palette))
        return re.sub(r"(\d+(?:\.\d+)?)px", lambda found: f"{self.px(float(found[1]))}px", coloured)

    def qt_palette(self) -> QPalette:
        """For what the style sheet does not reach: Fusion's own painting and other people's widgets."""
        palette = QPalette()
        for role, colour in QT_ROLES.items():
            palette.setColor(role, self.colour(colour))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("soft"))
        return palette


QT_ROLES: dict[QPalette.ColorRole, Role] = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "soft",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
}

_current = Theme()


def current() -> Theme:
    return _current


def tint(app: QApplication, theme: Theme) -> None:
    """Only the colours and the measures: style and font take a tenth of the time until a first picture."""
    global _current
    _current = theme
    app.setPalette(theme.qt_palette())


def apply(app: QApplication, theme: Theme) -> None:
    """Every widget looks like this from now on; each gets `QEvent.StyleChange` and `restyle`, unless all do
    already."""
    sheet = theme.style_sheet()
    if theme == current() and sheet == app.styleSheet():
        return
    gc.disable()  # a widget that the collector deletes while Qt restyles all of them ends the process
    try:
        if not app.styleSheet():
            app.setStyle("Fusion")
        tint(app, theme)
        app.setFont(theme.font())
        app.setStyleSheet(sheet)
    finally:
        gc.enable()


class Appearance(QObject):
    """What the person chose, applied, and followed where the choice is to do as the system does.

    Only tinted until `dress` is called, for which a first picture does not wait.
    """

    changed = Signal(object)
    """The `Theme` that is applied now."""

    def __init__(self, app: QApplication, scheme: Scheme = "system", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._scale = scale
        self._is_dressed = False
        self._applied: Theme | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(scheme, scale)

    def dress(self) -> None:
        """Style and font as well, from now on."""
        if not self._is_dressed:
            self._is_dressed = True
            apply(self._app, current())

    def choose(self, scheme: Scheme | None = None, scale: float | None = None) -> None:
        """Apply another scheme, another scale (kept within 1.0 to 2.0) or both."""
        self._scheme = scheme or self._scheme
        self._scale = min(max(scale or self._scale, SMALLEST), LARGEST)
        self._app.styleHints().setColorScheme(SCHEMES[self._scheme])  # for the title bar of the system
        theme = Theme(self._is_dark(), self._scale)
        if theme == self._applied:
            return
        self._applied = theme
        put_on = apply if self._is_dressed else tint
        put_on(self._app, theme)
        self.changed.emit(theme)

    def _follow(self) -> None:
        if self._scheme == "system":
            self.choose()

    def _is_dark(self) -> bool:
        if self._scheme != "system":
            return self._scheme == "dark"
        return self._app.styleHints().colorScheme() != Qt.ColorScheme.Light


SCHEMES: dict[Scheme, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "dark": Qt.ColorScheme.Dark,
    "light": Qt.ColorScheme.Light,
}


@functools.cache
def _style() -> str:
    return (ROOT / "style.qss").read_text(encoding="utf-8")


@functools.cache
def _families() -> list[str]:
    """The system's font first, unless it is only a general name; then the Japanese ones that are here.

    Without a Japanese family by name, Han characters come in whatever form the system finds first,
    often the Chinese one. Names that are absent are left out: looking for them is slow on macOS.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    present = set(QFontDatabase.families())
    japanese = [family for family in JAPANESE if family in present]
    return ([] if system in GENERIC and japanese else [system]) + japanese
