"""The questions that need a dialog: which file, which folder, which address, which number."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from desktop.language import _
from pipelines.sources.endings import PICTURES, VIDEOS


def for_file(parent: QWidget) -> str | None:
    """A video or a picture to play; `None` where the person thinks better of it."""
    patterns = " ".join(f"*{ending}" for ending in sorted(VIDEOS | PICTURES))
    kinds = ";;".join([f"{_('Videos and pictures')} ({patterns})", f"{_('All files')} (*)"])
    title, briefly = _("Open a video or a picture"), QFileDialog.Option.HideNameFilterDetails
    return QFileDialog.getOpenFileName(parent, title, "", kinds, options=briefly)[0] or None


def for_folder(parent: QWidget) -> str | None:
    return QFileDialog.getExistingDirectory(parent, _("Open a folder of pictures")) or None


def for_address(parent: QWidget) -> str | None:
    """The address of a network camera."""
    words, accepted = QInputDialog.getText(
        parent,
        _("Open a network camera"),
        _("Address of the camera (http://… or rtsp://…)"),
        QLineEdit.EchoMode.Normal,
        "rtsp://",
    )
    return words.strip() or None if accepted else None


def for_map(parent: QWidget, now: int, last: int) -> int | None:
    """The number of a map of a network's layer, from 0 to the `last`."""
    number, accepted = QInputDialog.getInt(
        parent, _("Find a map"), _("Number of the map, 0 to {last}").format(last=last), now, 0, last
    )
    return number if accepted else None


def for_network(parent: QWidget) -> Path | None:
    """A network of the person's own."""
    kinds = f"{_('Networks')} (*.onnx);;{_('All files')} (*)"
    name = QFileDialog.getOpenFileName(parent, _("Add an ONNX file"), "", kinds)[0]
    return Path(name) if name else None


def for_scene(parent: QWidget) -> Path | None:
    """A scene to load."""
    name = QFileDialog.getOpenFileName(parent, _("Open a scene"), "", f"{_('Scenes')} (*.toml)")[0]
    return Path(name) if name else None


def where_to_save_scene(parent: QWidget, folder: Path) -> Path | None:
    """A file to write, in `folder` unless the person goes elsewhere; the dialog has asked already whether one
    that is there may be replaced."""
    dialog = QFileDialog(parent, _("Save the scene"), str(folder), f"{_('Scenes')} (*.toml)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("toml")  # here, and not on the answer: it asks about the name that is written
    dialog.selectFile("scene.toml")
    try:
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    finally:
        dialog.deleteLater()
