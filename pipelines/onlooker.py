"""The base of pipelines that look at what other lanes made of the same frame."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar

from msgspec import Struct

from models.errors import PipelineError
from models.text import Text
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.pipeline import Pipeline
from pipelines.result import Result

P = TypeVar("P", bound=Parameters)
CAMERA = Text("camera's picture", "カメラ画像")
ALONE = Text(
    "This view compares what other lanes show; it is for the window, where there are others.",
    "これはほかのレーンの表示を比べるものです。複数のレーンがあるウィンドウで使ってください。",
)


def numbered(place: int, title: Text) -> Text:
    """What the lane in this place, from 0, is called among the others."""
    return Text(f"{place + 1} {title.en}", f"{place + 1} {title.ja}")


class Seen(Struct, frozen=True, eq=False):
    """What one of the others has made of the frame: the lane in this place, from 0, or `None` for the camera;
    what it is called; its result, or why there is none."""

    place: int | None
    title: Text
    result: Result | Text

    @staticmethod
    def camera(frame: Frame) -> Seen:
        """The frame itself, in place of a lane."""
        return Seen(None, CAMERA, Result(frame.image))

    @property
    def name(self) -> Text:
        """With the number of the lane, from 1."""
        return self.title if self.place is None else numbered(self.place, self.title)


class Onlooker(Pipeline[P]):
    """It is given a frame when all that it looks at have finished with it, and never another lane's work on
    another frame. It costs them nothing."""

    @classmethod
    @abstractmethod
    def looks_at(
        cls, parameters: P, lanes: Sequence[type[Pipeline[Any]]], own: int
    ) -> tuple[int | None, ...]:
        """Which of these lanes, by their places from 0, it being in place `own` itself; `None` is the
        camera's picture.

        Raises:
            PipelineError: what the parameters ask for is not there; the sentence is shown in its lane.
        """

    @abstractmethod
    def compare(self, frame: Frame, seen: tuple[Seen, ...], parameters: P) -> Result:
        """The result for one frame; `seen` in the order in which `looks_at` has named them. The same input
        gives the same output.

        Raises:
            PipelineError: one of them has no result, or none that can be compared.
        """

    def process(self, frame: Frame, parameters: P) -> Result:
        """Raises `PipelineError`: by itself it has nothing to look at."""
        raise PipelineError(ALONE.en, ALONE.ja)
