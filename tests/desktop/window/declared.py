"""A declaration with one parameter of every sort, for the tests of the controls."""

from __future__ import annotations

from typing import Annotated, Literal

from models.errors import ParameterError
from models.text import Text
from pipelines.frame import Frame
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Result


class EverySort(Parameters, frozen=True):
    sigma: Annotated[
        float,
        number(
            0.5, 8.0, step=0.1, unit="px", title=Text("Blur", "ぼかし"), help=Text("How soft.", "柔らかさ。")
        ),
    ] = 1.4
    cells: Annotated[int, number(3, 31, step=2, title=Text("Cells", "細胞数"))] = 5
    rate: Annotated[float, number(0.01, 10.0, unit="Hz", title=Text("Rate", "頻度"))] = 1.0
    form: Annotated[
        Literal["round", "square"],
        choice(
            title=Text("Form", "形"), titles={"round": Text("Round", "丸"), "square": Text("Square", "四角")}
        ),
    ] = "round"
    signed: Annotated[bool, switch(title=Text("With sign", "符号つき"))] = False
    corner: Annotated[float, number(0, 1, title=Text("Corner", "角"), when=("form", ("square",)))] = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.signed and self.cells > 21:
            raise ParameterError("Signed takes at most 21 cells.", "符号つきでは 21 個までです。")


class Sketch(Pipeline[EverySort]):
    name = "sketch"
    title = Text("Sketch", "素描")
    explanation = Text("One sees lines. They matter.", "線が見えます。大切なものです。")
    citation = "A. Author, “On lines”, 1980."
    kind = "classic"
    parameters = EverySort

    def process(self, frame: Frame, parameters: EverySort) -> Result:
        return Result(frame.image)


class Bare(Pipeline[Parameters]):
    name = "bare"
    title = Text("Bare", "素")
    explanation = Text("Nothing to set. It shows.", "設定はありません。表示します。")
    citation = "-"
    kind = "classic"

    def process(self, frame: Frame, parameters: Parameters) -> Result:
        return Result(frame.image)
