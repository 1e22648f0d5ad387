from __future__ import annotations

import pytest

from pipelines.result import Box
from pipelines.tracking.continuity import Count, counted, readings, total
from pipelines.tracking.tracks import PATIENCE, Tracks

SIZE = (640, 480)
ONE, OTHER = Box((100, 100, 60, 60), "face", 0.9), Box((300, 100, 60, 60), "face", 0.8)


def shown(*looks: str) -> dict[str, float]:
    """Readings over looks in which A and B were found."""
    tracks, counts = Tracks(), []
    for look in looks:
        found = [box for name, box in (("A", ONE), ("B", OTHER)) if name in look]
        after = tracks.look(found, 1, SIZE)
        counts.append(counted(tracks, after))
        tracks = after
    return {reading.name: reading.value for reading in readings(total(counts))}


@pytest.mark.parametrize(
    ("looks", "continuity", "losses"),
    [
        ("A A A A", 100, 0),
        ("A A - A A", 80, 1),
        ("A - A - A - - A", 50, 3),
        ("AB AB A AB A A AB AB", 100 * 13 / 16, 2),
        ("A A A A " + "- " * PATIENCE, 100 * 4 / (4 + PATIENCE), 1),
        ("A A A A " + "- " * (PATIENCE + 60), 100 * 4 / (4 + PATIENCE), 1),
    ],
)
def test_it_is_what_a_person_counts(looks: str, continuity: float, losses: int) -> None:
    assert shown(*looks.split()) == {"continuity": pytest.approx(continuity), "losses": losses}


def test_what_came_before_the_number_is_counted_as_soon_as_there_is_one() -> None:
    start = ["A"] * 5
    assert shown(*start, "AB", "A", "AB") == {"continuity": 100, "losses": 0}
    assert shown(*start, "AB", "A", "AB", "AB") == {"continuity": pytest.approx(100 * 12 / 13), "losses": 1}


def test_nothing_is_said_before_somebody_was_there() -> None:
    assert shown("-", "-") == {}
    assert readings(total(())) == ()


def test_only_the_looks_that_are_given_count() -> None:
    (continuity, losses) = readings(total((Count(4, 1, 2), Count(1, 1, 0))))

    assert (continuity.value, continuity.unit, losses.value) == (40, "%", 2)
