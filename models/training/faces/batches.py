"""One epoch after another, made ahead on a thread while the network is at work."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.evaluation.pictures import Boxes, Image, Picture
from models.training.faces.augment import Sample, sample
from models.training.faces.scene import NOTHING, Scene, scene, taken_for_faces
from models.training.faces.targets import Taught, Wanted
from models.training.faces.teacher import Teacher

AHEAD = 6
"""Batches that may wait."""
PATIENCE = 0.2
"""Seconds after which the thread looks whether it is still wanted."""


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

    @contextmanager
    def of(self, epoch: int) -> Iterator[Iterator[Batch]]:
        """The batches of one epoch; the thread that makes them ends with the block."""
        made: queue.Queue[Batch | Exception] = queue.Queue(AHEAD)
        over = threading.Event()
        thread = threading.Thread(target=self._make, args=(epoch, made, over), name="batches", daemon=True)
        thread.start()
        try:
            yield (_taken(made.get()) for _step in range(self.steps))
        finally:
            over.set()
            thread.join()

    def _make(self, epoch: int, made: queue.Queue[Batch | Exception], over: threading.Event) -> None:
        try:
            for batch in self._batches(epoch):
                if not _put(made, batch, over):
                    return
        except Exception as error:  # noqa: BLE001 - raised again where the batch is taken
            _put(made, error, over)

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


def _put(made: queue.Queue[Batch | Exception], thing: Batch | Exception, over: threading.Event) -> bool:
    """False once nobody wants it any more."""
    while not over.is_set():
        try:
            made.put(thing, timeout=PATIENCE)
            return True
        except queue.Full:
            continue
    return False


def _taken(thing: Batch | Exception) -> Batch:
    if isinstance(thing, Exception):
        raise thing
    return thing
