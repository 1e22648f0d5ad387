"""From an entry of the catalogue to its file on this machine, or to one sentence about why not."""

from __future__ import annotations

import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from models import catalogue
from models.catalogue import Entry
from models.errors import ModelError
from models.fetching import trouble
from models.fetching.partial import Partial
from models.fetching.transfer import Patience, answer
from models.fetching.trouble import CutError
from models.stop import Stop

log = logging.getLogger(__name__)
ATTEMPTS = 3
"""A connection that broke off after something came is tried again at once, so often in all."""
PIECE = 64 * 1024
SPARE = 16 * 1024 * 1024
"""Bytes that stay free on the disk."""
OK, PARTIAL, NOT_SATISFIABLE = 200, 206, 416
AGENT = "fusiform"
Progress = Callable[[int], object]
"""Told how many bytes are there, again and again, on the thread that fetches."""


def fetch(
    entry: Entry,
    progress: Progress = lambda _bytes: None,
    stop: Stop | None = None,
    patience: Patience = Patience(),  # noqa: B008 - a frozen value
) -> Path:
    """Fetch the file of a published `entry`, prove its checksum, and only then put it in its place.

    What was there before stays until then. Does nothing where the right file is there already.

    Raises:
        CancelledFetchError: `stop` was asked for.
        ModelError: it could not be fetched or written; the sentence says why and what can be done.
    """
    stop = stop or Stop()
    target = catalogue.place(entry)
    if catalogue.state(entry) in ("installed", "shipped"):
        return target
    try:
        with Partial(target) as part:
            _complete(entry, part, progress, stop, patience)
            part.install()
    except OSError as error:
        raise trouble.of_disk(error, target.parent) from error
    except ModelError as error:
        if stop.is_asked:
            raise trouble.CancelledFetchError from None
        log.info("%s was not fetched", entry.name, exc_info=error)
        raise
    return target


def _complete(entry: Entry, part: Partial, progress: Progress, stop: Stop, patience: Patience) -> None:
    """Bring `part` to the whole file, of the right checksum."""
    for attempt in range(1, ATTEMPTS + 1):
        had = part.size
        try:
            if not entry.fits(had):
                _receive(entry, part, progress, stop, patience)
        except _OtherFileError:
            part.drop()
            continue
        except CutError:
            if stop.is_asked or attempt == ATTEMPTS or part.size <= had:
                raise
            continue
        if catalogue.holds(part.path, entry):
            return
        part.drop()
        if not had:  # otherwise what an earlier fetch left may have been wrong, and not the server
            break
    raise trouble.wrong_content(entry.address)


def _receive(entry: Entry, part: Partial, progress: Progress, stop: Stop, patience: Patience) -> None:
    """Append what the server sends to what is there, or begin anew where it does not go on from there."""
    if part.size > entry.most:
        part.drop()
    _make_sure_of_room(entry.size - part.size, part.path.parent)
    with answer(entry.address, _headers(part), stop, patience) as response:
        start = _start(response, part, entry)
        part.validator = _validator(response)
        with part.open_at(start) as file:
            progress(start)
            there = start
            for piece in _pieces(response, entry, stop, patience):
                there += len(piece)
                if there > entry.most:
                    part.drop()
                    raise trouble.too_long(entry.size, entry.address)
                file.write(piece)
                progress(there)
            file.flush()
            os.fsync(file.fileno())
    if there < entry.least:
        raise trouble.cut(_host(entry))


def _headers(part: Partial) -> dict[str, str]:
    headers = {"Accept-Encoding": "identity", "User-Agent": AGENT}
    if part.size:
        headers["Range"] = f"bytes={part.size}-"
        if part.validator:
            headers["If-Range"] = part.validator
    return headers


def _start(response: BaseHTTPResponse, part: Partial, entry: Entry) -> int:
    """The byte of the file at which the answer's body begins.

    Raises:
        ModelError: the answer is not this file.
        _OtherFileError: what is there already does not belong to it.
    """
    if part.size and response.status in (PARTIAL, NOT_SATISFIABLE):
        range_ = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
        if not range_ or range_[1] != str(part.size):
            raise _OtherFileError
        if range_[2] != "*" and not entry.fits(int(range_[2])):
            raise _OtherFileError
        return part.size
    if response.status != OK:
        raise trouble.of_status(response.status, entry.address)
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and not entry.fits(int(announced)):
        raise trouble.of_length(int(announced), entry.size, entry.address)
    return 0


def _validator(response: BaseHTTPResponse) -> str:
    """A weak tag does not promise the same bytes, so nothing can go on from it."""
    tag = response.headers.get("ETag", "")
    return response.headers.get("Last-Modified", "") if tag.startswith("W/") or not tag else tag


def _pieces(response: BaseHTTPResponse, entry: Entry, stop: Stop, patience: Patience) -> Iterator[bytes]:
    """The body as it comes."""
    until = time.monotonic() + patience.start + entry.size / patience.slowest
    while True:
        try:
            piece = response.read1(PIECE)
        except HTTPError as error:
            raise trouble.of_connection(error, entry.address) from error
        if stop.is_asked or time.monotonic() > until:
            raise trouble.too_slow(_host(entry))
        if not piece:
            return
        yield piece


def _make_sure_of_room(needed: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise trouble.no_room(needed + SPARE, free, folder)


def _host(entry: Entry) -> str:
    return urlsplit(entry.address).hostname or entry.address


class _OtherFileError(Exception):
    """The server's file is not the one of which a part is here."""
