"""The built-in demo: real pictures in slow motion, for where there is no camera."""

from __future__ import annotations

from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.sources import demo_reel
from pipelines.sources.source import Read
from pipelines.sources.steady import Steady


class Demo(Steady):
    """1280 × 720 at 30 frames a second, the same every time: a face, a cat, a cup, textures.

    Frames carry the true place of the face; while one picture fades into the next, a face does not count.
    """

    address = "demo:"
    title = Text("Demo (no camera needed)", "デモ（カメラ不要）")
    detail = plain(f"{demo_reel.SIZE[0]} × {demo_reel.SIZE[1]} · {demo_reel.RATE} fps")

    def __init__(self, *, live: bool = True, loop: bool = True, clock: Clock = SYSTEM_CLOCK) -> None:
        super().__init__(rate=demo_reel.RATE, length=demo_reel.LENGTH, clock=clock, live=live, loop=loop)

    def _shown(self, turn: int) -> Read:
        position = turn % self._length
        image, truth = demo_reel.frame(position)
        return self._frame(image, position, truth)
