"""A function at work in a process of its own, so that its crash, its hang and its noise stay there."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import IO, Any

from msgspec import Struct

_SPAWN = multiprocessing.get_context("spawn")
STDOUT, STDERR = 1, 2
GRACE = 2.0
"""Seconds for a process that was killed to be gone."""


class ChildFailedError(Exception):
    """The function raised: the message holds its error and what its libraries printed."""


class ChildHungError(Exception):
    """It did not answer in time and was killed."""


class ChildCrashedError(Exception):
    """The process ended without an answer; `exit_code` is negative for a signal."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(f"exit code {exit_code}")
        self.exit_code = exit_code


class _Raised(Struct, frozen=True):
    message: str


class Child:
    """Starts at once; `answer` waits. `function` is found by its name in its module, and its arguments
    and its answer are pickled."""

    def __init__(self, function: Callable[..., Any], *arguments: object) -> None:
        self._receiver, sender = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(
            target=_work, args=(sender, function, arguments), name=function.__name__, daemon=True
        )
        self._process.start()
        sender.close()

    def answer(self, until: float) -> Any:
        """What the function returned, waited for until this `time.monotonic()`; to be called once.

        Raises:
            ChildFailedError: the function raised.
            ChildHungError: there was no answer in time.
            ChildCrashedError: the process ended without one.
        """
        try:
            if not self._receiver.poll(max(0.0, until - time.monotonic())):
                raise ChildHungError
            answer = self._receiver.recv()
        except EOFError:
            self._process.join(GRACE)
            raise ChildCrashedError(self._process.exitcode) from None
        finally:
            self._end()
        if isinstance(answer, _Raised):
            raise ChildFailedError(answer.message)
        return answer

    def kill(self) -> None:
        """End it now, from any thread: whoever waits for its answer gets a `ChildCrashedError`."""
        self._process.kill()

    def _end(self) -> None:
        self._process.kill()
        self._process.join(GRACE)
        self._receiver.close()


def _work(sender: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    with tempfile.TemporaryFile() as noise:
        os.dup2(noise.fileno(), STDOUT)
        os.dup2(noise.fileno(), STDERR)
        try:
            sender.send(function(*arguments))
        except Exception as error:  # noqa: BLE001 the caller is told, in another process
            sender.send(_Raised(f"{type(error).__name__}: {error}\n{_heard(noise)}"))


def _heard(noise: IO[bytes]) -> str:
    noise.seek(0)
    return noise.read().decode("utf-8", "replace")
