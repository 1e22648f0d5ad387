from __future__ import annotations
from tests.desktop.window.whole import Whole

def test_a(whole: Whole) -> None:
    film = whole.film("dog", "original")
    film.step(1)
    whole.shows(1)

def test_b(whole: Whole) -> None:
    film = whole.film("dog", "original")
    film.step(1)
    whole.shows(1)
