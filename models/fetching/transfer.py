"""One answer of a web server, whatever stands before it: proxies, certificates, redirects."""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import truststore
import urllib3
from msgspec import Struct
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from models.fetching import trouble
from models.stop import Stop

MOST_REDIRECTS = 8
SCHEMES = ("http", "https")


class Patience(Struct, frozen=True):
    """Seconds: until a server is connected, without a byte from it, and for each 4 KiB of the whole."""

    connect: float = 10.0
    silence: float = 15.0
    start: float = 60.0
    """Seconds that are free, however little comes."""
    slowest: float = 4096.0
    """Bytes a second on the average."""


@contextmanager
def answer(
    address: str, headers: Mapping[str, str], stop: Stop, patience: Patience
) -> Iterator[BaseHTTPResponse]:
    """The server's answer at `address`, or where that sends to; its body is still to be read.

    Raises:
        ModelError: there is no answer, or its redirects lead nowhere or away from encryption.
    """
    with _pools(address, stop) as pools:
        for _hop in range(MOST_REDIRECTS + 1):
            try:
                response = pools.request(
                    "GET",
                    address,
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                    timeout=urllib3.Timeout(connect=patience.connect, read=patience.silence),
                )
            except HTTPError as error:
                raise trouble.of_connection(error, address) from error
            place = response.get_redirect_location()
            if not place:
                try:
                    yield response
                finally:
                    response.close()
                return
            response.close()
            address = followed(address, place)
    raise trouble.lost(address)


def followed(address: str, place: str) -> str:
    """Where a redirect from `address` leads.

    Raises:
        ModelError: away from encryption, or to something that is not of the web.
    """
    led = urljoin(address, place)
    scheme = urlsplit(led).scheme
    if scheme not in SCHEMES or (scheme != "https" and urlsplit(address).scheme == "https"):
        raise trouble.unsafe(led)
    return led


def _pools(address: str, stop: Stop) -> urllib3.PoolManager:
    """Connections that `stop` can cut, through the proxy that the system or the environment names.

    Certificates are those that the system trusts, so that a school's own are among them.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxy = _proxy(address)
    pools = (
        urllib3.ProxyManager(proxy, ssl_context=context)
        if proxy
        else urllib3.PoolManager(ssl_context=context)
    )
    pools.pool_classes_by_scheme = {
        "http": _held(HTTPConnectionPool, stop),
        "https": _held(HTTPSConnectionPool, stop),
    }
    return pools


def _proxy(address: str) -> str | None:
    parts = urlsplit(address)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    named = urllib.request.getproxies().get(parts.scheme)
    return named if named is None or "://" in named else f"http://{named}"


def _held(pool: type[HTTPConnectionPool], stop: Stop) -> type[HTTPConnectionPool]:
    """The same pool, whose connections `stop` reaches as soon as they stand."""

    class Connection(pool.ConnectionCls):  # type: ignore[name-defined,misc]
        def connect(self) -> None:
            super().connect()
            stop.reaches(functools.partial(_shut, self.sock))

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})


def _shut(connected: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side may have ended it before
        # not the method of an encrypted socket, which pulls its state from under the reader
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
