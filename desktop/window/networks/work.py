"""What takes long about networks, done beside the window: looking, fetching, trying, removing."""

from __future__ import annotations

from pathlib import Path

from models import catalogue
from models.catalogue import Entry, State
from models.stop import Stop


class Fetch:
    """One fetch that is under way or waits for its turn. `there` is written by its thread."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.stop = Stop()
        self.there = 0

    def __call__(self) -> Path:
        """On a thread beside the window. Raises `ModelError`."""
        from models.fetching.fetch import fetch  # nothing of it is needed before a person asks

        return fetch(self.entry, self._note, self.stop)

    def _note(self, there: int) -> None:
        self.there = there


class Trial:
    """One file of a person's, to be proved and kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stop = Stop()

    def __call__(self) -> Entry:
        """On a thread beside the window. Raises `ModelError`."""
        from models.own.keep import add

        return add(self.path, stop=self.stop)


def look() -> list[tuple[Entry, State]]:
    """Every network and how it is with it. Reads the files: not for the window's thread."""
    return [(entry, catalogue.state(entry)) for entry in catalogue.entries().values()]


def remove(name: str) -> None:
    """Raises `ModelError`."""
    from models.own import keep

    keep.remove(name)
