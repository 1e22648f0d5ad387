"""A detector that is put to the test."""

from __future__ import annotations

import logging
from typing import Any, TypeGuard

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from models.errors import FusiformError, PipelineError
from models.text import Text
from pipelines.contest.side import CONTEST
from pipelines.engine.check import checked
from pipelines.engine.outcome import in_words
from pipelines.frame import Frame
from pipelines.parameters import Parameters, Spec
from pipelines.registry import AnyPipeline, discover
from pipelines.result import Box, Mark

log = logging.getLogger(__name__)
CLASSIC, LEARNED = "haar-faces", "cnn-faces"
PLAIN: dict[str, object] = {"track": False, "anonymise": "off"}
STRICT = 12
"""Neighbours that a second cascade asks for where nothing else is there to be compared."""


class Contender(Struct, frozen=True):
    """A pipeline that detects, and its settings."""

    pipeline: type[AnyPipeline]
    parameters: Parameters

    @property
    def title(self) -> Text:
        """The pipeline's title, and what is set otherwise than by default."""
        set_ = [_setting(self.pipeline.parameters.spec(name), value) for name, value in self._set().items()]
        if not set_:
            return self.pipeline.title
        return Text(
            f"{self.pipeline.title.en} ({', '.join(words.en for words in set_)})",
            f"{self.pipeline.title.ja}（{'、'.join(words.ja for words in set_)}）",
        )

    def open(self, threads: int) -> Finder:
        """Load it, on the thread that uses it.

        Raises:
            FusiformError: it cannot run here.
        """
        if reason := self.pipeline.reason_unavailable():
            raise PipelineError(*reason)
        opened = self.pipeline()
        opened.open(threads)
        return Finder(opened, _plain(self.parameters))

    def _set(self) -> dict[str, Any]:
        return self.parameters.to_table()


class Finder:
    """A contender that is open."""

    def __init__(self, opened: AnyPipeline, parameters: Parameters) -> None:
        self._opened = opened
        self._parameters = parameters

    def find(self, frame: Frame) -> tuple[Box, ...]:
        """What it was made to find, without parts of that such as eyes, in pixels of the frame.

        Raises:
            FusiformError: it failed.
        """
        try:
            result = checked(self._opened.process(frame, self._parameters))
        except FusiformError:
            raise
        except Exception as error:
            log.exception("%s failed on frame %d", self._opened.name, frame.number)
            raise _failure(self._opened.title, error) from error
        height, width = result.picture.shape[:2]
        stretch = np.tile(np.array(frame.size) / (width, height), 2)
        return tuple(_stretched(mark, stretch) for mark in result.marks if _is_find(mark))

    def close(self) -> None:
        self._opened.close()


def detectors() -> list[type[AnyPipeline]]:
    """Whatever finds things, for itself: what compares two others is none."""
    return [pipeline for pipeline in discover().values() if pipeline.detects and pipeline.name != CONTEST]


def offered(*others: Contender) -> list[Contender]:
    """The detectors that run here with their defaults, then `others`, each once."""
    plain = [
        Contender(pipeline, pipeline.parameters())
        for pipeline in detectors()
        if pipeline.reason_unavailable() is None
    ]
    return list(dict.fromkeys([*plain, *contenders(), *others]))


def contenders() -> tuple[Contender, Contender]:
    """The learned and the classic one, each in the colour that it has in the contest; or the cascade with
    two settings where there is no other here."""
    known = discover()
    classic, learned = known[CLASSIC], known.get(LEARNED)
    cascade = Contender(classic, classic.parameters())
    if learned is not None and learned.reason_unavailable() is None:
        return Contender(learned, learned.parameters()), cascade
    return cascade, Contender(classic, cascade.parameters.changed(neighbours=STRICT))


def _plain(parameters: Parameters) -> Parameters:
    """Without what follows faces from frame to frame or hides them: the pictures are no film."""
    known = {spec.name for spec in parameters.specs()}
    return parameters.changed(**{name: value for name, value in PLAIN.items() if name in known})


def _is_find(mark: Mark) -> TypeGuard[Box]:
    return isinstance(mark, Box) and mark.role == "first"


def _stretched(box: Box, by: np.ndarray[Any, np.dtype[np.float64]]) -> Box:
    x, y, width, height = (np.array(box.box, np.float64) * by).tolist()
    return replace(box, box=(x, y, width, height))


def _setting(spec: Spec, value: Any) -> Text:
    """`Neighbours 12`, `Working size 320 px`, `Eyes in faces on`."""
    title, unit = spec.knob.title, f" {spec.knob.unit}" if spec.knob.unit else ""
    if spec.kind == "choice":
        said = spec.title_of(value)
    elif spec.kind == "bool":
        said = Text("on", "オン") if value else Text("off", "オフ")
    else:
        said = Text(f"{value:g}{unit}", f"{value:g}{unit}")
    return Text(f"{title.en} {said.en}", f"{title.ja} {said.ja}")


def _failure(title: Text, error: Exception) -> PipelineError:
    detail = in_words(error)
    return PipelineError(
        f"{title.en} failed, so the test was stopped ({detail}).",
        f"{title.ja}の処理に失敗したため、テストを中止しました（{detail}）。",
    )
