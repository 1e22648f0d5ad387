"""The seam between the camera source and whatever drives the cameras.

Any of these calls may hang for ever, raise, or say "success" with nothing; the camera source
counts on it. All calls for one device come from one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from pipelines.frame import Image


class CameraDevice(Struct, frozen=True):
    """A camera as the system lists it now: its index changes when cables do, its name does not."""

    name: str
    index: int
    api: int = 0
    """Which of the backend's interfaces the index belongs to."""


class Wish(Struct, frozen=True):
    """What is asked of a camera; it may give something else."""

    size: tuple[int, int] = (1280, 720)
    """(width, height) in pixels."""
    rate: float = 30.0
    """Frames a second."""


class OpenCamera(Protocol):
    """A camera that delivers, and the one handle to it."""

    @property
    def rate(self) -> float:
        """Frames a second that the driver says it delivers; 0 or nonsense where it does not know."""
        ...

    def read(self) -> Image | None:
        """Waits for the next picture: a new array that belongs to the caller; `None` where none came."""
        ...

    def release(self) -> None: ...


class CameraBackend(Protocol):
    """Lists cameras and opens them."""

    def devices(self) -> Sequence[CameraDevice]:
        """The cameras that are there now, in a stable order."""
        ...

    def open(self, device: CameraDevice, wish: Wish) -> OpenCamera | None:
        """`None` where the camera cannot be had: in use elsewhere, not allowed, or gone."""
        ...
