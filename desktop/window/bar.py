"""The one bar above the pictures: source, what happens to the picture, layout, keeping, window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.actions import ActionSet
from desktop.window.icons import icon
from desktop.window.part import Part

LEFT = ("freeze", "step-forward", "mirror", "lock-step", "distort")
LAYOUTS = ("layout-1", "layout-2", "layout-4")
RIGHT = ("lessons", "snapshot", "record", "language", "keys", "column", "present")
GIVE_WAY = (
    "step-forward",
    "column",
    "language",
    "lock-step",
    "mirror",
    "distort",
    "record",
    "snapshot",
    "keys",
    "lessons",
)
"""What moves into the menu first where the bar is too narrow."""
WORDLESS = (
    "language",
    "lock-step",
    "mirror",
    "distort",
    "present",
    "record",
    "snapshot",
    "lessons",
    "freeze",
)
"""What loses its words first; buttons that are not named here never have any."""
IN_MENU = (
    ("adjust", "stress"),
    ("probe", "profile", "save-profile"),
    ("snapshot-plain", "record-lane", "copy", "save-numbers", "save-curves"),
    ("open-scene", "save-scene"),
    ("whole-picture", "reset", "undistort"),
    ("networks",),
    ("appearance", "larger", "smaller"),
)


class Bar(Part):
    """Passive: shows actions and a source's name. Where it is narrow it gives up words, then the less
    important buttons, which stay reachable in the menu at its end."""

    source_asked = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.source = QToolButton()
        self.source.setProperty("look", "source")
        self.source.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.source.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.source.clicked.connect(self.source_asked)
        self._actions = actions
        self._title, self._detail = "", ""
        self._shown: tuple[str, str, str] | None = None
        self._buttons = {name: self._button(actions[name]) for name in (*LEFT, *LAYOUTS, *RIGHT)}
        self.lessons = self._buttons["lessons"]
        self._more = self._button(QAction(icon("settings", "soft"), "", self))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.source)
        for name in LEFT:
            self._row.addWidget(self._buttons[name])
        self._row.addStretch(1)
        for name in LAYOUTS:
            self._row.addWidget(self._buttons[name])
        self._row.addStretch(1)
        for name in RIGHT:
            self._row.addWidget(self._buttons[name])
        self._row.addWidget(self._more)
        self.retranslate()
        self.restyle()

    def show_source(self, icon_name: str, title: str, detail: str) -> None:
        """What plays now, and what it really delivers."""
        if (icon_name, title, detail) == self._shown:
            return
        self._shown = (icon_name, title, detail)
        self._title, self._detail = title, detail
        self.source.setIcon(icon(icon_name, "text"))
        self.source.setToolTip(f"{title}  {detail}".strip())
        self._fit()

    def retranslate(self) -> None:
        self.source.setAccessibleName(_("Choose the source"))
        self._more.setAccessibleName(_("More"))
        self._more.setToolTip(_("More"))
        self._fit()

    def restyle(self) -> None:
        px = theme.current().px
        self._row.setContentsMargins(px(8), px(6), px(8), px(6))
        self._row.setSpacing(px(2))
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(px(20), px(20)))
            button.setMinimumSize(px(theme.TARGET), px(theme.TARGET))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes: what does not fit is in the menu."""
        return QSize(theme.current().px(theme.TARGET) * 4, super().minimumSizeHint().height())

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _fit(self) -> None:
        """Words as far as there is room, then fewer icons; the source's name gives way last."""
        self._write(self._detail, wordless=(), hidden=())
        for stage in self._stages():
            if self._wanted() <= self.width():
                break
            self._write(*stage)
        self._elide()
        self._row.activate()

    def _stages(self) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
        """(what is said of the source, buttons without words, hidden buttons), ever shorter."""
        for number in range(1, len(WORDLESS)):
            yield self._detail, WORDLESS[:number], ()
        yield "", WORDLESS[:-1], ()
        yield "", WORDLESS, ()
        for number in range(1, len(GIVE_WAY) + 1):
            yield "", WORDLESS, GIVE_WAY[:number]

    def _write(self, detail: str, wordless: Sequence[str], hidden: Sequence[str]) -> None:
        self.source.setText(f"{self._title}   {detail}".strip())
        for name, button in self._buttons.items():
            wordy = name in WORDLESS and name not in wordless
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if wordy
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            button.setVisible(name not in hidden)
        self._fill_menu(hidden)

    def _fill_menu(self, hidden: Sequence[str]) -> None:
        menu = self._more.menu()
        menu.clear()
        for group in (hidden, *IN_MENU):
            menu.addActions([self._actions[name] for name in group])
            menu.addSeparator()

    def _wanted(self) -> int:
        self._row.invalidate()
        return self._row.sizeHint().width()

    def _elide(self) -> None:
        excess = self._wanted() - self.width()
        if excess > 0:
            room = self.source.sizeHint().width() - excess
            metrics = self.source.fontMetrics()
            chrome = self.source.sizeHint().width() - metrics.horizontalAdvance(self.source.text())
            self.source.setText(
                metrics.elidedText(self._title, Qt.TextElideMode.ElideMiddle, max(0, room - chrome))
            )
