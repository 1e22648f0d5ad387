"""Somebody is there when a face stays in view, whatever a detector misses now and then."""

from __future__ import annotations

import pytest

from desktop.kiosk.presence import GAP, InView


def seen(view: InView, *looks: tuple[float, int]) -> None:
    """(time, faces) of each look."""
    for now, faces in looks:
        view.see(faces, now)


def test_a_face_that_stays_for_a_second_is_somebody() -> None:
    view = InView(1.0)
    for now in (10.0, 10.5):
        view.see(1, now)
        assert not view.is_there(now)
    view.see(1, 11.0)
    assert view.is_there(11.0)


def test_who_only_passes_by_is_not() -> None:
    view = InView(1.0)
    seen(view, (10.0, 1), (10.5, 1), (11.0, 0), (11.5, 0))
    assert not any(view.is_there(10.5 + later / 10) for later in range(40))


def test_one_look_at_an_instant_is_not_enough_however_long_ago() -> None:
    view = InView(1.0)
    view.see(3, 10.0)
    assert not view.is_there(10.0 + GAP)


def test_a_look_that_misses_the_face_is_forgiven() -> None:
    view = InView(1.0)
    seen(view, (10.0, 1), (10.6, 0), (11.2, 1))
    assert view.is_there(11.2)


@pytest.mark.parametrize(("later", "there"), [(0.0, True), (GAP, True), (GAP + 0.01, False)])
def test_somebody_is_gone_when_no_face_was_seen_for_a_while(later: float, there: bool) -> None:
    view = InView(1.0)
    seen(view, (10.0, 1), (11.0, 1))
    assert view.is_there(11.0 + later) is there


def test_after_a_longer_gap_it_is_somebody_new() -> None:
    view = InView(1.0)
    seen(view, (10.0, 4), (11.0, 4), (11.0 + GAP + 0.1, 1))
    now = 11.0 + GAP + 0.1
    assert not view.is_there(now)
    assert view.faces(now) == 1


def test_the_most_faces_at_once_are_told_while_any_is_in_view() -> None:
    view = InView(1.0)
    assert view.faces(0.0) == 0
    seen(view, (10.0, 1), (10.5, 3), (11.0, 2))
    assert view.faces(11.0) == 3
    assert view.faces(11.1 + GAP) == 0


def test_who_is_forgotten_must_be_seen_anew() -> None:
    view = InView(1.0)
    seen(view, (10.0, 1), (11.0, 1))
    view.forget()
    assert not view.is_there(11.0)
    assert view.faces(11.0) == 0
    seen(view, (11.5, 1), (12.5, 1))
    assert view.is_there(12.5)
