"""Batches are made on a thread of their own while the network is at work."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

AHEAD = 6
"""Batches that may wait."""
PATIENCE = 0.2
"""Seconds after which the thread looks whether it is still wanted."""
T = TypeVar("T")


@contextmanager
def made_ahead(batches: Iterable[T], count: int) -> Iterator[Iterator[T]]:
    """The first `count` of `batches`; the thread that makes them ends with the block."""
    made: queue.Queue[T | Exception] = queue.Queue(AHEAD)
    over = threading.Event()
    thread = threading.Thread(target=_make, args=(batches, made, over), name="batches", daemon=True)
    thread.start()
    try:
        yield (_taken(made.get()) for _batch in range(count))
    finally:
        over.set()
        thread.join()


def _make(batches: Iterable[T], made: queue.Queue[T | Exception], over: threading.Event) -> None:
    try:
        for batch in batches:
            if not _put(made, batch, over):
                return
    except Exception as error:  # noqa: BLE001 - raised again where the batch is taken
        _put(made, error, over)


def _put(made: queue.Queue[T | Exception], thing: T | Exception, over: threading.Event) -> bool:
    """False once nobody wants it any more."""
    while not over.is_set():
        try:
            made.put(thing, timeout=PATIENCE)
            return True
        except queue.Full:
            continue
    return False


def _taken(thing: T | Exception) -> T:
    if isinstance(thing, Exception):
        raise thing
    return thing
