"""What was loaded goes on where another cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.errors import ModelError
from models.held import REST, Held


class Thing:
    def __init__(self, name: str) -> None:
        self.name = name
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


class World:
    """What can be loaded, what was, and the time."""

    def __init__(self) -> None:
        self.refuses: set[str] = set()
        self.tried: list[str] = []
        self.time = 100.0
        self.held: Held[str, Thing] = Held(self.load, lambda: self.time)

    def load(self, name: str) -> Thing:
        self.tried.append(name)
        if name in self.refuses:
            raise ModelError(f"{name} is damaged.", f"{name} は壊れています。")
        return Thing(name)


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.held.close()


def test_the_same_is_loaded_once_and_another_takes_its_place(world: World) -> None:
    first = world.held.want("a")
    assert world.held.want("a") is first is world.held.now
    second = world.held.want("b")
    assert (first.is_open, second.is_open) == (False, True)
    assert world.tried == ["a", "b"]


def test_the_first_that_is_refused_is_an_error(world: World) -> None:
    world.refuses = {"a"}
    with pytest.raises(ModelError, match="a is damaged"):
        world.held.want("a")
    assert world.held.now is None
    assert world.held.notice is None


def test_what_was_loaded_goes_on_and_says_why(world: World) -> None:
    first = world.held.want("a")
    world.refuses = {"b"}
    assert world.held.want("b") is first
    assert first.is_open
    assert world.held.notice
    assert world.held.notice.en == ("b is damaged. Until then the network that was loaded before goes on.")
    assert world.held.want("a") is first
    assert world.held.notice is None


def test_what_was_refused_rests_and_is_tried_again(world: World) -> None:
    world.held.want("a")
    world.refuses = {"b"}
    world.held.want("b")
    refusal = world.held.refusal
    world.time += 0.9 * REST
    world.held.want("b")
    assert world.tried == ["a", "b"]
    world.time += 0.2 * REST
    world.held.want("b")
    assert world.tried == ["a", "b", "b"]
    assert world.held.refusal is refusal, "the same trouble is no news"
    world.refuses = set()
    world.time += REST
    assert world.held.want("b").name == "b"
    assert world.held.notice is None


def test_something_else_is_tried_at_once(world: World) -> None:
    world.held.want("a")
    world.refuses = {"b"}
    world.held.want("b")
    assert world.held.want("c").name == "c"


def test_closed_twice_it_forgets_what_was_refused(world: World) -> None:
    first = world.held.want("a")
    world.refuses = {"b"}
    world.held.want("b")
    world.held.close()
    world.held.close()
    assert not first.is_open
    assert (world.held.now, world.held.notice) == (None, None)
