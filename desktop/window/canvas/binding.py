"""Joins a source that a person draws to the pictures that it is drawn in, its toolbar and its pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.window.actions import ActionSet
from desktop.window.adjust_binding import AdjustBinding
from desktop.window.canvas.hand import Hand
from desktop.window.canvas.pad import Pad
from desktop.window.canvas.toolbar import CanvasBar
from desktop.window.lane_view import LaneView
from desktop.window.session import Session
from pipelines.distortions.geometry import untouched
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Outcome
from pipelines.sources.canvas import CanvasParameters
from pipelines.sources.source import Drawable

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

LOOK_MS = 250
"""How often it is looked which pictures show the drawing as it is."""
PAD_SHARE = 0.36
"""Of the window's height: as much of the page is seen at once, also where the text is large."""


class CanvasBinding(QObject):
    """A lane is drawn in where its result has the drawing's size. If none has, the page has a pad."""

    def __init__(
        self, window: MainWindow, session: Session, adjustments: AdjustBinding, actions: ActionSet
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._undo, self._clear = actions["undo"], actions["clear"]
        self._hands: dict[LaneView, Hand] = {}
        self.toolbar, self.pad = CanvasBar(actions), Pad()
        self.toolbar.brush_chosen.connect(lambda pixels: session.adjust(brush=pixels))
        self.toolbar.ink_chosen.connect(lambda ink: session.adjust(ink=ink))
        adjustments.page.show_above(self.pad)
        self._pad_hand = Hand(self.pad, self.pad)
        self._listen(self._pad_hand)
        session.source_changed.connect(self.meet_source)
        session.source_adjusted.connect(self._show)
        session.lanes_changed.connect(self._watch_views)
        session.outcome.connect(self._feed_pad)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._watch_views()

    def meet_source(self) -> None:
        """Another source plays."""
        drawn = self._session.drawable is not None
        self.toolbar.setVisible(drawn)
        if drawn:
            self._clock.start()
        else:
            self._clock.stop()
        self._show()
        self._look()

    def undo(self) -> None:
        """Take back the last stroke."""
        if canvas := self._session.drawable:
            self._let_go_on()
            canvas.undo()
            self._look()

    def clear(self) -> None:
        """Take everything away."""
        if canvas := self._session.drawable:
            self._let_go_on()
            canvas.clear()
            self._look()

    # --- drawing

    def _listen(self, hand: Hand) -> None:
        hand.begun.connect(self._begin)
        hand.moved.connect(self._go_on)
        hand.ended.connect(self._end)

    def _begin(self, pen: object, x: float, y: float) -> None:
        if canvas := self._session.drawable:
            self._let_go_on()
            canvas.begin(pen, *self._on_sheet(canvas, x, y))
            self._look()

    def _go_on(self, pen: object, x: float, y: float) -> None:
        if canvas := self._session.drawable:
            canvas.go_on(pen, *self._on_sheet(canvas, x, y))

    def _end(self, pen: object) -> None:
        if canvas := self._session.drawable:
            canvas.end(pen)

    def _let_go_on(self) -> None:
        """Who draws in a frozen picture wants to see it."""
        if self._session.frozen:
            self._session.freeze(False)

    def _on_sheet(self, canvas: Drawable, x: float, y: float) -> tuple[float, float]:
        """Where it is drawn so that it is seen there, also in a picture that is turned or shrunk."""
        distortions = self._session.distortions
        return untouched((x, y), canvas.size, distortions.rotation, distortions.scale)

    # --- what is shown

    def _watch_views(self) -> None:
        former = self._hands
        self._hands = {view: former.get(view) or self._hand(view) for view in self._window.wall.views}

    def _hand(self, view: LaneView) -> Hand:
        hand = Hand(view, view)
        self._listen(hand)
        return hand

    def _look(self) -> None:
        """Which pictures can be drawn in now, and what can be taken back."""
        canvas = self._session.drawable
        self.pad.keep_within(round(self._window.height() * PAD_SHARE))
        for view, hand in self._hands.items():
            hand.invited = canvas is not None and view.picture_size() == canvas.size
            view.invite_to_draw(hand.invited)
        if canvas is None or any(view.done for view in self._hands):  # until then it stays as it is
            invited = any(hand.invited for hand in self._hands.values())
            self._show_pad(canvas is not None and not invited)
        self._undo.setEnabled(canvas is not None and canvas.undoable)
        self._clear.setEnabled(canvas is not None and not canvas.blank)
        self.toolbar.show_blank(canvas is not None and canvas.blank)

    def _show_pad(self, needed: bool) -> None:
        if needed != self._pad_hand.invited:
            self._pad_hand.invited = needed
            self.pad.setVisible(needed)
            if needed:
                self._window.show_page("source", True)

    def _feed_pad(self, _lane: Lane, outcome: Outcome) -> None:
        if self._pad_hand.invited:
            self.pad.show_image(outcome.frame.image)

    def _show(self) -> None:
        adjustable = self._session.adjustable
        if adjustable and isinstance(adjustable.parameters, CanvasParameters):
            self.toolbar.show_parameters(adjustable.parameters)
