"""Simulated people, whose identity is known, are followed through crossings and gaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from models.text import Text
from pipelines.result import Box
from pipelines.tracking.tracks import MOST, PATIENCE, PROVEN, Tracks

SIZE = (640, 480)
SIDE = 60.0


def face(x: float, y: float = 200.0, score: float | None = 0.9, label: str = "face") -> Box:
    """One with its middle at x, y."""
    return Box((x - SIDE / 2, y - SIDE / 2, SIDE, SIDE), label, score, title=Text("face", "顔"))


def watched(*looks: Sequence[Box], frames: int = 1) -> Tracks:
    tracks = Tracks()
    for found in looks:
        tracks = tracks.look(found, frames, SIZE)
    return tracks


def numbered(tracks: Tracks, count: int) -> list[int | None]:
    """The number of each find of the last look."""
    return [tracks.numbers().get(at) for at in range(count)]


def test_two_who_cross_keep_their_numbers() -> None:
    tracks = Tracks()
    for frame in range(100):
        left, right = face(100 + 4 * frame, 190), face(500 - 4 * frame, 210)
        tracks = tracks.look([left, right], 1, SIZE)

        assert numbered(tracks, 2) == [1, 2], frame


def test_who_is_hidden_while_crossing_is_known_again() -> None:
    tracks = Tracks()
    for frame in range(100):
        hidden = 44 <= frame < 56
        found = [face(100 + 4 * frame, 190)] + ([] if hidden else [face(500 - 4 * frame, 210)])
        tracks = tracks.look(found, 1, SIZE)

        assert numbered(tracks, len(found)) == [1, 2][: len(found)], frame
        assert len(tracks.ghosts()) == hidden


@pytest.mark.parametrize("seed", range(6))
def test_a_crowd_is_told_apart_however_it_is_listed(seed: int) -> None:
    """Eight on straight paths, trembling by 3 %, each missed in one look of five."""
    random = np.random.default_rng(seed)
    starts = np.column_stack([np.linspace(60, 580, 8), random.uniform(100, 380, 8)])
    speeds = random.uniform(-1.2, 1.2, (8, 2))
    starts[:, 1] = np.linspace(60, 420, 8)[random.permutation(8)]
    known: dict[int, set[int]] = {person: set() for person in range(8)}
    tracks = Tracks()
    for frame in range(60):
        places = starts + speeds * frame + random.normal(0, 0.03 * SIDE, (8, 2))
        there = [p for p in random.permutation(8).tolist() if frame < 3 or random.random() > 0.2]
        tracks = tracks.look([face(*places[person]) for person in there], 1, SIZE)
        for at, number in tracks.numbers().items():
            known[there[at]].add(number)

    assert all(len(numbers) == 1 for numbers in known.values())
    assert set.union(*known.values()) == set(range(1, 9))


def test_numbers_are_given_from_the_left() -> None:
    tracks = watched([face(400), face(100), face(250)])

    assert numbered(tracks, 3) == [3, 1, 2]


def test_a_false_alarm_of_one_look_takes_no_number() -> None:
    tracks = watched(*[[face(100)]] * PROVEN, [face(100), face(300)], *[[face(100)]] * (PATIENCE + 1))
    assert tracks.given == 1

    newcomer = [[face(100), face(500)]] * PROVEN
    for look, found in enumerate(newcomer, 1):
        tracks = tracks.look(found, 1, SIZE)
        assert numbered(tracks, 2) == [1, 2 if look == PROVEN else None]


def test_who_is_lost_is_expected_where_they_were_going() -> None:
    tracks = watched(*([face(100 + 3 * frame)] for frame in range(20)), *[[]] * 5)

    (ghost,) = tracks.ghosts()

    x, y, width, height = ghost.box
    assert (x + width / 2, y + height / 2) == pytest.approx((100 + 3 * 24, 200), abs=2)
    assert (width, height) == pytest.approx((SIDE, SIDE))
    assert (ghost.identity, ghost.role, ghost.found, ghost.score) == (1, "soft", False, None)
    assert ghost.title == Text("face", "顔")


def test_who_is_lost_for_long_is_somebody_else_afterwards() -> None:
    tracks = watched(*[[face(100)]] * 5, *[[]] * PATIENCE)
    assert len(tracks.ghosts()) == 1

    tracks = tracks.look([], 1, SIZE)
    assert tracks.things == ()

    for _ in range(PROVEN):
        tracks = tracks.look([face(100)], 1, SIZE)
    assert numbered(tracks, 1) == [2]


def test_who_leaves_the_picture_is_not_waited_for() -> None:
    tracks = watched(*([face(640 - 40 + 4 * frame)] for frame in range(10)))
    assert len(tracks.things) == 1

    tracks = tracks.look([], 1, SIZE)

    assert tracks.things == ()


@pytest.mark.parametrize("frames", [5, PATIENCE, PATIENCE + 30])
def test_a_slow_lane_waits_for_one_look_at_least(frames: int) -> None:
    tracks = watched([face(100)], [face(100)], [face(100)], [], frames=frames)
    assert len(tracks.ghosts()) == 1

    assert numbered(tracks.look([face(100)], frames, SIZE), 1) == [1]
    again = tracks.look([], frames, SIZE)
    assert len(again.ghosts()) == (2 * frames <= PATIENCE)


def test_nothing_becomes_another_thing() -> None:
    tracks = watched(*[[face(100, label="cat")]] * 3, *[[face(100, label="dog")]] * 3)

    assert numbered(tracks, 1) == [2]
    assert [ghost.label for ghost in tracks.ghosts()] == ["cat"]


def test_of_very_many_the_surest_are_followed() -> None:
    crowd = [face(3 * place, score=place / 1000) for place in range(2 * MOST)]

    tracks = watched(crowd)

    assert sorted(tracks.numbers()) == list(range(MOST, 2 * MOST))


def test_boxes_without_a_score_and_without_a_size_are_followed_as_far_as_it_goes() -> None:
    tracks = watched(*[[face(100, score=None), Box((300, 200, 0, 0), "face")]] * 3)

    assert numbered(tracks, 2)[0] == 1


def test_a_look_changes_nothing_of_what_was_known() -> None:
    before = watched(*[[face(100), face(300)]] * 3)
    told = before.things, before.motion.boxes.copy()

    before.look([face(500)], 1, SIZE)

    assert before.things == told[0]
    np.testing.assert_array_equal(before.motion.boxes, told[1])
