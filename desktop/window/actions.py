"""Everything a person can do, once: buttons, menus, keys and the overlay of keys come from this table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.language import N_, _
from desktop.window.icons import icon


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do. `keys` in Qt's portable notation; `words` in English, the catalogue's key.

    `soft` keys work only where the focused control has no use for them, as Space on a button.
    """

    name: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    stays: bool = False
    """True where it is switched on and off."""
    soft: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    words: str
    deeds: tuple[Deed, ...]


GROUPS = (
    Group(
        N_("Picture"),
        (
            Deed("freeze", N_("Freeze"), ("F", "K"), "freeze", stays=True, soft=("Space",)),
            Deed("step-forward", N_("Next frame"), (".",), "step-forward", soft=("Right",)),
            Deed("step-back", N_("Previous frame"), (",",), "step-back", soft=("Left",)),
            Deed("mirror", N_("Mirror"), ("M",), "mirror", stays=True),
            Deed("lock-step", N_("Same frame"), ("L",), "lock-step", stays=True),
            Deed("whole-picture", N_("Whole picture"), ("0",), "zoom"),
        ),
    ),
    Group(
        N_("Lanes"),
        (
            Deed("layout-1", N_("One lane"), ("1",), "layout-1", stays=True),
            Deed("layout-2", N_("Two lanes"), ("2",), "layout-2", stays=True),
            Deed("layout-4", N_("Four lanes"), ("4",), "layout-4", stays=True),
            Deed("next-lane", N_("Next lane"), ("N",)),
            Deed("next-pipeline", N_("Next pipeline"), ("]",), soft=("Down", "PgDown")),
            Deed("previous-pipeline", N_("Previous pipeline"), ("[",), soft=("Up", "PgUp")),
            Deed("reset", N_("Reset the parameters"), ("R",), "reset"),
        ),
    ),
    Group(
        N_("Source"),
        (
            Deed("sources", N_("Choose the source"), ("O",), "camera"),
            Deed("open-file", N_("Open a video or a picture…"), ("Ctrl+O",), "open"),
            Deed("open-folder", N_("Open a folder of pictures…"), ("Ctrl+Shift+O",), "pictures"),
            Deed("open-address", N_("Open a network camera…"), ("Ctrl+L",), "network"),
        ),
    ),
    Group(
        N_("Keep"),
        (
            Deed("snapshot", N_("Snapshot"), ("S",), "snapshot"),
            Deed("snapshot-plain", N_("Snapshot without marks"), ("Shift+S",), "snapshot"),
            Deed("copy", N_("Copy the picture"), ("Ctrl+C",), "copy"),
            Deed("save-scene", N_("Save the scene…"), ("Ctrl+S",), "save"),
            Deed("open-scene", N_("Open a scene…"), ("Ctrl+Shift+L",), "open"),
        ),
    ),
    Group(
        N_("Window"),
        (
            Deed("present", N_("Present"), ("P", "F11"), "present", stays=True),
            Deed("column", N_("Column"), ("C",), "column", stays=True),
            Deed("language", N_("日本語"), ("J",), "language"),
            Deed("appearance", N_("Light or dark"), ("T",), "moon"),
            Deed("larger", N_("Larger text"), ("+", "Ctrl++", "="), "text-size"),
            Deed("smaller", N_("Smaller text"), ("-", "Ctrl+-"), "text-size"),
            Deed("keys", N_("Keys"), ("H", "?"), "keys", stays=True),
            Deed("quit", N_("Quit"), ("Ctrl+Q",), "close"),
        ),
    ),
)


class Actions(QObject):
    """The table as `QAction`s of a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._soft: dict[str, QAction] = {}
        for deed in deeds():
            action = QAction(window)
            action.setCheckable(deed.stays)
            action.setShortcuts([QKeySequence(keys) for keys in deed.keys])
            if deed.icon:
                action.setIcon(icon(deed.icon, "soft", on="accent"))
            window.addAction(action)
            self._actions[deed.name] = action
            self._soft |= dict.fromkeys(deed.soft, action)
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def retranslate(self) -> None:
        for deed in deeds():
            words = _(deed.words)
            action = self._actions[deed.name]
            action.setText(words)
            action.setToolTip(f"{words} ({shown((*deed.soft, *deed.keys)[0])})")

    def soft(self, keys: QKeySequence) -> QAction | None:
        """What an unused key press does."""
        return self._soft.get(keys.toString())


def deeds() -> Iterator[Deed]:
    for group in GROUPS:
        yield from group.deeds


def shown(keys: str) -> str:
    """A key as this system writes it: ⌘S on a Mac."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
