"""What comes out of a lane: a result ready to be painted, or a failure in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from models.errors import FusiformError, PipelineError
from models.text import Text
from pipelines.engine.view import View
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.result import Result


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """`milliseconds` is the pipeline's own time; `view` the picture as the screen wants it."""

    frame: Frame
    parameters: Parameters
    result: Result
    view: View
    milliseconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Failed:
    """The lane rests, and tries again when its parameters change or after a pause."""

    frame: Frame
    text: Text


Outcome: TypeAlias = Done | Failed


def checked(result: object) -> Result:
    """`result`, if it is one that can be shown.

    Raises:
        PipelineError: of another type, or with a picture of another type or shape.
    """
    if not isinstance(result, Result):
        raise _nonsense(type(result).__name__)
    picture = result.picture
    if not isinstance(picture, np.ndarray) or picture.dtype != np.uint8:
        raise _nonsense(str(getattr(picture, "dtype", type(picture).__name__)))
    if picture.size == 0 or not (picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] == 3)):
        raise _nonsense(" × ".join(map(str, picture.shape)))
    return result


def failure(title: Text, error: Exception) -> Text:
    """One sentence about what went wrong in the pipeline called `title`."""
    if isinstance(error, FusiformError):
        return error.text
    detail = f"{type(error).__name__}: {error}"
    return Text(
        f"{title.en} failed on this picture and will be tried again ({detail}).",
        f"{title.ja}はこの画像の処理に失敗しました。自動的に再試行します（{detail}）。",
    )


def hung(title: Text, seconds: float) -> Text:
    return Text(
        f"{title.en} has not answered for {seconds:.0f} s; the other lanes go on. "
        "Change a parameter or choose another pipeline to start it afresh.",
        f"{title.ja}が {seconds:.0f} 秒間応答していません。他のレーンは動作を続けています。"
        "パラメータを変えるか、別のパイプラインを選ぶと再開します。",
    )


def _nonsense(what: str) -> PipelineError:
    return PipelineError(
        f"The pipeline returned something that is no picture ({what}); it will be tried again.",
        f"パイプラインが画像ではないもの（{what}）を返しました。自動的に再試行します。",
    )
