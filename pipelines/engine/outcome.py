"""What comes out of a lane: a result ready to be painted, or a failure in plain words."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from models.errors import FusiformError
from models.text import Text
from pipelines.engine.view import View
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.result import Result
from pipelines.status import Status


class Done(Struct, frozen=True, eq=False):
    """`milliseconds` is the pipeline's own time; `view` the picture as the screen wants it."""

    frame: Frame
    parameters: Parameters
    result: Result
    view: View
    milliseconds: float
    status: Status | None = None

    def same(self, other: Done) -> bool:
        """Whether they are about the same picture of the source."""
        return self.frame.same(other.frame)


class Failed(Struct, frozen=True, eq=False):
    """The lane rests, and tries again when its parameters change or after a pause."""

    frame: Frame
    text: Text
    cause: FusiformError | None = None
    """What the pipeline raised, where it was something that a person can mend."""


class Loading(Struct, frozen=True, eq=False):
    """The lane is not ready yet: it loads what its parameters ask for."""

    frame: Frame
    text: Text


Outcome: TypeAlias = Done | Failed | Loading


def failure(title: Text, error: BaseException) -> Text:
    """One sentence about what went wrong in the pipeline called `title`."""
    if isinstance(error, FusiformError):
        return error.text
    detail = in_words(error)
    return Text(
        f"{title.en} failed on this picture and will be tried again ({detail}).",
        f"{title.ja}はこの画像の処理に失敗しました。自動的に再試行します（{detail}）。",
    )


def in_words(error: BaseException) -> str:
    """Its type and its message on one line, even where the message itself cannot be made."""
    try:
        message = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - another package's error, which a lane must survive
        message = "?"
    return f"{type(error).__name__}: {message}"


def hung(title: Text, seconds: float) -> Text:
    return Text(
        f"{title.en} has not answered for {seconds:.0f} s; the other lanes go on. "
        "Change a parameter or choose another pipeline to start it afresh.",
        f"{title.ja}が {seconds:.0f} 秒間応答していません。他のレーンは動作を続けています。"
        "パラメータを変えるか、別のパイプラインを選ぶと再開します。",
    )


def loading(title: Text) -> Text:
    return Text(
        f"{title.en} loads what it needs.",
        f"{title.ja}に必要なものを読み込んでいます。",
    )


def crowded(title: Text) -> Text:
    """For a lane that hangs, or has not begun, while too many threads of its pipeline hang already."""
    return Text(
        f"{title.en} does not answer, and will be tried again when one of its earlier attempts has ended.",
        f"{title.ja}が応答しないため、以前の処理のどれかが終わり次第、自動的に再試行します。",
    )
