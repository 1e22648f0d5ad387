"""The base of every pipeline."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, Literal, TypeVar

from models.text import Text
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.result import Result
from pipelines.status import Status

Kind = Literal["classic", "neural"]
P = TypeVar("P", bound=Parameters)


class Nothing(Parameters, frozen=True):
    """For a pipeline without parameters."""


class Pipeline(ABC, Generic[P]):
    """Turns a frame and its parameters into a result; knows no thread and no window.

    One instance belongs to one lane and is used from that lane's thread only.
    """

    name: ClassVar[str]
    """Kebab-case and stable: scripts and scenes use it."""
    title: ClassVar[Text]
    explanation: ClassVar[Text]
    """Two sentences for a student: what one sees, and why it matters."""
    citation: ClassVar[str]
    """Where the method was first described."""
    kind: ClassVar[Kind]
    parameters: ClassVar[type[Parameters]] = Nothing
    detects: ClassVar[bool] = False
    """True where the boxes of the result are detections, for `fusiform detect`."""

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        """Why it cannot run on this machine, or `None` where it can. Cheap: imports nothing large."""
        return None

    def open(self, threads: int) -> None:
        """Load what it holds, on the lane's thread; `threads` is how many its libraries may use.

        Raises:
            FusiformError: it cannot run here; the sentence is shown in its lane.
        """

    def prepare(self, parameters: P) -> None:
        """Load what these parameters ask for; it may take a minute, and the lane says that it loads.

        Called on the lane's thread before `process` gets parameters that are new to it. Whoever calls
        `process` without it gets the same results, and waits there.

        Raises:
            FusiformError: it cannot be loaded.
        """

    @abstractmethod
    def process(self, frame: Frame, parameters: P) -> Result:
        """The result for one frame. `frame.image` is read-only; the result may not share its memory
        unless it is the picture itself. The same input gives the same output."""

    def status(self) -> Status | None:
        """How it did the last frame; asked on the lane's thread, after `process`."""
        return None

    def close(self) -> None:
        """Let go of what `open` loaded; may be called twice."""
