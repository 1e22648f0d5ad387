"""Work beside the window: in its order, told on the window's thread, ended when the window goes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window.beside import MOST_WAITING, Beside
from tests.desktop.window.whole import PATIENCE_MS

PATIENCE = PATIENCE_MS / 1000
NAME = "beside-in-a-test"


class Gate:
    """Work that begins when it is let in, and ends when it is let out."""

    def __init__(self) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()

    def work(self) -> str:
        self.entered.set()
        assert self.opened.wait(PATIENCE)
        return "through"


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.opened.set()


@pytest.fixture
def beside(qapp: QApplication) -> Iterator[Beside]:
    made = Beside(NAME)
    yield made
    made.close(PATIENCE)


def test_the_work_is_done_beside_and_told_here(beside: Beside, qtbot: QtBot) -> None:
    told: list[tuple[threading.Thread, threading.Thread]] = []
    beside.do(threading.current_thread, lambda made: told.append((made.result(), threading.current_thread())))
    assert not told
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    [(there, here)] = told
    assert (there.name, there.daemon) == (NAME, True)
    assert here is threading.current_thread()


def test_one_after_another_in_the_order_in_which_they_were_asked_for(
    beside: Beside, gate: Gate, qtbot: QtBot
) -> None:
    done: list[int] = []
    told: list[int] = []

    def count() -> int:
        done.append(len(done))
        return done[-1]

    beside.do(gate.work, Future.result)
    for _ in range(5):
        beside.do(count, lambda made: told.append(made.result()))
    assert done == []
    gate.opened.set()
    qtbot.waitUntil(lambda: len(told) == 5, timeout=PATIENCE_MS)
    assert done == told == [0, 1, 2, 3, 4]


def test_no_thread_stays_where_there_is_nothing_to_do(beside: Beside, qtbot: QtBot) -> None:
    told: list[object] = []
    for times in (1, 2):
        beside.do(int, told.append)
        qtbot.waitUntil(lambda times=times: len(told) == times, timeout=PATIENCE_MS)  # type: ignore[misc]
        qtbot.waitUntil(lambda: NAME not in {thread.name for thread in threading.enumerate()})


def test_what_the_work_raises_is_raised_where_its_outcome_is_looked_at(beside: Beside, qtbot: QtBot) -> None:
    def broken() -> None:
        raise ZeroDivisionError("nought")

    outcomes: list[Future[None] | Future[int]] = []
    beside.do(broken, outcomes.append)
    beside.do(lambda: 3, outcomes.append)
    qtbot.waitUntil(lambda: len(outcomes) == 2, timeout=PATIENCE_MS)
    with pytest.raises(ZeroDivisionError, match="nought"):
        outcomes[0].result()
    assert outcomes[1].result() == 3


def test_no_more_than_a_few_wait(beside: Beside, gate: Gate, qtbot: QtBot) -> None:
    told: list[object] = []
    beside.do(gate.work, told.append)
    assert gate.entered.wait(PATIENCE)
    assert [beside.do(int, told.append) for _ in range(MOST_WAITING + 2)] == [True] * MOST_WAITING + [
        False
    ] * 2
    gate.opened.set()
    qtbot.waitUntil(lambda: len(told) == MOST_WAITING + 1, timeout=PATIENCE_MS)
    assert beside.do(int, told.append)


def test_closing_waits_and_tells_and_takes_no_more(beside: Beside, gate: Gate) -> None:
    told: list[str] = []
    beside.do(gate.work, lambda made: told.append(made.result()))
    beside.do(lambda: "and the next", lambda made: told.append(made.result()))
    gate.opened.set()
    beside.close(PATIENCE)
    assert told == ["through", "and the next"]
    assert not beside.do(lambda: "too late", lambda made: told.append(made.result()))


def test_what_hangs_is_left_behind_and_never_told(
    qapp: QApplication, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[object] = []
    done: list[bool] = []
    beside = Beside(NAME)
    beside.do(gate.work, told.append)
    beside.do(lambda: done.append(True), told.append)
    assert gate.entered.wait(PATIENCE)
    with caplog.at_level(logging.ERROR):
        beside.close(0.0)
    assert NAME in caplog.text
    gate.opened.set()
    for thread in threading.enumerate():
        if thread.name == NAME:
            thread.join(PATIENCE)
    qapp.processEvents()
    assert told == done == []
