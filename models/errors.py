"""What a person can mend, said in both languages.

FusiformError
├── ParameterError       a parameter's name or value
├── SourceError          a camera, file or address that gives no frames
├── PipelineError        a pipeline that cannot run here
├── SceneError           a scene file
├── DataError            pictures to learn from or to measure with
└── ModelError           a network or its runtime

Bugs keep Python's own types and are logged with their traceback.
"""

from __future__ import annotations

from models.text import Text


class FusiformError(Exception):
    """One sentence for the person who sees it: what happened and what can be done."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.text = Text(en, ja)


class ParameterError(FusiformError):
    """A parameter that does not exist or does not take this value."""


class SourceError(FusiformError):
    """A source that cannot be opened or read."""


class PipelineError(FusiformError):
    """A pipeline that does not exist, cannot run here or returned nonsense."""


class SceneError(FusiformError):
    """A scene file that cannot be used."""


class DataError(FusiformError):
    """Pictures to learn from or to measure with that are missing or cannot be read."""


class ModelError(FusiformError):
    """A network or a runtime that cannot be used."""
