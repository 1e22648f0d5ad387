"""The base of every detector: what all of them can do with what they find."""

from __future__ import annotations

from abc import abstractmethod
from itertools import count
from typing import Annotated, ClassVar, Literal, TypeGuard, TypeVar, final

from msgspec.structs import replace

from models.text import Text
from pipelines.covering import covered
from pipelines.frame import Frame
from pipelines.parameters import Parameters, choice, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Box, Mark, Result
from pipelines.tracking.continuity import readings, total
from pipelines.tracking.people import places
from pipelines.tracking.story import Story

Anonymise = Literal["off", "blur", "pixels"]

Hiding = Annotated[
    Anonymise,
    choice(
        title=Text("Anonymise", "匿名化"),
        titles={
            "off": Text("Off", "なし"),
            "blur": Text("Blur", "ぼかし"),
            "pixels": Text("Pixels", "モザイク"),
        },
        help=Text(
            "Hides who is found, here and in all that is saved of this picture. "
            "Who is not found stays visible.",
            "見つけた人を、この画面でも保存する画像でも隠します。検出できなかった人は隠れません。",
        ),
    ),
]


class DetectorParameters(Parameters, frozen=True):
    """A detector's own parameters are derived from these and stand above them in the panel."""

    track: Annotated[
        bool,
        switch(
            title=Text("Track", "追跡"),
            help=Text(
                "What is found keeps its number and colour from frame to frame; what is lost leaves a grey "
                "outline for a moment. Continuity is the share of frames in which it was really found.",
                "見つけたものの番号と色をフレーム間で保ち、見失ったものは灰色の枠で少しの間だけ示します。"
                "継続率は、実際に検出できたフレームの割合です。",
            ),
        ),
    ] = False
    anonymise: Hiding = "off"


D = TypeVar("D", bound=DetectorParameters)


class Detector(Pipeline[D]):
    """Finds things; following and hiding them is the same for all, and done here."""

    detects = True
    shows_people: ClassVar[frozenset[str] | None] = None
    """Labels of what is hidden; `None`: all that it finds."""
    _story = Story()

    @abstractmethod
    def find(self, frame: Frame, parameters: D) -> Result:
        """What `process` is for other pipelines. Boxes of the role "first" are what was looked for."""

    @final
    def process(self, frame: Frame, parameters: D) -> Result:
        result = self.find(frame, parameters)
        if not parameters.track and parameters.anonymise == "off":
            self._story = Story()
            return result
        height, width = result.picture.shape[:2]
        found = [mark for mark in result.marks if _is_found(mark)]
        self._story = self._story.told(frame, found, (width, height))
        if parameters.anonymise != "off":
            somebody = places(found, self._story.now.tracks, self.shows_people)
            picture = covered(result.picture, somebody, parameters.anonymise)
            result = replace(result, picture=picture)
        return self._followed(result) if parameters.track else result

    def _followed(self, result: Result) -> Result:
        """With a number on all that is known, outlines where it is lost, and what was counted."""
        tracks = self._story.now.tracks
        numbers, places = tracks.numbers(), count()
        marks = [
            replace(mark, identity=numbers.get(next(places))) if _is_found(mark) else mark
            for mark in result.marks
        ]
        counts = readings(total(self._story.now.counts))
        return replace(result, marks=(*tracks.ghosts(), *marks), readings=(*result.readings, *counts))


def _is_found(mark: Mark) -> TypeGuard[Box]:
    return isinstance(mark, Box) and mark.role == "first"
