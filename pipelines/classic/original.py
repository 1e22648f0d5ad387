"""The picture as it came.

Source: R. C. Gonzalez and R. E. Woods, "Digital Image Processing", 4th ed., Pearson (2018), section 2.4.
"""

from __future__ import annotations

from models.text import Text
from pipelines.frame import Frame
from pipelines.pipeline import Nothing, Pipeline
from pipelines.result import Reading, Result


class Original(Pipeline[Nothing]):
    """The frame's own picture, not a copy, and its size."""

    name = "original"
    title = Text("Original", "原画像")
    explanation = Text(
        "This is the picture as the camera delivers it: for every pixel three numbers from 0 to 255, for "
        "blue, green and red. Everything that the other views show is computed from these numbers alone.",
        "カメラから届いたままの画像で、画素ごとに青・緑・赤の 3 つの数（0〜255）が並んでいます。"
        "ほかの表示に現れるものは、すべてこの数だけから計算されます。",
    )
    citation = (
        "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., Pearson (2018), section 2.4."
    )
    kind = "classic"

    def process(self, frame: Frame, parameters: Nothing) -> Result:
        width, height = frame.size
        return Result(
            frame.image,
            readings=(
                Reading("width", Text("Width", "幅"), width, "px"),
                Reading("height", Text("Height", "高さ"), height, "px"),
            ),
        )
