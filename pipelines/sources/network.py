"""A network camera: HTTP (MJPEG and whatever else comes that way) and RTSP."""

from __future__ import annotations

import threading

from models.errors import SourceError
from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.frame import Frame
from pipelines.sources.arrivals import described
from pipelines.sources.bgr import to_bgr
from pipelines.sources.network_address import has_host, without_secrets
from pipelines.sources.network_trouble import silent
from pipelines.sources.receiver import Receiver
from pipelines.sources.source import CLOSE_PATIENCE, PATIENCE, End, NoSignal, Read

DEADLINE = 3.0
"""Seconds within which a server answers, or counts as silent."""


class NetworkCamera:
    """Always the newest picture of a camera in the network; tries again by itself for ever.

    The connection is made by the first `read`, in a thread of its own. Name and password in the
    address are shown nowhere.
    """

    def __init__(self, address: str, *, deadline: float = DEADLINE, clock: Clock = SYSTEM_CLOCK) -> None:
        """Connect to nothing yet.

        Raises:
            SourceError: the address names no server.
        """
        self._address = address
        self._shown = without_secrets(address)
        if not has_host(address):
            raise SourceError(
                f"The address “{self._shown}” names no server.",
                f"アドレス「{self._shown}」にサーバー名がありません。",
            )
        self._deadline, self._clock = deadline, clock
        self._receiver = Receiver(address, self._shown, deadline, clock)
        self._starting = threading.Lock()
        self._detail = plain("")
        self._number = 0
        self._heard = 0.0

    @property
    def address(self) -> str:
        return self._address

    @property
    def title(self) -> Text:
        return plain(self._shown)

    @property
    def detail(self) -> Text:
        return self._detail

    def read(self) -> Read:
        self._begin()
        received = self._receiver.take(PATIENCE)
        if self._receiver.closed:
            return End()
        if received is None:
            return self._silence()
        image = to_bgr(received.frame)
        frame = Frame.of(image, self._number, received.captured)
        self._detail = described(frame.size, self._receiver.rate)
        self._heard = received.captured
        self._number += 1
        return frame

    def close(self) -> None:
        with self._starting:
            self._receiver.close()
        self._receiver.join(CLOSE_PATIENCE)

    def _begin(self) -> None:
        with self._starting:
            if not self._receiver.started and not self._receiver.closed:
                self._heard = self._clock.now()
                self._receiver.start()

    def _silence(self) -> NoSignal | None:
        """What is wrong, as soon as it is known or the deadline is over; until then nothing."""
        trouble = self._receiver.trouble
        if trouble is None and self._clock.now() - self._heard >= self._deadline:
            trouble = silent(self._shown)
        if trouble is None:
            return None
        self._detail = plain("")
        return NoSignal(trouble)
