"""The base of every detector: what all of them can do with what they find."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal, TypeVar, final

from models.text import Text
from pipelines.frame import Frame
from pipelines.parameters import Parameters, choice, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Result

Anonymise = Literal["off", "blur", "pixels"]


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
    anonymise: Annotated[
        Anonymise,
        choice(
            title=Text("Anonymise", "匿名化"),
            titles={
                "off": Text("Off", "なし"),
                "blur": Text("Blur", "ぼかし"),
                "pixels": Text("Pixels", "モザイク"),
            },
            help=Text(
                "Hides what is found, here and in all that is saved of this picture. "
                "A face that is not found stays visible.",
                "見つけたものを、この画面でも保存する画像でも隠します。検出できなかった顔は隠れません。",
            ),
        ),
    ] = "off"


D = TypeVar("D", bound=DetectorParameters)


class Detector(Pipeline[D]):
    """Finds things; following and hiding them is the same for all, and done here."""

    detects = True

    @abstractmethod
    def find(self, frame: Frame, parameters: D) -> Result:
        """What `process` is for other pipelines; the boxes of role "first" are what was looked for."""

    @final
    def process(self, frame: Frame, parameters: D) -> Result:
        return self.find(frame, parameters)
