from __future__ import annotations

import threading

import pytest

from pipelines.engine.mailbox import Mailbox
from tests.pipelines.engine.scripted import DEADLINE


@pytest.fixture
def box() -> Mailbox[int, str]:
    return Mailbox()


def everything(box: Mailbox[int, str]) -> list[int | str]:
    return list(iter(box.poll, None))


def test_the_newest_item_wins_and_the_others_are_counted(box: Mailbox[int, str]) -> None:
    for number in range(5):
        box.put(number)
    assert everything(box) == [4]
    assert box.dropped == 4


def test_an_item_that_was_read_is_not_dropped(box: Mailbox[int, str]) -> None:
    for number in range(5):
        box.put(number)
        assert box.take(DEADLINE) == number
    assert box.dropped == 0


def test_the_same_item_once_more_drops_nothing(box: Mailbox[int, str]) -> None:
    box.put(7)
    box.put(7)
    assert everything(box) == [7]
    assert box.dropped == 0


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ((1, "end"), [1, "end"]),
        (("end", 1), ["end", 1]),
        ((1, "end", 2), ["end", 2]),
        (("end", 1, 2, 3), ["end", 3]),
        (("end", 1, "other"), [1, "other"]),
        ((1, 2, "end", 3, "other", 4), ["other", 4]),
    ],
)
def test_a_notice_is_never_replaced_by_an_item_and_the_order_is_kept(
    box: Mailbox[int, str], written: tuple[int | str, ...], read: list[int | str]
) -> None:
    for thing in written:
        if isinstance(thing, str):
            box.put_notice(thing)
        else:
            box.put(thing)
    assert everything(box) == read


def test_at_most_two_things_wait(box: Mailbox[int, str]) -> None:
    for number in range(100):
        box.put(number)
        box.put_notice(str(number))
    assert len(everything(box)) == 2


def test_after_close_nothing_is_there_and_nothing_comes(box: Mailbox[int, str]) -> None:
    box.put(1)
    box.put_notice("end")
    box.close()
    box.put(2)
    box.put_notice("other")
    assert box.closed
    assert box.poll() is None
    assert box.take(DEADLINE) is None
    assert box.dropped == 0


def test_take_waits_no_longer_than_it_was_told(box: Mailbox[int, str]) -> None:
    assert box.take(0.0) is None
    assert box.take(0.001) is None


@pytest.mark.parametrize(("act", "taken"), [(lambda box: box.put(1), [1]), (lambda box: box.close(), [None])])
def test_a_reader_that_waits_is_woken(box: Mailbox[int, str], act: object, taken: list[int | None]) -> None:
    got: list[int | str | None] = []
    reader = threading.Thread(target=lambda: got.append(box.take(DEADLINE)), name="reader")
    reader.start()
    assert callable(act)
    act(box)
    reader.join(DEADLINE)
    assert got == taken


def test_what_a_thread_puts_comes_in_order_and_every_loss_is_counted(box: Mailbox[int, str]) -> None:
    amount = 2000
    got: list[int | str] = []

    def read() -> None:
        while (thing := box.take(DEADLINE)) is not None:
            got.append(thing)
            if thing == "end":
                return

    reader = threading.Thread(target=read, name="reader")
    reader.start()
    for number in range(amount):
        box.put(number)
    box.put_notice("end")
    reader.join(DEADLINE)
    assert got == [*sorted(thing for thing in got if isinstance(thing, int)), "end"]
    assert len(got) - 1 + box.dropped == amount
