"""What a classifier says of many pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.classifiers import Classifier
from models.errors import ModelError
from models.preparation import Image, standardised
from models.runtimes.device import DEVICES
from models.runtimes.onnx_network import session_on, signature_of

AT_ONCE = 64
Look: TypeAlias = Callable[[Image, int], Image]
"""What becomes of a picture, (side, side, channels), of which the number is given."""


class Answers:
    """An ONNX file on one thread of the CPU, as it is shipped."""

    def __init__(self, onnx: Path, classifier: Classifier) -> None:
        """
        Raises:
            ModelError: the file cannot be read, or is no network that takes and says this.
        """
        self._classifier = classifier
        self._session = session_on(DEVICES["cpu"], onnx, 1)
        found = signature_of(self._session)
        given, said = found.inputs[0], found.outputs[0]
        side, channels, count = classifier.side, classifier.channels, len(classifier.classes)
        if given.shape[1:] != (channels, side, side) or said.shape[1:] != (count,):
            raise ModelError(
                f"{onnx.name} is another network: {found}.", f"{onnx.name} は別のネットワークです：{found}。"
            )
        self._input = given.name

    def to(self, pictures: Image, look: Look, tick: Callable[[int], object]) -> NDArray[np.intp]:
        """(n,): the output that is largest for each picture, seen through `look`; `tick` hears how many."""
        said = [np.zeros(0, np.intp)]
        for first in range(0, len(pictures), AT_ONCE):
            numbered = enumerate(pictures[first : first + AT_ONCE], first)
            seen = np.stack([look(picture, number) for number, picture in numbered])
            (scores,) = self._session.run(None, {self._input: standardised(seen, self._classifier.picture)})
            said.append(scores.argmax(1))
            tick(len(seen))
        return np.concatenate(said)
