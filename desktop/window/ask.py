"""The questions that need a dialog: which file, which folder, which address."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from desktop.language import _


def for_file(parent: QWidget) -> str | None:
    """A video or a picture to play; `None` where the person thinks better of it."""
    patterns = "*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff"
    kinds = ";;".join([f"{_('Videos and pictures')} ({patterns})", f"{_('All files')} (*)"])
    return QFileDialog.getOpenFileName(parent, _("Open a video or a picture"), "", kinds)[0] or None


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


def for_scene(parent: QWidget) -> Path | None:
    """A scene to load."""
    name = QFileDialog.getOpenFileName(parent, _("Open a scene"), "", f"{_('Scenes')} (*.toml)")[0]
    return Path(name) if name else None


def where_to_save_scene(parent: QWidget) -> Path | None:
    name = QFileDialog.getSaveFileName(parent, _("Save the scene"), "scene.toml", f"{_('Scenes')} (*.toml)")[
        0
    ]
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(".toml")
