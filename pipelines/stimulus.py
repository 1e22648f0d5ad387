"""The base of every stimulus: what a laboratory shows, drawn from its parameters and the time alone."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Any, ClassVar, Generic, TypeVar, cast, final

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Image
from pipelines.parameters import Parameters
from pipelines.visual_field.knobs import Drifting, Light, Reversing, Turning
from pipelines.visual_field.plane import Size

GREY = 127.5
"""The level in the middle of 0 to 255."""
P = TypeVar("P", bound=Parameters)


class Family(IntEnum):
    """What stimuli are shown for, in the order of a lesson."""

    ORIENTATION = 0
    MOTION = 1
    BRIGHTNESS = 2
    FORM = 3


def tones(contrast: float, polarity: Light) -> tuple[float, float]:
    """The levels of figure and ground with Michelson's contrast between them, equally far from grey."""
    light, dark = GREY * (1 + contrast), GREY * (1 - contrast)
    return (light, dark) if polarity == "light" else (dark, light)


class Motion(Struct, frozen=True):
    """How far a stimulus has come: drifted in the unit of its speed, turned in degrees, reversed so many
    times, and for how many seconds it has played.
    """

    drifted: float = 0.0
    turned: float = 0.0
    reversed: float = 0.0
    seconds: float = 0.0

    def after(self, parameters: Parameters, seconds: float) -> Motion:
        """So many seconds later, or earlier where they are negative, with these parameters all the time."""
        speed = parameters.speed if isinstance(parameters, Drifting) else 0.0
        turn = parameters.turn if isinstance(parameters, Turning) else 0.0
        reversals = parameters.reversals if isinstance(parameters, Reversing) else 0.0
        return Motion(
            self.drifted + speed * seconds,
            self.turned + turn * seconds,
            self.reversed + reversals * seconds,
            self.seconds + seconds,
        )

    @property
    def sign(self) -> int:
        """1, or -1 while light and dark have changed places."""
        return -1 if math.floor(self.reversed) % 2 else 1


class Stimulus(ABC, Generic[P]):
    """A picture for each moment; never an instance, for there is nothing to keep."""

    name: ClassVar[str]
    """Kebab-case and stable: addresses and scenes use it, and its icon is called like this."""
    title: ClassVar[Text]
    explanation: ClassVar[Text]
    """Two sentences for a student: what it is, and what it is shown for."""
    citation: ClassVar[str]
    """Who showed it, and where that is described."""
    parameters: ClassVar[type[Parameters]]
    family: ClassVar[Family]
    place: ClassVar[int]
    """Among its family, from 0: simple ones first. What has the same one stands by its name."""

    @classmethod
    @abstractmethod
    def levels(cls, parameters: P, motion: Motion, size: Size) -> NDArray[np.float32]:
        """(h, w), 0 to 255, linear in light; `size` is (width, height). The same input gives the same."""

    @classmethod
    def folded(cls, parameters: P, drifted: float, size: Size) -> float:
        """The shortest drift after which it looks as after `drifted`: none where a drift is not seen."""
        return 0.0

    @classmethod
    @final
    def picture(cls, parameters: P, motion: Motion, size: Size) -> Image:
        """(h, w, 3) uint8 BGR in grey: the levels, rounded to the nearest."""
        rounded = cv2.convertScaleAbs(cls.levels(parameters, motion, size))
        return cast(Image, cv2.cvtColor(rounded, cv2.COLOR_GRAY2BGR))


AnyStimulus = Stimulus[Any]
