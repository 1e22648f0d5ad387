"""One moment of what is on screen: taken on the window's thread, painted on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.window.lane_painting import LaneLook, paint_lane
from desktop.window.lane_picture import LanePicture
from desktop.window.lane_view import LaneView
from desktop.window.wall import Wall

LARGEST = (1920, 1200)
"""Pixels that a slide program and one core can take; a larger screen is recorded smaller."""


class Overlay(NamedTuple):
    """Words or figures that lie over the pictures, as they looked last; `at` in device pixels."""

    at: QPoint
    image: QImage


class LaneScreen(NamedTuple):
    """A lane in what is recorded, `at` in device pixels."""

    view: LaneView
    at: QPoint
    overlays: tuple[Overlay, ...]


class Screen(NamedTuple):
    """What lies around and over the pictures: it changes seldom, and is looked at a few times a second."""

    size: QSize
    """In device pixels."""
    ground: QColor
    lanes: tuple[LaneScreen, ...]
    overlays: tuple[Overlay, ...]


class LaneMoment(NamedTuple):
    """The newest picture of a lane, and how it is seen."""

    picture: LanePicture | None
    look: LaneLook


class Moment(NamedTuple):
    """All that is needed to paint it, and nothing that changes any more."""

    screen: Screen
    lanes: tuple[LaneMoment, ...]


def look_at(wall: Wall, views: Sequence[LaneView]) -> Screen:
    """Where these views are, and what lies over them. On the window's thread."""
    ratio = wall.devicePixelRatioF()
    area = QRect()
    for view in views:
        area = area.united(view.geometry())
    lanes = tuple(
        LaneScreen(view, (view.pos() - area.topLeft()) * ratio, tuple(_over(view, ratio, QPoint(0, 0))))
        for view in views
    )
    over = _over(wall, ratio, QPoint(0, 0) - area.topLeft(), wall.views)
    return Screen(_device(area.size(), ratio), theme.current().colour("ground"), lanes, tuple(over))


def moment_of(screen: Screen) -> Moment:
    """With what is shown now. On the window's thread."""
    return Moment(screen, tuple(LaneMoment(lane.view.picture, lane.view.look()) for lane in screen.lanes))


def room_for(size: QSize) -> tuple[int, int]:
    """The (width, height) of the video of a screen of this size: even, and not too large."""
    shrink = min(1.0, LARGEST[0] / size.width(), LARGEST[1] / size.height())
    width, height = (max(2, round(side * shrink)) for side in (size.width(), size.height()))
    return width + width % 2, height + height % 2


def painted(moment: Moment, room: tuple[int, int]) -> NDArray[np.uint8]:
    """(height, width, 4) B, G, R and a byte that counts for nothing, in the size of `room`. On any thread."""
    screen = moment.screen
    pixels = np.empty((screen.size.height(), screen.size.width(), 4), np.uint8)
    canvas = QImage(
        pixels.data, screen.size.width(), screen.size.height(), pixels.strides[0], QImage.Format.Format_RGB32
    )
    canvas.fill(screen.ground)
    with QPainter(canvas) as painter:
        for lane, shown in zip(screen.lanes, moment.lanes, strict=True):
            painter.save()
            painter.translate(lane.at)
            painter.setClipRect(0, 0, shown.look.viewport.width, shown.look.viewport.height)
            paint_lane(painter, shown.picture, shown.look)
            _lay(painter, lane.overlays)
            painter.restore()
        _lay(painter, screen.overlays)
    return _fitted(pixels, room, screen.ground)


def _lay(painter: QPainter, overlays: Sequence[Overlay]) -> None:
    for overlay in overlays:
        painter.drawImage(overlay.at, overlay.image)


def _over(
    parent: QWidget, ratio: float, shift: QPoint, pictures: Sequence[QWidget] = ()
) -> Iterator[Overlay]:
    """The widgets in `parent`, from the bottom up, but for the `pictures`."""
    for child in parent.children():
        if isinstance(child, QWidget) and child.isVisible() and child not in pictures:
            yield Overlay((child.pos() + shift) * ratio, _image_of(child, ratio))


def _image_of(widget: QWidget, ratio: float) -> QImage:
    size = _device(widget.size(), ratio)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.scale(ratio, ratio)
        widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def _device(size: QSize, ratio: float) -> QSize:
    return QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))


def _fitted(pixels: NDArray[np.uint8], room: tuple[int, int], ground: QColor) -> NDArray[np.uint8]:
    """As large as there is room for, in the middle: the window may have another shape than it began with."""
    height, width = pixels.shape[:2]
    if (width, height) == room:
        return pixels
    shrink = min(room[0] / width, room[1] / height)
    size = (min(room[0], round(width * shrink)), min(room[1], round(height * shrink)))
    if 0 <= room[0] - width <= 1 and 0 <= room[1] - height <= 1:
        size, scaled = (width, height), pixels  # only filled up to even sides
    else:
        way = cv2.INTER_AREA if shrink < 1 else cv2.INTER_LINEAR
        scaled = cv2.resize(pixels, size, interpolation=way).astype(np.uint8, copy=False)
    left, top = (room[0] - size[0]) // 2, (room[1] - size[1]) // 2
    right, below = room[0] - size[0] - left, room[1] - size[1] - top
    colour = (ground.blue(), ground.green(), ground.red(), 255)
    filled = cv2.copyMakeBorder(scaled, top, below, left, right, cv2.BORDER_CONSTANT, value=colour)
    return filled.astype(np.uint8, copy=False)
