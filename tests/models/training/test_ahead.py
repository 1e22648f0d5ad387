"""Batches come in their order, and what goes wrong while they are made is told where they are taken."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest

from models.training.ahead import AHEAD, made_ahead


def test_they_come_in_order_and_no_more_than_asked_for() -> None:
    with made_ahead(itertools.count(), 20) as batches:
        assert list(batches) == list(range(20))


def test_the_thread_ends_with_the_block_although_it_waits() -> None:
    with made_ahead(itertools.count(), 10 * AHEAD) as batches:
        next(batches)
    assert not [thread for thread in threading.enumerate() if thread.name == "batches"]


def test_a_failure_is_raised_where_the_batch_is_taken() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    with made_ahead(broken(), 2) as batches:
        assert next(batches) == 1
        with pytest.raises(ZeroDivisionError):
            next(batches)
