"""The thread that listens to a network camera."""

from __future__ import annotations

import logging
import threading
import traceback
from typing import NamedTuple

import av

from models.text import Text
from pipelines.clock import Clock
from pipelines.sources.arrivals import Arrivals
from pipelines.sources.network_trouble import explained, silent

log = logging.getLogger(__name__)
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 2.0
"""Seconds between two attempts, doubling from the first to the longest."""
OPTIONS = {
    "protocol_whitelist": "http,https,httpproxy,rtsp,rtp,udp,tcp,tls,crypto",
    "fflags": "nobuffer",
    "flags": "low_delay",
    "fpsprobesize": "0",
    "analyzeduration": "500000",
    "rtsp_flags": "prefer_tcp",
}
"""Of FFmpeg: nothing is held back, and a stream cannot make it open a file of this machine."""


FORESEEN = (av.FFmpegError, OSError, ValueError, LookupError)
"""What goes wrong with connections; anything else is a bug, of ours or of a library's."""


class Received(NamedTuple):
    """A decoded frame, not yet converted, and when it came in seconds of the clock."""

    frame: av.VideoFrame
    captured: float


class Receiver:
    """Connects, decodes and keeps the newest frame; connects again whatever happens, until `close`."""

    def __init__(self, address: str, shown: str, deadline: float, clock: Clock) -> None:
        """`shown` stands for the address in words; `deadline` in seconds bounds opening and reading."""
        self._address, self._shown = address, shown
        self._deadline, self._clock = deadline, clock
        self._news = threading.Condition()
        self._newest: Received | None = None
        self._trouble: Text | None = None
        self._arrivals = Arrivals()
        self._came = False
        self._listening_since = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="network-camera", daemon=True)

    @property
    def started(self) -> bool:
        return self._thread.ident is not None

    @property
    def closed(self) -> bool:
        return self._stop.is_set()

    @property
    def trouble(self) -> Text | None:
        """Why the last attempt failed; `None` once frames come."""
        return self._trouble

    @property
    def rate(self) -> float:
        """Frames a second as they come; 0 while unknown."""
        with self._news:
            return self._arrivals.rate

    def start(self) -> None:
        self._thread.start()

    def take(self, timeout: float) -> Received | None:
        """Wait for a frame newer than the last one taken, at most `timeout` seconds."""
        with self._news:
            self._news.wait_for(lambda: self._newest is not None or self.closed, timeout)
            newest, self._newest = self._newest, None
        return newest

    def close(self) -> None:
        self._stop.set()
        with self._news:
            self._news.notify_all()

    def join(self, timeout: float) -> None:
        if self.started:
            self._thread.join(timeout)

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self.closed:
            self._begin()
            try:
                self._receive()
            except Exception as error:  # noqa: BLE001 - `_note` logs it, without words that hold a password
                self._note(error)
            pause = FIRST_PAUSE if self._came else min(2 * pause, LONGEST_PAUSE)
            self._clock.wait(self._stop, pause)

    def _begin(self) -> None:
        with self._news:
            self._arrivals.forget()
            self._came = False
            self._listening_since = self._clock.now()

    def _receive(self) -> None:
        """One connection, until it ends.

        Raises:
            av.FFmpegError, OSError, ValueError: it failed.
            LookupError: there is no video in it.
        """
        with av.open(self._address, options=OPTIONS, timeout=self._deadline) as container:
            stream = container.streams.video[0]
            for packet in container.demux(stream):
                if self.closed:
                    return
                self._decode(packet)

    def _decode(self, packet: av.Packet) -> None:
        try:
            frames = packet.decode()
        except av.FFmpegError:
            return  # a damaged picture; the next one may be whole
        for frame in frames:
            self._put(Received(frame, self._clock.now()))

    def _put(self, received: Received) -> None:
        with self._news:
            self._newest = received
            self._arrivals.note(received.captured)
            self._listening_since = received.captured
            self._came, self._trouble = True, None
            self._news.notify_all()

    def _note(self, error: Exception) -> None:
        """Its kind only goes into the log, and where it happened if it is a bug: its words hold the address
        with the password.

        What ends at the deadline ended by it, whatever FFmpeg makes of it.
        """
        waited = self._clock.now() - self._listening_since
        trouble = silent(self._shown) if waited >= self._deadline else explained(self._shown, error)
        if trouble != self._trouble:
            where = "" if isinstance(error, FORESEEN) else "".join(traceback.format_tb(error.__traceback__))
            log.warning("%s (%s)%s", trouble.en, type(error).__name__, where and f"\n{where}")
        self._trouble = trouble
