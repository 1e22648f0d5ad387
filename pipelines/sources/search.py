"""Finding the very picture that is on the screen at a moment of a video."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipelines.sources.clip import Clip, Picture


class Found(NamedTuple):
    """`picture` is `None` where nothing can be decoded; `following` comes next, where it is known."""

    picture: Picture | None
    following: Picture | None


class Search:
    """Looks for the last picture at or before `goal`.

    Decoding has to begin at a picture that stands by itself, perhaps many before the wanted one. So a
    search goes on in portions, and the reading thread stays answerable.
    """

    def __init__(self, clip: Clip, goal: float) -> None:
        self._clip, self._goal = clip, goal
        self._begin, self._back = goal, 1.0
        self._before: Picture | None = None
        clip.seek(goal)

    def go_on(self, interrupted: Callable[[], bool]) -> Found | None:
        """Decode until the picture is found, or `None` when interrupted: call it again.

        Raises:
            OSError: the file cannot be read any more.
        """
        while not interrupted():
            following = self._clip.next()
            if following is not None and following.moment <= self._goal:
                self._before = following
            elif self._before is not None:
                return Found(self._before, following)
            elif not self._begun_earlier():
                return Found(following, None)
        return None

    def _begun_earlier(self) -> bool:
        """Some files are sought imprecisely, some break off before the goal."""
        if self._begin <= 0:
            return False
        self._begin = max(0.0, self._goal - self._back)
        self._back *= 5
        self._clip.seek(self._begin)
        return True
