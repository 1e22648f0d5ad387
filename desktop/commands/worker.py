"""One pipeline at work on files, in this thread and one frame after the other."""

from __future__ import annotations

import logging
from time import perf_counter
from types import TracebackType
from typing import Self

import click
import cv2

from desktop.language import say
from models.errors import FusiformError, PipelineError
from models.text import Text
from pipelines.engine.check import checked, told
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.result import Result
from pipelines.status import Status

log = logging.getLogger(__name__)


class Worker:
    """Opens its pipeline when it is entered, with all cores, and again after `begin` or a failure.

    Raises:
        FusiformError: on entering: the pipeline cannot run here.
    """

    def __init__(self, pipeline: type[AnyPipeline], parameters: Parameters) -> None:
        self._pipeline, self._parameters = pipeline, parameters
        self._open: AnyPipeline | None = None
        self._used = False
        self._noticed: Text | None = None

    def __enter__(self) -> Self:
        if reason := self._pipeline.reason_unavailable():
            raise PipelineError(*reason)
        self._opened()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def begin(self) -> None:
        """A new video: what the pipeline remembers of earlier frames has nothing to do with it."""
        if self._used:
            self._close()

    def process(self, frame: Frame) -> tuple[Result, float]:
        """The result, and the pipeline's own time in milliseconds.

        Raises:
            FusiformError: the pipeline failed on this frame.
        """
        pipeline = self._opened()
        self._used = True
        try:
            started = perf_counter()
            result = pipeline.process(frame, self._parameters)
            milliseconds = (perf_counter() - started) * 1000
            self._tell(told(pipeline.status()))
            return checked(result), milliseconds
        except FusiformError:
            self._close()
            raise
        except Exception as error:
            log.exception("pipeline %s failed on frame %d", pipeline.name, frame.number)
            self._close()
            raise self._failure(error) from error

    def _tell(self, status: Status | None) -> None:
        """On standard error, what went differently; once."""
        notice = status.notice if status else None
        if notice and notice != self._noticed:
            click.echo(say(notice), err=True)
        self._noticed = notice

    def _opened(self) -> AnyPipeline:
        if self._open is None:
            fresh = self._pipeline()
            fresh.open(cv2.getNumberOfCPUs())
            fresh.prepare(self._parameters)
            self._open, self._used = fresh, False
        return self._open

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _failure(self, error: Exception) -> PipelineError:
        title, detail = self._pipeline.title, f"{type(error).__name__}: {error}"
        return PipelineError(
            f"{title.en} failed on this picture ({detail}).",
            f"{title.ja}はこの画像の処理に失敗しました（{detail}）。",
        )
