"""A measurement that is about to be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Task(NamedTuple):
    """Its pictures are read; nothing is measured yet."""

    steps: int
    run: Callable[[Callable[[int], object]], dict[str, Any]]
    """The figures as JSON has them; what is given hears how many steps were done."""
    described: Callable[[Mapping[str, Any]], str]
    """The same as a person reads them."""
