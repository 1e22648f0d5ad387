"""A camera server on the loopback interface that misbehaves when told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self

import cv2

from tests.pipelines.sources.made_video import numbered

Behaviour = Literal["play", "silent", "stall", "garbage", "guarded", "refuse", "missing", "hang-up", "page"]
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=part\r\n\r\n"
UNAUTHORIZED = b'HTTP/1.0 401 No\r\nWWW-Authenticate: Basic realm="camera"\r\n\r\n'
PAGE = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<h1>Camera</h1>\n" * 500
PERIOD = 0.02
PATIENCE = 0.1
LIMIT = 10.0


class MjpegServer:
    """Serves numbered pictures to whoever connects.

    `behaviour` may be changed at any time; a connection that fell silent stays so. `silent` accepts and
    says nothing, `stall` stops in the middle of a picture, `garbage` sends bytes without sense, `guarded`
    asks for any password, `refuse` likes none, `missing` knows no such page, `hang-up` ends the
    connection, `page` sends a web page.
    """

    def __init__(self, behaviour: Behaviour = "play", port: int = 0) -> None:
        self.behaviour: Behaviour = behaviour
        self.connections = 0
        self.requests: list[bytes] = []
        self._stop = threading.Event()
        self._sent = threading.Condition()
        self._pictures = 0
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", port))
        self._listening.settimeout(PATIENCE)
        self.port: int = self._listening.getsockname()[1]
        self._spawn(self._accept, "mjpeg-server")

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}/video"

    @property
    def address(self) -> str:
        return f"http://{self.place}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def wait_for_pictures(self, count: int) -> None:
        """Until it has sent so many more."""
        with self._sent:
            goal = self._pictures + count
            assert self._sent.wait_for(lambda: self._pictures >= goal, LIMIT), "nobody took the pictures"

    def close(self) -> None:
        """Die: all connections end at once and no new one is accepted."""
        self._stop.set()
        self._listening.close()
        for connection in self._open:
            connection.close()
        for thread in self._threads:
            thread.join(2)

    def _spawn(self, work: Callable[..., None], name: str, *args: object) -> None:
        thread = threading.Thread(target=work, name=name, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listening.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            connection.settimeout(PATIENCE)
            self._open.append(connection)
            self._spawn(self._serve, "mjpeg-connection", connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection:
                self.requests.append(self._request(connection))
                self._answer(connection)
        except OSError:
            pass  # the other side is gone, or this server died

    def _request(self, connection: socket.socket) -> bytes:
        said = b""
        while b"\r\n\r\n" not in said and not self._stop.is_set():
            try:
                piece = connection.recv(4096)
            except TimeoutError:
                continue
            if not piece:
                break
            said += piece
        return said

    def _answer(self, connection: socket.socket) -> None:
        known = b"\r\nAuthorization: Basic " in self.requests[-1]
        match self.behaviour:
            case "refuse":
                connection.sendall(UNAUTHORIZED)
            case "guarded" if not known:
                connection.sendall(UNAUTHORIZED)
            case "missing":
                connection.sendall(b"HTTP/1.0 404 No\r\n\r\n")
            case "page":
                connection.sendall(PAGE)
            case "silent":
                self._stop.wait()
            case _:
                connection.sendall(HEAD)
                self._stream(connection)

    def _stream(self, connection: socket.socket) -> None:
        number = 0
        while not self._stop.wait(PERIOD):
            part = picture_part(number)
            match self.behaviour:
                case "stall":
                    connection.sendall(part[: len(part) // 2])
                    self._stop.wait()
                    return
                case "garbage":
                    connection.sendall(bytes(range(256)) * 8)
                case "hang-up":
                    return
                case _:
                    connection.sendall(part)
                    self._count()
            number += 1

    def _count(self) -> None:
        with self._sent:
            self._pictures += 1
            self._sent.notify_all()


def picture_part(number: int) -> bytes:
    """One picture of the stream, numbered modulo 1024."""
    good, jpeg = cv2.imencode(".jpg", numbered(number % 1024))
    assert good
    head = f"--part\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.size}\r\n\r\n"
    return head.encode() + jpeg.tobytes() + b"\r\n"
