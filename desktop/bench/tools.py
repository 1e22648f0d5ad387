"""`tools/profile`: what the probe and the line profile cost the lane that they look at."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.bench.case import Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.bench.lanes import RATE, SIZE
from desktop.bench.opened_window import opened_window
from desktop.bench.painting import wait
from desktop.bench.pipelines import pictures
from desktop.bench.stream import LAST_MOMENT, Evenly
from desktop.window.lane_view import LaneView
from desktop.window.main_window import MainWindow
from pipelines.engine.outcome import Done, Outcome
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene

GOAL = Goal("ratio", ">=", 0.97)
WARM_UP = 2.0
"""Seconds of the stream that do not count: the plot's library is imported then."""
POINTER_MS = 50
"""The pointer moves on as often as this, as a hand does."""


def measure(name: str, effort: Effort) -> Iterator[Row]:
    """Frames of a lane with the line, its curve and a pointer that moves over it, against none of them."""
    with_tools, without = in_turns(
        partial(share_painted, effort.segment, tools=True),
        partial(share_painted, effort.segment, tools=False),
        effort.segments,
    )
    yield Row(name, "%", GOAL, statistics.median(with_tools), statistics.median(without))


def share_painted(seconds: float, *, tools: bool) -> float:
    """Percent of the frames of a stream that a lane paints in the whole window."""
    first = round(WARM_UP * RATE)
    count = first + max(1, round(seconds * RATE))
    painted: set[int] = set()
    dog = find("dog")

    def note(outcome: Outcome, _now: float) -> None:
        if isinstance(outcome, Done):
            painted.add(outcome.frame.number)

    with opened_window() as window:
        window.complete()
        window.session.play(Scene(lanes=(LaneScene(dog, dog.parameters()),)))
        view = window.wall.views[0]
        view.painted.connect(note)
        hand = _open_tools(window, view) if tools else None
        window.session.show(Evenly([frame.image for frame in pictures(SIZE, 8)], RATE, count))
        wait(count / RATE + LAST_MOMENT)
        if hand:
            hand.stop()
        view.painted.disconnect(note)
    return 100 * sum(number >= first for number in painted) / (count - first)


def _open_tools(window: MainWindow, view: LaneView) -> QTimer:
    window.chrome.profile.show(True)
    window.chrome.probe.show(True)
    hand = QTimer(view, interval=POINTER_MS)
    steps = iter(range(10**9))
    hand.timeout.connect(lambda: _point(view, next(steps)))
    hand.start()
    return hand


def _point(view: LaneView, step: int) -> None:
    """To and fro over the lane."""
    no = Qt.MouseButton.NoButton
    at = QPointF((step * 7) % max(1, view.width()), (step * 3) % max(1, view.height()))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, view.mapToGlobal(at), no, no, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)
