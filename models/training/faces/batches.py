"""What the face detector is shown in one epoch after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.evaluation.pictures import Boxes, Image, Picture
from models.training.ahead import made_ahead
from models.training.faces.augment import Sample, sample
from models.training.faces.scene import NOTHING, Scene, scene, taken_for_faces
from models.training.faces.targets import Taught, Wanted
from models.training.faces.teacher import Teacher

Lures = dict[int, Boxes]
"""By the picture's place: what the network took for faces in it."""


class Batch:
    """Pictures as the network takes them, and what it should say of each."""

    def __init__(self, samples: list[Sample]) -> None:
        images = np.stack([one.image for one in samples]).transpose(0, 3, 1, 2)
        self.pictures: Tensor = torch.from_numpy(np.ascontiguousarray(images))
        """(n, 3, side, side) uint8 BGR."""
        self.wanted = [_wanted(one) for one in samples]
        lessons = [one.lesson.features for one in samples if one.lesson]
        self.features = [torch.from_numpy(np.stack(scale)) for scale in zip(*lessons, strict=True)]
        """What a teacher sees, where there is one: (n, channels, rows, columns) for each scale."""


def _wanted(one: Sample) -> Wanted:
    taught = one.lesson and Taught(torch.from_numpy(one.lesson.faces), torch.from_numpy(one.lesson.boxes))
    boxes, ignored, edges, sure = map(torch.from_numpy, (one.boxes, one.ignored, one.edges, one.sure))
    return Wanted(boxes, ignored, edges, sure, taught)


class Epochs:
    """Batches of an epoch: the same for the same seed and number, whatever came before."""

    def __init__(
        self,
        pictures: list[Picture],
        side: int,
        batch: int,
        seed: int,
        rank: int = 0,
        crew: int = 1,
        teacher: Teacher | None = None,
    ) -> None:
        """`batch` samples a step for each of the `crew` processes, of which this is number `rank`."""
        self._teacher = teacher
        self._pictures = pictures
        self._scenes: list[Scene | None] = [None for _picture in pictures]
        self.lures: Lures = {}
        self._side = side
        self._batch = batch
        self._seed = seed
        self._rank, self._crew = rank, crew
        repeats = [2 if picture.often else 1 for picture in pictures]
        self._places: NDArray[np.intp] = np.repeat(np.arange(len(pictures)), repeats)

    @property
    def steps(self) -> int:
        """Batches in an epoch."""
        return max(1, len(self._places) // (self._batch * self._crew))

    def of(self, epoch: int) -> AbstractContextManager[Iterator[Batch]]:
        """The batches of one epoch."""
        return made_ahead(self._batches(epoch), self.steps)

    def _batches(self, epoch: int) -> Iterator[Batch]:
        order = np.random.default_rng((self._seed, epoch)).permutation(self._places)
        for step in range(self.steps):
            first = (step * self._crew + self._rank) * self._batch
            rng = np.random.default_rng((self._seed, epoch, first))
            yield Batch([self._sample(int(place), rng) for place in order[first : first + self._batch]])

    def _sample(self, place: int, rng: np.random.Generator) -> Sample:
        others = [self._scene(int(other)) for other in rng.choice(len(self._pictures), 3)]
        return sample(self._scene(place), self._side, rng, others, self._teacher)

    def _scene(self, place: int) -> Scene:
        """The teacher looks at each whole picture once, when it is first drawn."""
        made = self._scenes[place]
        if made is None:
            picture = self._pictures[place]
            made = scene(picture, self._teacher.find(picture.image()) if self._teacher else None)
            self._scenes[place] = made
        return made._replace(lures=self.lures.get(place, NOTHING))

    def mine(self, find: Callable[[Image], NDArray[np.float32]]) -> Lures:
        """What `find`, the network as it is, takes for faces and is none, in this process's share of all
        pictures. `find` gives (n, 5) x, y, width, height, score.
        """
        mined: Lures = {}
        for place in range(self._rank, len(self._pictures), self._crew):
            seen = self._scene(place)
            lures = taken_for_faces(seen, find(seen.image()))
            if len(lures):
                mined[place] = lures
        return mined
