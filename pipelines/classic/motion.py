"""What moves, how fast and which way: optic flow, and the difference of two frames.

Source: T. Kroeger, R. Timofte, D. Dai and L. Van Gool, "Fast optical flow using dense inverse search", ECCV
2016; G. Farnebäck, "Two-frame motion estimation based on polynomial expansion", SCIA 2003.
"""

from __future__ import annotations

import functools
import math
from typing import Annotated, Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines import colour_wheel
from pipelines.filter_knobs import DIFFERENCES, gain_knob
from pipelines.flow.dense import Flow, Method
from pipelines.flow.former import Former, Pair
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Curve, Key, Lines, Plot, Reading, Result, Wheel
from pipelines.signs import BLUE, ORANGE, colours
from pipelines.status import Status

Floats = NDArray[np.float32]
STILL = 0.3
"""Pixels a frame below which nothing counts as moving: noise does as much."""
SPACING = 48
"""Pixels from one arrow to the next, and the length of one that moves as fast as the brightest."""
LONGEST = 2.0
"""Of that length: a fast picture must not become a thicket."""
HEAD, SPREAD = 0.35, math.radians(28)
"""How long an arrow's barbs are, as a share of its length, and how far they stand off it."""
SECTORS = 36
KEYS = (
    Key(Text("brighter than before", "前のフレームより明るい"), ORANGE),
    Key(Text("darker than before", "前のフレームより暗い"), BLUE),
)
ALONE = Text(
    "Motion needs two frames that follow each other; it is shown from the next one on.",
    "動きを求めるには続く 2 つのフレームが必要です。次のフレームから表示します。",
)


class MotionParameters(Parameters, frozen=True):
    """Flow by DIS, which is fast enough for a camera."""

    view: Annotated[
        Literal["flow", "difference"],
        choice(
            title=Text("Show", "表示"),
            titles={
                "flow": Text("optic flow", "オプティカルフロー"),
                "difference": Text("difference", "差分"),
            },
            help=Text(
                "Where every point went since the last frame, or only which pixels changed.",
                "前のフレームから各点がどこへ動いたか、または変化した画素だけを示します。",
            ),
        ),
    ] = "flow"
    method: Annotated[
        Method,
        choice(
            title=Text("Method", "方法"),
            titles={
                "dis-fast": Text("DIS, fast", "DIS（高速）"),
                "dis-medium": Text("DIS, finer", "DIS（精密）"),
                "farneback": Text("Farnebäck", "Farnebäck"),
            },
            help=Text(
                "DIS looks for patches from coarse to fine; Farnebäck fits a curved surface to each place.",
                "DIS は小領域を粗い解像度から順に探し、Farnebäck は各所に曲面を当てはめます。",
            ),
            when=("view", ("flow",)),
        ),
    ] = "dis-fast"
    brightest: Annotated[
        float,
        number(
            0.25,
            50.0,
            step=0.25,
            unit="px",
            title=Text("Brightest at", "最も明るい速さ"),
            help=Text(
                "Pixels a frame that are shown in full colour; a quarter of them is half as bright.",
                "1 フレームでこの画素数だけ動くと最も明るく示します。その 4 分の 1 なら半分の明るさです。",
            ),
            when=("view", ("flow",)),
        ),
    ] = 2.0
    arrows: Annotated[
        bool,
        switch(
            title=Text("Arrows", "矢印"),
            help=Text(
                "Draws an arrow every 48 pixels, longer where it is faster; one as long as that moves at "
                "“Brightest at”.",
                "48 画素ごとに矢印を描きます。速いほど長く、「最も明るい速さ」のとき 48 画素の長さです。",
            ),
            when=("view", ("flow",)),
        ),
    ] = False
    gain: Annotated[float, gain_knob(DIFFERENCES, when=("view", ("difference",)))] = 4.0


class Motion(Pipeline[MotionParameters]):
    """Pixels a frame of the source, also where frames were left out between two looks."""

    name = "motion"
    title = Text("Motion", "動き")
    explanation = Text(
        "Each point is looked for again in the next frame; its colour says in which direction it went, its "
        "brightness how fast. An area of the cortex, MT, does little else, and when one walks the whole "
        "field flows away from the place one is heading for.",
        "各点を次のフレームで探し直し、動いた方向を色で、速さを明るさで示します。"
        "大脳皮質の MT 野はほぼこのために働いており、歩くと視野全体が進む先から外へ流れるように動きます。",
    )
    citation = (
        "T. Kroeger, R. Timofte, D. Dai and L. Van Gool, Fast optical flow using dense inverse search, ECCV "
        "2016; G. Farnebäck, Two-frame motion estimation based on polynomial expansion, SCIA 2003; "
        "J. J. Gibson, The Perception of the Visual World, Houghton Mifflin (1950)."
    )
    kind = "classic"
    parameters = MotionParameters

    def __init__(self) -> None:
        self._former, self._flow = Former(), Flow()
        self._notice: Text | None = None

    def close(self) -> None:
        self._former = Former()

    def process(self, frame: Frame, parameters: MotionParameters) -> Result:
        grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY))
        pair = self._former.followed(frame, grey)
        self._notice = None if pair else ALONE
        if parameters.view == "difference":
            return _difference(grey, pair, parameters.gain)
        moved = self._flow.of(pair, parameters.method) if pair else np.zeros((*grey.shape, 2), np.float32)
        # pictures count rows downwards, directions go from the right over the top
        across, down = cv2.split(moved)
        speed, degrees = cv2.cartToPolar(across, np.negative(down), angleInDegrees=True)
        strength = cv2.convertScaleAbs(np.sqrt(speed), alpha=255 / parameters.brightest**0.5)
        levels = colour_wheel.levels_of(cast(Floats, degrees), 360)
        few = np.s_[::4, ::4]
        return Result(
            colour_wheel.painted(levels, cast(Image, strength)),
            (_arrows(moved, parameters.brightest),) if parameters.arrows else (),
            _readings(cast(Floats, speed[few]), cast(Floats, degrees[few])),
            wheel=_wheel(),
            plot=_plot(cast(Floats, speed[few]), cast(Floats, degrees[few])),
        )

    def status(self) -> Status | None:
        return Status(notice=self._notice)


def _difference(grey: Image, pair: Pair | None, gain: float) -> Result:
    before = pair.before if pair else grey
    levels = cv2.addWeighted(grey, gain / 2, before, -gain / 2, 128, dtype=cv2.CV_8U)
    share = 100 * float(np.mean(cv2.absdiff(grey, before) > CHANGE))
    changed = Reading("changed", Text("Changed pixels", "変化した画素"), share, "%", 1)
    picture = cast(Image, cv2.applyColorMap(levels, colours("both")))
    return Result(picture, readings=(changed,), legend=KEYS, signed=True)


CHANGE = 10
"""Levels by which a pixel must differ to count as changed: a camera's noise stays below."""


def _arrows(moved: Floats, brightest: float) -> Lines:
    """Of what moves, in a coarse grid: a shaft through its place, and two barbs at the tip."""
    few = moved[SPACING // 2 :: SPACING, SPACING // 2 :: SPACING]
    rows, columns = np.nonzero(np.hypot(few[..., 0], few[..., 1]) > STILL)
    middles = np.stack([columns, rows], 1) * SPACING + SPACING // 2 + 0.5
    steps = few[rows, columns] * (SPACING / brightest)
    steps *= np.minimum(1, LONGEST * SPACING / np.hypot(steps[:, :1], steps[:, 1:]))
    tips = middles + steps / 2
    barbs = [tips - HEAD * steps @ _turn(angle) for angle in (SPREAD, -SPREAD)]
    lines = [(middles - steps / 2, tips), *((tips, barb) for barb in barbs)]
    return Lines(np.concatenate([np.hstack(line) for line in lines]).astype(np.float32))


def _turn(angle: float) -> Floats:
    """(2, 2): turns rows of x, y by so many radians."""
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]], np.float32)


def _readings(speed: Floats, degrees: Floats) -> tuple[Reading, ...]:
    """How much moves, how fast, and which way on the whole."""
    moving = speed > STILL
    found = [Reading("moving", Text("Moving pixels", "動いている画素"), 100 * float(moving.mean()), "%", 1)]
    if moving.any():
        turn = np.radians(degrees[moving].astype(np.float64))
        vector = complex((speed[moving] * np.exp(1j * turn)).sum())
        found += [
            Reading(
                "speed",
                Text("Speed of what moves", "動いている部分の速さ"),
                float(np.median(speed[moving])),
                "px",
                1,
            ),
            Reading(
                "direction",
                Text("Main direction", "主な方向"),
                float(np.degrees(np.angle(vector)) % 360),
                "°",
            ),
        ]
    return tuple(found)


def _plot(speed: Floats, degrees: Floats) -> Plot:
    """How much of the picture moves in each direction, as a step for each sector."""
    moving = speed > STILL
    counts, edges = np.histogram(degrees[moving], SECTORS, (0, 360))
    share = 100 * counts / speed.size
    return Plot(
        Text("Directions of what moves (% of the pixels)", "動きの方向（画素の %）"),
        Text("direction (°): 0 right, 90 up", "方向（°）：0 は右、90 は上"),
        (Curve(Text("%", "%"), np.repeat(edges, 2)[1:-1], np.repeat(share, 2)),),
        (0.0, 360.0),
    )


@functools.cache
def _wheel() -> Wheel:
    return colour_wheel.wheel(Text("Direction of motion", "動きの方向"), 360)
