"""Tells over HTTP how the exhibit is, and takes nothing in.

asyncio and not `http.server`: one thread holds every client, so that a slow one costs a buffer and no thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address

from desktop.kiosk.pages import JSON, PROMETHEUS, health, metrics
from desktop.kiosk.report import Report
from models.errors import FusiformError
from models.text import Text
from pipelines.files import reason

log = logging.getLogger(__name__)
DEADLINE = 5.0
"""Seconds that a client has from its connection to the end of the answer."""
CLIENTS = 32
"""Connections at once; with one more, the oldest makes room: who asks at once is answered at once."""
WAITING = 128
"""Connections that the system holds until they are taken; one more would try again after a second."""
LONGEST = 8192
"""Bytes of a request with its headers."""
END = 2.0
"""Seconds that the thread has to end."""
REFUSED = {
    errno.EADDRINUSE: Text("another program holds it", "ほかのプログラムが使っています"),
    errno.EADDRNOTAVAIL: Text("this machine has no such address", "この端末のアドレスではありません"),
}
TEXT = "text/plain; charset=utf-8"
METHODS = ("GET", "HEAD")


class HealthError(FusiformError):
    """The health port cannot be opened."""


class HealthServer:
    """`GET` and `HEAD` of `/health` and `/metrics`, on a thread of its own between `start` and `close`."""

    def __init__(
        self, address: str, port: int, report: Callable[[], Report], *, deadline: float = DEADLINE
    ) -> None:
        """`report` is called on the server's thread; `deadline` in seconds a client."""
        self._address, self._port = address, port
        self._report = report
        self._deadline = deadline
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()

    @property
    def runs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Listen from now on.

        Raises:
            HealthError: the address is none of this machine's, or the port is taken.
        """
        listening = _listening(self._address, self._port)
        self._end = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._run, args=(self._loop, listening), name="kiosk-health", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """May be called twice, and without `start`."""
        if self._loop is None or self._thread is None:
            return
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(END)

    def _run(self, loop: asyncio.AbstractEventLoop, listening: socket.socket) -> None:
        try:
            loop.run_until_complete(self._serve(loop, listening))
        except Exception:
            log.exception("health has ended")
        finally:
            listening.close()
            loop.close()

    async def _serve(self, loop: asyncio.AbstractEventLoop, listening: socket.socket) -> None:
        clients: dict[_Client, None] = {}
        server = await loop.create_server(
            lambda: _Client(loop, clients, self._answer, self._deadline), sock=listening, backlog=WAITING
        )
        await self._end.wait()
        server.close()
        if coming := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(coming, timeout=END / 2)
        for client in tuple(clients):
            client.drop()
        await asyncio.sleep(0)  # the connections are closed in the next round

    def _answer(self, head: bytes) -> bytes:
        """The whole answer to a request, of which this is the first line and the headers."""
        words = head.split(b"\n", 1)[0].decode("latin-1").rstrip("\r").split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return _response(HTTPStatus.BAD_REQUEST)
        method, path = words[0], words[1].partition("?")[0]
        if path not in ("/health", "/metrics"):
            return _response(HTTPStatus.NOT_FOUND, with_body=method != "HEAD")
        if method not in METHODS:
            return _response(HTTPStatus.METHOD_NOT_ALLOWED)
        try:
            report = self._report()
            body = health(report) if path == "/health" else metrics(report)
        except Exception:
            log.exception("there is no report")
            return _response(HTTPStatus.INTERNAL_SERVER_ERROR, with_body=method != "HEAD")
        ill = path == "/health" and not report.healthy
        return _response(
            HTTPStatus.SERVICE_UNAVAILABLE if ill else HTTPStatus.OK,
            body,
            JSON if path == "/health" else PROMETHEUS,
            with_body=method != "HEAD",
        )


class _Client(asyncio.Protocol):
    """One connection, for one request."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        clients: dict[_Client, None],
        answer: Callable[[bytes], bytes],
        deadline: float,
    ) -> None:
        self._clients = clients
        self._answer = answer
        self._head = bytearray()
        self._answered = False
        self._transport: asyncio.Transport | None = None
        self._deadline = loop.call_later(deadline, self.drop)

    def drop(self) -> None:
        """Without another word."""
        if self._transport:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if len(self._clients) >= CLIENTS:
            oldest = next(iter(self._clients))
            del self._clients[oldest]
            oldest.drop()
        self._clients[self] = None

    def connection_lost(self, error: Exception | None) -> None:
        self._deadline.cancel()
        self._clients.pop(self, None)

    def data_received(self, data: bytes) -> None:
        """What comes after the headers is read and forgotten: closing on it would take the answer away."""
        if self._answered:
            return
        self._head += data
        head = bytes(self._head[:LONGEST])
        if b"\r\n\r\n" in head or b"\n\n" in head:
            self._say(self._answer(head))
        elif len(self._head) > LONGEST:
            self._say(_response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE))

    def eof_received(self) -> None:
        if self._head and not self._answered:
            self._say(_response(HTTPStatus.BAD_REQUEST))

    def _say(self, response: bytes) -> None:
        assert self._transport
        self._answered = True
        self._head.clear()
        self._transport.write(response)
        with contextlib.suppress(OSError):  # a client that has gone
            self._transport.write_eof()


def _response(status: HTTPStatus, body: bytes = b"", kind: str = TEXT, *, with_body: bool = True) -> bytes:
    body = body or f"{status.value} {status.phrase}\n".encode()
    headers = {
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
    }
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(METHODS)
    lines = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in headers.items()),
    )
    return "\r\n".join((*lines, "", "")).encode() + (body if with_body else b"")


def _listening(address: str, port: int) -> socket.socket:
    """At this one address: a name may stand for several, and an empty one for all of them."""
    try:
        family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
        return socket.create_server((address, port), family=family, backlog=WAITING)
    except ValueError:
        why = Text("this is no IP address", "IP アドレスではありません")
    except OSError as error:
        why = REFUSED.get(error.errno or 0) or reason(error)
    raise HealthError(
        f"The health port {port} of {address} cannot be opened: {why.en}. The exhibit runs on without it, "
        "and it is tried again; the kiosk file can name another port.",
        f"ヘルスポート（{address} の {port} 番）を開けません：{why.ja}。"
        "展示はこのまま続け、あとでもう一度試します。"
        "別のポートはキオスクファイルで指定できます。",
    )
