"""Work on a thread of its own, waited for only so long."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from models.runtimes.aside import Aside, BusyError, LateError
from tests.models.runtimes.made_up import DEADLINE


@pytest.fixture
def aside() -> Iterator[Aside]:
    made = Aside("aside-of-a-test")
    yield made
    made.end(lambda: None)
    made.join(DEADLINE)


def test_it_returns_and_raises_what_the_work_does_on_a_thread_of_its_own(aside: Aside) -> None:
    assert aside.do(lambda: threading.current_thread().name, DEADLINE) == "aside-of-a-test"
    with pytest.raises(ZeroDivisionError):
        aside.do(lambda: 1 // 0, DEADLINE)
    with pytest.raises(SystemExit):
        aside.do(lambda: exit(3), DEADLINE)
    assert aside.do(lambda: 5, DEADLINE) == 5


def test_what_is_late_goes_on_and_nothing_is_begun_meanwhile(aside: Aside) -> None:
    gate, done = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(DEADLINE)
        done.set()

    with pytest.raises(LateError):
        aside.do(work, 0.01)
    with pytest.raises(BusyError):
        aside.do(done.set, DEADLINE)
    assert not done.is_set()
    gate.set()
    assert done.wait(DEADLINE)


def test_what_late_work_raises_in_the_end_is_raised_by_the_next(aside: Aside) -> None:
    gate, raising = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(DEADLINE)
        raising.set()
        raise MemoryError

    with pytest.raises(LateError):
        aside.do(work, 0.01)
    gate.set()
    assert raising.wait(DEADLINE)
    aside.end(lambda: None)
    aside.join(DEADLINE)
    with pytest.raises(MemoryError):
        aside.do(lambda: None, DEADLINE)


def test_the_last_is_done_after_what_hangs_and_ends_the_thread() -> None:
    aside, gate, last = Aside("aside-of-a-test"), threading.Event(), threading.Event()
    with pytest.raises(LateError):
        aside.do(lambda: gate.wait(DEADLINE), 0.01)
    aside.end(last.set)
    aside.join(0.01)
    assert not last.is_set()
    gate.set()
    assert last.wait(DEADLINE)
    aside.join(DEADLINE)
    assert not any(thread.name == "aside-of-a-test" for thread in threading.enumerate())
