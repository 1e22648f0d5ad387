"""Where places of the frame are in a lane, and which are under a place of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from desktop.window.lane_view import LaneView
from pipelines.places import Area

Share = tuple[float, float]
"""Percent of the frame's width and height."""


def area_of(view: LaneView) -> Area | None:
    """The part of the lane's picture that shows the frame; `None` where none does, or nothing is shown."""
    done = view.done
    return done.result.area_of(done.frame.size) if done else None


def share_at(view: LaneView, at: QPointF) -> Share | None:
    """The place of the frame under a place of the lane, perhaps beside the frame."""
    area, point = area_of(view), view.pick(at)
    if area is None or point is None:
        return None
    x, y = area.to_frame(*point)
    return 100 * x / area.frame[0], 100 * y / area.frame[1]


def place_of(view: LaneView, share: Share) -> QPointF | None:
    """Where a place of the frame is in the lane, perhaps out of sight."""
    area, framing = area_of(view), view.framing()
    if area is None or framing is None:
        return None
    point = area.to_picture(share[0] / 100 * area.frame[0], share[1] / 100 * area.frame[1])
    return QPointF(*framing.place(*point)) / view.devicePixelRatioF()


def is_within(share: Share) -> bool:
    """Whether it is a place of the frame at all."""
    return 0 <= share[0] < 100 and 0 <= share[1] < 100
