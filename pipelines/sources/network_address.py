"""What may be shown of a network address."""

from __future__ import annotations

from urllib.parse import urlsplit


def without_secrets(address: str) -> str:
    """Server and path only: names, passwords and keys stand before the `@` and behind the `?`."""
    place = address.partition("://")[2] or address
    place = place.partition("?")[0].partition("#")[0]
    return place.rpartition("@")[2].rstrip("/")


def has_host(address: str) -> bool:
    """Whether it names a server, with a possible port."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
