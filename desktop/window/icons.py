"""Our own icons: one family of SVG files, drawn in the palette's colours at the screen's resolution."""

from __future__ import annotations

import functools

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap

from desktop import theme
from desktop.theme import Role
from resources import ROOT

FOLDER = ROOT / "icons"


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def icon(name: str, role: Role = "text", *, on: Role | None = None, disabled: Role = "line") -> QIcon:
    """An icon that takes its colour from the theme at the moment of painting.

    It is set once: a change of theme needs only a repaint. `on` is the colour where a button is
    checked, `role` if it is `None`.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    if not (FOLDER / f"{name}.svg").is_file():
        raise FileNotFoundError(f"no icon {name!r}; there are {', '.join(names())}")
    return QIcon(_Engine(name, role, on or role, disabled))


def image(name: str, colour: str, pixels: int) -> QImage:
    """(`pixels`, `pixels`) on a transparent ground, `colour` as `#rrggbb`."""
    return _image(name, colour, pixels)


@functools.lru_cache(maxsize=512)
def _image(name: str, colour: str, pixels: int) -> QImage:
    from PySide6.QtSvg import QSvgRenderer  # not needed for a first picture

    drawn = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(_svg(name).replace(b"currentColor", colour.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    return drawn


@functools.cache
def _svg(name: str) -> bytes:
    return (FOLDER / f"{name}.svg").read_bytes()


class _Engine(QIconEngine):
    """Draws at the size that is asked for, so that nothing is ever scaled."""

    def __init__(self, name: str, role: Role, on: Role, disabled: Role) -> None:
        super().__init__()
        self._name = name
        self._roles = (role, on, disabled)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, *self._roles)

    def key(self) -> str:
        return "fusiform"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        ratio = painter.device().devicePixelRatio()
        painter.drawImage(place, self._drawn(round(side * ratio), mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        drawn = self._drawn(round(min(size.width(), size.height()) * scale), mode, state)
        picture = QPixmap.fromImage(drawn)
        picture.setDevicePixelRatio(scale)
        return picture

    def _drawn(self, pixels: int, mode: QIcon.Mode, state: QIcon.State) -> QImage:
        role, on, disabled = self._roles
        if mode == QIcon.Mode.Disabled:
            role = disabled
        elif state == QIcon.State.On:
            role = on
        return _image(self._name, getattr(theme.current().palette, role), max(pixels, 1))
