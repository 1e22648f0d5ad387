"""The connection of a fetch, which another thread can cut."""

from __future__ import annotations

import contextlib
import socket
import threading


class Line:
    """Held by whoever may want to end a fetch, also while it waits for a server that says nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        return self._is_cut

    def cut(self) -> None:
        """End the fetch: what waits for the server ends at once. May be called twice, from any thread."""
        with self._lock:
            self._is_cut = True
            self._shut()

    def hold(self, connected: socket.socket | None) -> None:
        """The fetch goes over this socket now."""
        with self._lock:
            self._socket = connected
            if self._is_cut:
                self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the other side may have ended it before
                # not the method of an encrypted socket, which pulls its state from under the reader
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
