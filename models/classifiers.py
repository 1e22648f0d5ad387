"""The shipped networks that name what they see: what they are given, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from models.catalogue import shipped
from models.preparation import Preparation
from models.text import Text


class Classifier(NamedTuple):
    """A network that names what it sees."""

    picture: Preparation
    """How a picture enters it; always a square."""
    classes: Mapping[str, Text]
    """Words for each output, in the order of the outputs, by a name that does not change."""

    @property
    def side(self) -> int:
        """Of the square picture that it is given, in pixels."""
        return self.picture.height

    @property
    def channels(self) -> int:
        return self.picture.channels


def classifiers() -> Mapping[str, Classifier]:
    """By their names in the catalogue."""
    return {
        name: Classifier(entry.picture, entry.classes)
        for name, entry in shipped().items()
        if entry.picture and entry.classes
    }
