"""What a CUDA device did once, done again without Python, which takes longer to ask than the device to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

import torch
from torch import Tensor

log = logging.getLogger(__name__)
T = TypeVar("T")


class Replay(Generic[T]):
    """Of `work` on a tensor of one size. What it gives is the same memory every time: to be read before the
    next picture."""

    def __init__(self, work: Callable[[Tensor], T], given: Tensor) -> None:
        """
        Raises:
            RuntimeError: something in `work` waits for the device, and cannot be recorded.
        """
        self._given = given.clone()
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            work(self._given)  # libraries make what they need before anything is recorded
        torch.cuda.current_stream().wait_stream(aside)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph):
            self._made = work(self._given)

    def __call__(self, given: Tensor) -> T:
        self._given.copy_(given)
        self._graph.replay()
        return self._made


def recorded(work: Callable[[Tensor], T], given: Tensor) -> Callable[[Tensor], T]:
    """`work` that is replayed; `work` itself where it cannot be recorded, as that of a network which looks
    at its own numbers on the way."""
    try:
        return Replay(work, given)
    except RuntimeError as error:
        log.info("not recorded: %s", error)
        return work
