"""What every source promises.

A source is read by one thread, the capture thread. `read` never blocks for much longer than
`PATIENCE`, so that the capture thread stays answerable whatever a driver, a disk or a server does.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias, runtime_checkable

from msgspec import Struct

from models.text import Text
from pipelines.frame import Frame
from pipelines.parameters import Parameters

PATIENCE = 0.25
"""Seconds after which `read` answers, even with nothing."""
CLOSE_PATIENCE = 0.8
"""Seconds that `close` waits for a driver, a decoder or a server; what hangs longer is left to its thread."""


class NoSignal(Struct, frozen=True):
    """Nothing comes at present; the source goes on trying by itself. `text` says why.

    `waiting`: nothing is wrong yet, it only takes its time.
    """

    text: Text
    waiting: bool = False


class End(Struct, frozen=True):
    """The stream is over and nothing more will come."""


Read: TypeAlias = Frame | NoSignal | End | None
"""`None`: nothing new within the source's patience (paused, or the next frame is not due)."""


class Source(Protocol):
    """Where frames come from. Made by `open_source(address)`; `close` from any thread."""

    @property
    def address(self) -> str:
        """What opens it again: goes into scenes."""
        ...

    @property
    def title(self) -> Text:
        """What a person calls it: a camera's name, a file's name."""
        ...

    @property
    def detail(self) -> Text:
        """What is really delivered, as "1280 × 720 · 30 fps"; empty while unknown."""
        ...

    def read(self) -> Read:
        """The next frame when it is due.

        Raises:
            SourceError: it cannot go on, and trying again is of no use.
        """
        ...

    def close(self) -> None:
        """Let go of everything within a second; may be called twice and while another thread reads."""
        ...


@runtime_checkable
class Playable(Protocol):
    """A source with a place to go to: a video file, a folder of pictures, the demo, a stimulus.

    Called from any thread; takes effect at the next `read`, which then answers at once, even
    while paused.
    """

    @property
    def length(self) -> int:
        """How many frames there are; 0 where it goes on without an end."""
        ...

    @property
    def position(self) -> int:
        """Number of the frame last read, from 0."""
        ...

    @property
    def rate(self) -> float:
        """Frames a second when it plays."""
        ...

    @property
    def paused(self) -> bool:
        """Whether it holds its frame. Set to False at its last one, it begins again even without a loop."""
        ...

    @paused.setter
    def paused(self, value: bool) -> None: ...

    @property
    def loop(self) -> bool:
        """Whether it begins again at its end, or gives `End` there until it is sought, stepped or looped."""
        ...

    @loop.setter
    def loop(self, value: bool) -> None: ...

    def seek(self, position: int) -> None:
        """Go to a frame; values beyond the ends are brought inside."""
        ...

    def step(self, frames: int) -> None:
        """Go some frames forth (positive) or back (negative) and pause there."""
        ...


@runtime_checkable
class Paced(Protocol):
    """A source of still pictures, of which each stays for a while. Called from any thread."""

    @property
    def seconds(self) -> float:
        """How long each picture stays, counted anew when it is set; 0: until a person goes on."""
        ...

    @seconds.setter
    def seconds(self, value: float) -> None: ...


@runtime_checkable
class Adjustable(Protocol):
    """A source that a person sets while it plays. Called from any thread."""

    @property
    def explanation(self) -> Text:
        """Two sentences for a student: what it is, and what it is good for."""
        ...

    @property
    def citation(self) -> str:
        """Where it was first described; empty where nobody needs to be named."""
        ...

    @property
    def parameters(self) -> Parameters:
        """As they are now; they may go on by themselves."""
        ...

    def adjust(self, **values: object) -> None:
        """Change some of them: seen with the next frame, or at once where the picture stands still.

        Raises:
            ParameterError: one of them does not take its value; nothing is changed.
        """
        ...


@runtime_checkable
class Drawable(Protocol):
    """A source that a person draws. Called from any thread; a new frame comes at once.

    `pen` is whatever tells one hand's pen, mouse or finger from another while it draws. Points are in
    pixels of the picture; what lies outside is cut off.
    """

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        ...

    @property
    def undoable(self) -> bool:
        """Whether there is something that `undo` takes back."""
        ...

    @property
    def blank(self) -> bool:
        """Whether nothing is drawn."""
        ...

    def begin(self, pen: object, x: float, y: float) -> None:
        """A stroke begins here."""
        ...

    def go_on(self, pen: object, x: float, y: float) -> None:
        """The stroke of this pen comes here."""
        ...

    def end(self, pen: object) -> None:
        """The stroke of this pen is over."""
        ...

    def undo(self) -> None:
        """Take back the last stroke, or that everything was cleared."""
        ...

    def clear(self) -> None:
        """Take everything away."""
        ...


@runtime_checkable
class Complaining(Protocol):
    """A source that can go on although something about it is broken."""

    @property
    def complaint(self) -> Text | None:
        """One sentence about what was left out; it may come and go while the source is read."""
        ...
