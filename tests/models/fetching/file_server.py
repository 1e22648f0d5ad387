"""A web server on the loopback interface that has one file and misbehaves when told to."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Literal, Self

Behaviour = Literal[
    "serve", "no-ranges", "no-length", "cut", "short", "long", "says-more", "says-less", "other", "silent",
    "stall", "drip", "missing", "busy", "redirect", "loop", "away", "page", "wrong-range",
]  # fmt: skip
LIMIT = 10.0


class FileServer:
    """`behaviour` may be changed at any time.

    `cut` ends in the middle of the body, each time; `short` and `long` say no length and send less or
    more; `says-more` and `says-less` announce a wrong length; `other` sends as many other bytes; `silent`
    says nothing, `stall` stops in the middle, `drip` sends a byte now and then; `redirect` sends to the
    file, `loop` to itself, `away` to an address that is not of the web; `page` shows a login page;
    `wrong-range` answers with another part than was asked for.
    """

    def __init__(
        self, content: bytes, behaviour: Behaviour = "serve", context: ssl.SSLContext | None = None
    ) -> None:
        self.content = content
        self.behaviour: Behaviour = behaviour
        self.tag = '"one"'
        self.requests: list[dict[str, str]] = []
        """The headers of every request for the file, by name."""
        self.waiting = threading.Event()
        """Set as soon as it holds back what was asked for."""
        self._stop = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="file-server", daemon=True
        )
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/file.onnx"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(LIMIT)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _answer(self, to: BaseHTTPRequestHandler) -> None:
        self.requests.append(dict(to.headers.items()))
        to.close_connection = True
        behaviour = self.behaviour
        half = len(self.content) // 2
        answers: dict[str, Callable[[], None]] = {
            "no-ranges": lambda: _send(to, 200, self.content, self._said(len(self.content))),
            "no-length": lambda: _send(to, 200, self.content, {}),
            "short": lambda: _send(to, 200, self.content[:half], {}),
            "long": lambda: _send(to, 200, self.content + b"more" * 50_000, {}),
            "says-more": lambda: _send(to, 200, self.content, self._said(len(self.content) + 7)),
            "says-less": lambda: _send(to, 200, self.content, self._said(len(self.content) - 7)),
            "other": lambda: _send(to, 200, bytes(len(self.content)), self._said(len(self.content))),
            "page": lambda: _send(to, 200, b"<h1>Log in</h1>", {}),
            "missing": lambda: _send(to, 404, b"", {"Content-Length": "0"}),
            "busy": lambda: _send(to, 503, b"", {"Content-Length": "0"}),
            "loop": lambda: _send(to, 302, b"", {"Location": "/file.onnx", "Content-Length": "0"}),
            "away": lambda: _send(to, 302, b"", {"Location": "file:///etc/passwd", "Content-Length": "0"}),
            "silent": self._wait,
        }
        if behaviour == "redirect" and "moved" not in to.path:
            _send(to, 302, b"", {"Location": "../moved/file.onnx", "Content-Length": "0"})
        elif behaviour in answers:
            answers[behaviour]()
        else:
            self._serve(to, behaviour)

    def _serve(self, to: BaseHTTPRequestHandler, behaviour: Behaviour) -> None:
        """As a good server does, at least at first."""
        start = self._asked_for(to)
        body = self.content[start:]
        headers = self._said(len(body))
        if start:
            said = start - 1 if behaviour == "wrong-range" else start
            headers["Content-Range"] = f"bytes {said}-{len(self.content) - 1}/{len(self.content)}"
        whole = behaviour in ("serve", "redirect", "wrong-range")
        _send(to, 206 if start else 200, body if whole else body[: len(body) // 2], headers)
        if behaviour == "stall":
            self._wait()
        elif behaviour == "drip":
            while not self._stop.wait(0.02):
                to.wfile.write(b".")

    def _asked_for(self, to: BaseHTTPRequestHandler) -> int:
        """The first byte that is wanted, where the client's version is ours."""
        asked = re.fullmatch(r"bytes=(\d+)-", to.headers.get("Range", ""))
        return int(asked[1]) if asked and to.headers.get("If-Range", self.tag) == self.tag else 0

    def _said(self, length: int) -> dict[str, str]:
        return {"Content-Length": str(length), "ETag": self.tag, "Accept-Ranges": "bytes"}

    def _wait(self) -> None:
        self.waiting.set()
        self._stop.wait(LIMIT)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def handle_error(self, request: object, client_address: object) -> None:
        """The client has gone, as it may."""


def _send(to: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    to.send_response(status)
    for name, value in headers.items():
        to.send_header(name, value)
    to.send_header("Connection", "close")
    to.end_headers()
    to.wfile.write(body)
    to.wfile.flush()
