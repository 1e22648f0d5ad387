"""A laboratory's stimulus as a source: exact in time, and set while it plays."""

from __future__ import annotations

from msgspec import Struct

from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.parameters import Parameters
from pipelines.sources.playback import Move
from pipelines.sources.query import written
from pipelines.sources.source import Read
from pipelines.sources.steady import Steady
from pipelines.stimulus import AnyStimulus, Motion
from pipelines.visual_field.knobs import Turning

RATE = 60
"""Frames a second: what most screens show, so that nothing that drifts jerks."""
SIZE = (720, 720)
"""Square, so that a cycle is as long across as down; many whole numbers of cycles fit evenly."""
ENDLESS = 0


class _Course(Struct, frozen=True):
    """Parameters since frame `since`, to which the stimulus had come by `motion`."""

    parameters: Parameters
    motion: Motion = Motion()
    since: int = 0

    def at(self, position: int) -> Motion:
        """How far it has come at a frame."""
        return self.motion.after(self.parameters, (position - self.since) / RATE)

    def seen(self, position: int) -> Parameters:
        """The parameters of what is seen at a frame: while it turns, the orientation goes on."""
        if not isinstance(self.parameters, Turning) or not self.parameters.turn:
            return self.parameters
        orientation = (self.parameters.orientation + self.at(position).turned) % 360
        return self.parameters.changed(orientation=round(orientation, 1))


class StimulusSource(Steady):
    """720 × 720 at 60 frames a second, without an end. Frame n shows it n / 60 s after its beginning.

    Where its parameters are changed while it plays, it goes on from where it is.
    """

    def __init__(
        self, stimulus: type[AnyStimulus], parameters: Parameters, *, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        super().__init__(rate=RATE, length=ENDLESS, clock=clock, live=True, loop=True)
        self._stimulus = stimulus
        self._course = _Course(parameters)

    @property
    def address(self) -> str:
        return f"stimulus:{self._stimulus.name}{written(self.parameters)}"

    @property
    def title(self) -> Text:
        return self._stimulus.title

    @property
    def detail(self) -> Text:
        return plain(f"{SIZE[0]} × {SIZE[1]} · {RATE} fps")

    @property
    def explanation(self) -> Text:
        return self._stimulus.explanation

    @property
    def citation(self) -> str:
        return self._stimulus.citation

    @property
    def parameters(self) -> Parameters:
        return self._course.seen(self._position)

    def adjust(self, **values: object) -> None:
        with self._asking:
            position, course = self._position, self._course
            parameters = course.seen(position).changed(**values)
            motion = course.at(position)
            drifted = self._stimulus.folded(course.parameters, motion.drifted, SIZE)
            # what it has turned by is in the orientation that is seen
            here = Motion(drifted, 0.0, motion.reversed % 2, motion.seconds)
            self._course = _Course(parameters, here, position)
            if self._paused:
                self._asked = self._asked or Move(to=None)  # the same frame again
        self._wake.set()

    def _shown(self, turn: int) -> Read:
        course = self._course
        return self._frame(self._stimulus.picture(course.parameters, course.at(turn), SIZE), turn)

    def _target(self, asked: Move) -> int:
        return max(0, (self._position if asked.to is None else asked.to) + asked.by)
