"""A sheet that a person draws on."""

from __future__ import annotations

import threading
from typing import Annotated, Literal, cast

import cv2

from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number
from pipelines.sources.canvas_sheet import Sheet
from pipelines.sources.query import written
from pipelines.sources.source import End, Read

SIZE = (560, 560)
"""Twenty pixels for each of the 28 that networks for digits look at."""
BEATS = 10
"""Deliveries a second of a drawing that stands still, so that every lane always has a fresh frame."""
FASTEST = 60
"""Frames a second while it is drawn: pens tell more often where they are."""


class CanvasParameters(Parameters, frozen=True):
    brush: Annotated[
        int,
        number(
            4,
            100,
            step=2,
            unit="px",
            title=Text("Brush", "ペンの太さ"),
            help=Text(
                "Diameter of the brush in pixels of the picture, for what is drawn from now on. "
                "Digits that networks learnt from are about 50 wide.",
                "これから描く線の太さ（画像の画素数）です。"
                "ネットワークが学習した数字の線は、約 50 画素にあたります。",
            ),
        ),
    ] = 48
    ink: Annotated[
        Literal["black", "white"],
        choice(
            title=Text("Ink", "インク"),
            titles={
                "black": Text("Black on white", "白地に黒"),
                "white": Text("White on black", "黒地に白"),
            },
            help=Text(
                "Networks for digits, like LeNet-5 on MNIST, have learnt from white on black.",
                "MNIST で学習した LeNet-5 のような数字のネットワークは、黒地に白で学習しています。",
            ),
        ),
    ] = "black"


class Canvas:
    """560 × 560. A frame for every change, at once; one every 100 ms while nothing changes."""

    title = Text("Canvas", "手書きキャンバス")
    detail = plain(f"{SIZE[0]} × {SIZE[1]}")
    explanation = Text(
        "Draw with mouse, pen or finger, in any picture that shows the drawing. "
        "Every lane sees each stroke at once: how much can be changed before a digit becomes another one?",
        "描いた絵が映っている画面に、マウス、ペン、指で描けます。線を引くと、すべてのレーンにすぐ反映されます。"
        "どこまで変えると別の数字に見えるでしょうか。",
    )
    citation = ""
    size = SIZE

    def __init__(self, parameters: CanvasParameters | None = None, *, clock: Clock = SYSTEM_CLOCK) -> None:
        self._parameters = parameters or CanvasParameters()
        self._clock = clock
        self._sheet = Sheet(SIZE)
        self._drawing = threading.Lock()
        """Held whenever the sheet is used."""
        self._changed = threading.Event()
        self._closed = threading.Event()
        self._number = 0
        self._last = clock.now() - 1 / BEATS

    # --- from any thread

    @property
    def address(self) -> str:
        return f"canvas:{written(self._parameters)}"

    @property
    def parameters(self) -> Parameters:
        return self._parameters

    def adjust(self, **values: object) -> None:
        self._parameters = self._parameters.changed(**values)
        self._changed.set()

    @property
    def undoable(self) -> bool:
        return self._sheet.undoable

    @property
    def blank(self) -> bool:
        with self._drawing:
            return self._sheet.blank

    def begin(self, pen: object, x: float, y: float) -> None:
        with self._drawing:
            self._sheet.begin(pen, (x, y), self._parameters.brush)
        self._changed.set()

    def go_on(self, pen: object, x: float, y: float) -> None:
        with self._drawing:
            moved = self._sheet.go_on(pen, (x, y))
        if moved:
            self._changed.set()

    def end(self, pen: object) -> None:
        with self._drawing:
            self._sheet.end(pen)

    def undo(self) -> None:
        with self._drawing:
            self._sheet.undo()
        self._changed.set()

    def clear(self) -> None:
        with self._drawing:
            self._sheet.clear()
        self._changed.set()

    def close(self) -> None:
        self._closed.set()
        self._changed.set()

    # --- on the reading thread

    def read(self) -> Read:
        self._clock.wait(self._changed, self._last + 1 / BEATS - self._clock.now())
        self._clock.wait(self._closed, self._last + 1 / FASTEST - self._clock.now())
        if self._closed.is_set():
            return End()
        self._changed.clear()  # before it is looked at: what is drawn meanwhile is not lost
        self._last = self._clock.now()
        frame = Frame.of(self._picture(), self._number, self._last)
        self._number += 1
        return frame

    def _picture(self) -> Image:
        with self._drawing:
            ink = self._sheet.ink.copy()
        grey = ink if self._parameters.ink == "white" else ~ink
        return cast(Image, cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
