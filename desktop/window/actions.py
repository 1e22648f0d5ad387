"""Everything a person can do, once: buttons, menus, keys and the overlay of keys come from this table."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.language import N_, _
from desktop.window.icons import icon


class Action(Struct, frozen=True):
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


class Group(Struct, frozen=True):
    words: str
    actions: tuple[Action, ...]


GROUPS = (
    Group(
        N_("Picture"),
        (
            Action("freeze", N_("Freeze"), ("F", "K"), "freeze", stays=True, soft=("Space",)),
            Action("step-forward", N_("Next frame"), (".",), "step-forward", soft=("Right",)),
            Action("step-back", N_("Previous frame"), (",",), "step-back", soft=("Left",)),
            Action("mirror", N_("Mirror"), ("M",), "mirror", stays=True),
            Action("lock-step", N_("Same frame"), ("L",), "lock-step", stays=True),
            Action("distort", N_("Distort"), ("D",), "distort", stays=True),
            Action("undistort", N_("Reset the distortions"), ("Shift+D",), "reset"),
            Action("whole-picture", N_("Whole picture"), ("0",), "zoom"),
            Action("stress", N_("Stress test"), ("E",), "stress", stays=True),
        ),
    ),
    Group(
        N_("Lanes"),
        (
            Action("layout-1", N_("One lane"), ("1",), "layout-1", stays=True),
            Action("layout-2", N_("Two lanes"), ("2",), "layout-2", stays=True),
            Action("layout-4", N_("Four lanes"), ("4",), "layout-4", stays=True),
            Action("next-lane", N_("Next lane"), ("N",)),
            Action("next-pipeline", N_("Next pipeline"), ("]",), soft=("Down",)),
            Action("previous-pipeline", N_("Previous pipeline"), ("[",), soft=("Up",)),
            Action("reset", N_("Reset the parameters"), ("R",), "reset"),
        ),
    ),
    Group(
        N_("Layers of a network"),
        (
            Action("next-layer", N_("Next layer"), ("I",)),
            Action("previous-layer", N_("Previous layer"), ("U",)),
            Action("find-map", N_("Find a map by its number…"), ("/", "Ctrl+F")),
            Action("map-right", N_("Next map"), ("Shift+L",)),
            Action("map-left", N_("Previous map"), ("Shift+J",)),
            Action("map-up", N_("Map above"), ("Shift+I",)),
            Action("map-down", N_("Map under it"), ("Shift+K",)),
            Action("enlarge-map", N_("Enlarge the map, or show all"), ("Z",)),
            Action("pin-map", N_("Pin the map"), ("Shift+P",)),
            Action("arithmetic", N_("Arithmetic of one unit"), ("X",)),
            Action("kernels", N_("Maps or kernels"), ("W",)),
            Action("gamma", N_("Brighten weak answers"), ("G",)),
            Action("scaling", N_("What is brightest"), ("Shift+T",)),
        ),
    ),
    Group(
        N_("Measure"),
        (
            Action("probe", N_("Pixel probe"), ("V",), "probe", stays=True),
            Action("profile", N_("Line profile"), ("Shift+V",), "profile", stays=True),
            Action("save-profile", N_("Save the line profile (CSV)"), ("Ctrl+Shift+V",), "save"),
        ),
    ),
    Group(
        N_("Source"),
        (
            Action("sources", N_("Choose the source"), ("O",), "camera"),
            Action("open-file", N_("Open a video or a picture…"), ("Ctrl+O",), "open"),
            Action("open-folder", N_("Open a folder of pictures…"), ("Ctrl+Shift+O",), "pictures"),
            Action("open-address", N_("Open a network camera…"), ("Ctrl+L",), "network"),
            Action("adjust", N_("Adjust the source"), ("A",), "adjust", stays=True),
            Action("undo", N_("Undo the stroke"), ("Ctrl+Z",), "undo"),
            Action("clear", N_("Clear the canvas"), ("Del", "Backspace"), "clear"),
        ),
    ),
    Group(
        N_("Lessons"),
        (
            Action("lessons", N_("Lessons"), ("Y",), "lesson"),
            Action("next-scene", N_("Next scene"), ("Ctrl+PgDown",), "next", soft=("PgDown",)),
            Action("previous-scene", N_("Previous scene"), ("Ctrl+PgUp",), "previous", soft=("PgUp",)),
            Action("leave-lesson", N_("Leave the lesson"), ("Shift+Y",), "close"),
            Action("own-scenes", N_("Folder of my scenes"), ("Ctrl+Y",), "pictures"),
        ),
    ),
    Group(
        N_("Keep"),
        (
            Action("snapshot", N_("Snapshot"), ("S",), "snapshot"),
            Action("snapshot-plain", N_("Snapshot without marks"), ("Shift+S",), "snapshot"),
            Action("record", N_("Record"), ("Ctrl+R",), "record", stays=True),
            Action("record-lane", N_("Record this lane"), ("Ctrl+Shift+R",), "record", stays=True),
            Action("copy", N_("Copy the picture"), ("Ctrl+C",), "copy"),
            Action("save-numbers", N_("Save the layers' numbers"), ("Ctrl+Shift+S",), "save"),
            Action("save-curves", N_("Save the curves"), ("Ctrl+Shift+C",), "save"),
            Action("save-scene", N_("Save the scene…"), ("Ctrl+S",), "save"),
            Action("open-scene", N_("Open a scene…"), ("Ctrl+Shift+L",), "open"),
        ),
    ),
    Group(
        N_("Window"),
        (
            Action("present", N_("Present"), ("P", "F11"), "present", stays=True),
            Action("column", N_("Column"), ("C",), "column", stays=True),
            Action("networks", N_("Networks"), ("Ctrl+N",), "networks"),
            Action("language", N_("日本語"), ("J",), "language"),
            Action("appearance", N_("Light or dark"), ("T",), "moon"),
            Action("larger", N_("Larger text"), ("+", "Ctrl++", "="), "text-size"),
            Action("smaller", N_("Smaller text"), ("-", "Ctrl+-"), "text-size"),
            Action("keys", N_("Keys"), ("H", "?"), "keys", stays=True),
            Action("quit", N_("Quit"), ("Ctrl+Q",), "close"),
        ),
    ),
)


class ActionSet(QObject):
    """The table as `QAction`s of a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._made: dict[str, QAction] = {}
        self._soft: dict[str, QAction] = {}
        for action in every_action():
            made = QAction(window)
            made.setCheckable(action.stays)
            made.setShortcuts([QKeySequence(keys) for keys in action.keys])
            if action.icon:
                made.setIcon(icon(action.icon, "soft", on="accent"))
            window.addAction(made)
            self._made[action.name] = made
            self._soft |= dict.fromkeys(action.soft, made)
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def retranslate(self) -> None:
        for action in every_action():
            words = _(action.words)
            made = self._made[action.name]
            made.setText(words)
            made.setToolTip(f"{words} ({shown((*action.soft, *action.keys)[0])})")

    def soft(self, keys: QKeySequence) -> QAction | None:
        """What an unused key press does."""
        return self._soft.get(keys.toString())


def every_action() -> Iterator[Action]:
    for group in GROUPS:
        yield from group.actions


def shown(keys: str) -> str:
    """A key as this system writes it: ⌘S on a Mac."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
