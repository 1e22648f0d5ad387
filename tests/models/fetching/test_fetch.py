"""A fetch gives the right file or one sentence, and what was there before stays."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections import namedtuple
from pathlib import Path

import pytest
from msgspec.structs import replace

from models import catalogue
from models.catalogue import Entry
from models.errors import ModelError
from models.fetching import fetch as module
from models.fetching.fetch import fetch
from models.fetching.transfer import Patience
from models.fetching.trouble import CancelledFetchError
from models.stop import Stop
from tests.models.fetching.conftest import CONTENT, left_over, published
from tests.models.fetching.file_server import Behaviour, FileServer

IMPATIENT = Patience(connect=2.0, silence=0.3, start=0.3, slowest=1e9)
LIMIT = 10.0


def refusal(entry: Entry, stop: Stop | None = None) -> str:
    """The sentence with which a fetch fails; in Japanese it is one, too."""
    with pytest.raises(ModelError) as caught:
        fetch(entry, stop=stop, patience=IMPATIENT)
    text = caught.value.text
    assert not text.ja.isascii()
    assert text.ja.endswith("。")
    assert text.en.endswith(".")
    assert "Error" not in text.en
    return text.en


def installed() -> bytes | None:
    path = catalogue.folder() / "test.onnx"
    return path.read_bytes() if path.exists() else None


def test_the_right_file_is_installed_and_nothing_else(entry: Entry, server: FileServer) -> None:
    told: list[int] = []
    path = fetch(entry, told.append)
    assert path == catalogue.folder() / "test.onnx"
    assert path.read_bytes() == CONTENT
    assert list(catalogue.folder().iterdir()) == [path]
    assert told[0] == 0
    assert told == sorted(told)
    assert told[-1] == len(CONTENT)
    assert catalogue.state(entry) == "installed"


@pytest.mark.parametrize("off", [-500, 500])
@pytest.mark.parametrize("behaviour", ["serve", "no-length", "no-ranges"])
def test_a_size_and_a_checksum_that_are_known_in_part_will_do(
    entry: Entry, server: FileServer, behaviour: Behaviour, off: int
) -> None:
    server.behaviour = behaviour
    partly = replace(entry, size=len(CONTENT) + off, inexact=500, sha256=entry.sha256[:8])
    assert fetch(partly).read_bytes() == CONTENT
    assert catalogue.state(partly) == "installed"
    refusal(replace(partly, file="other.onnx", inexact=499))
    assert not (catalogue.folder() / "other.onnx").exists()


def test_where_it_broke_it_is_taken_up_with_a_size_that_is_known_in_part(
    entry: Entry, server: FileServer
) -> None:
    partly = replace(entry, size=len(CONTENT) + 500, inexact=500, sha256=entry.sha256[:8])
    server.behaviour = "cut"
    assert "broke off" in refusal(partly)
    server.behaviour = "serve"
    assert fetch(partly).read_bytes() == CONTENT
    assert server.requests[-1]["Range"].startswith("bytes=")


def test_what_is_there_is_not_fetched_again(entry: Entry, server: FileServer) -> None:
    fetch(entry)
    fetch(entry)
    assert len(server.requests) == 1


def test_a_damaged_file_is_fetched_anew(entry: Entry, server: FileServer) -> None:
    path = fetch(entry)
    path.write_bytes(CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]))
    assert catalogue.state(entry) == "damaged"
    fetch(entry)
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("behaviour", ["no-length", "redirect", "no-ranges"])
def test_other_good_servers_will_do(entry: Entry, server: FileServer, behaviour: Behaviour) -> None:
    server.behaviour = behaviour
    assert fetch(entry).read_bytes() == CONTENT


def test_a_cut_connection_is_taken_up_at_once_where_it_broke(entry: Entry, server: FileServer) -> None:
    server.behaviour = "cut"
    assert "broke off" in refusal(entry)
    asked = [request.get("Range") for request in server.requests]
    assert asked == [None, "bytes=150000-", "bytes=225000-"]
    assert [request.get("If-Range") for request in server.requests] == [None, '"one"', '"one"']
    assert installed() is None


def test_a_later_fetch_goes_on_from_there(entry: Entry, server: FileServer) -> None:
    server.behaviour = "cut"
    refusal(entry)
    (left,) = left_over()
    there = left.stat().st_size
    assert left.read_bytes() == CONTENT[:there]
    server.behaviour = "serve"
    server.requests.clear()
    told: list[int] = []
    fetch(entry, told.append)
    assert installed() == CONTENT
    assert server.requests[0]["Range"] == f"bytes={there}-"
    assert told[0] == there
    assert left_over() == []


def test_another_version_is_not_mixed_with_what_is_there(entry: Entry, server: FileServer) -> None:
    server.behaviour = "cut"
    server.content = bytes(len(CONTENT))
    refusal(entry)
    server.behaviour, server.content, server.tag = "serve", CONTENT, '"two"'
    fetch(entry)
    assert installed() == CONTENT


@pytest.mark.parametrize("behaviour", ["no-ranges", "no-length", "wrong-range"])
def test_a_server_that_cannot_go_on_begins_anew(
    entry: Entry, server: FileServer, behaviour: Behaviour
) -> None:
    server.behaviour = "cut"
    refusal(entry)
    server.behaviour = behaviour
    fetch(entry)
    assert installed() == CONTENT


def test_what_is_left_and_wrong_is_thrown_away(entry: Entry, server: FileServer) -> None:
    """The same version by its name, and other bytes: only the checksum tells."""
    server.behaviour = "cut"
    server.content = bytes(len(CONTENT))
    refusal(entry)
    server.behaviour, server.content = "serve", CONTENT
    fetch(entry)
    assert installed() == CONTENT


@pytest.mark.parametrize("size", [len(CONTENT), len(CONTENT) + 5])
def test_what_is_left_may_be_whole_or_too_long(entry: Entry, server: FileServer, size: int) -> None:
    server.behaviour = "cut"
    refusal(entry)
    (left,) = left_over()
    left.write_bytes((CONTENT + b"12345")[:size])
    server.behaviour = "serve"
    fetch(entry)
    assert installed() == CONTENT


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        ("cut", "broke off"),
        ("short", "broke off"),
        ("long", "sent more than the 300,000 bytes"),
        ("says-more", "300,007 bytes instead of 300,000"),
        ("says-less", "299,993 bytes instead of 300,000"),
        ("other", "checksum differs"),
        ("silent", "stopped answering"),
        ("stall", "stopped answering"),
        ("drip", "too slowly"),
        ("missing", "no longer at its address"),
        ("busy", "HTTP 503"),
        ("loop", "without end"),
        ("away", "not encrypted"),
        ("page", "broke off"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_and_nothing_is_replaced(
    entry: Entry, server: FileServer, behaviour: Behaviour, sentence: str
) -> None:
    before = catalogue.folder() / "test.onnx"
    before.parent.mkdir()
    before.write_bytes(b"what was there before")
    server.behaviour = behaviour
    assert sentence in refusal(entry)
    assert installed() == b"what was there before"


@pytest.mark.parametrize("behaviour", ["other", "long", "says-more", "missing", "loop"])
def test_of_a_wrong_file_nothing_is_kept(entry: Entry, server: FileServer, behaviour: Behaviour) -> None:
    server.behaviour = behaviour
    refusal(entry)
    assert left_over() == []


def test_nobody_listens_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "cannot be reached" in refusal(published(f"http://127.0.0.1:{port}/file.onnx"))


def test_a_name_that_nobody_knows() -> None:
    """No network, or a name server that has no answer."""
    assert "cannot be reached" in refusal(published("https://nowhere.invalid/file.onnx"))


def test_no_room_is_told_before_anything_is_asked_for(
    entry: Entry, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10**9, 10**9, 1000))
    assert "not enough room" in refusal(entry)
    assert server.requests == []


def test_a_disk_that_fills_up_meanwhile(
    entry: Entry, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "no room left" in refusal(entry)
    assert installed() is None


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(entry: Entry, home: Path) -> None:
    home.chmod(0o500)
    try:
        assert "not allowed" in refusal(entry)
    finally:
        home.chmod(0o700)


def test_a_file_where_the_folder_would_be(entry: Entry, home: Path) -> None:
    (home / "models").write_bytes(b"")
    assert "could not be written" in refusal(entry)


@pytest.mark.parametrize("behaviour", ["silent", "stall"])
def test_it_can_be_cancelled_while_the_server_says_nothing(
    entry: Entry, server: FileServer, behaviour: Behaviour
) -> None:
    server.behaviour = behaviour
    stop, caught = Stop(), []
    half = len(CONTENT) // 2 if behaviour == "stall" else 0
    come = threading.Event()

    def tell(there: int) -> None:
        if there == half:
            come.set()

    def work() -> None:
        try:
            fetch(entry, tell, stop, Patience(silence=60.0))
        except ModelError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert server.waiting.wait(LIMIT)
    assert not half or come.wait(LIMIT)
    stop.ask()
    thread.join(LIMIT / 2)  # far less than the patience of a fetch
    assert not thread.is_alive()
    (error,) = caught
    assert isinstance(error, CancelledFetchError)
    assert installed() is None
    assert sum(path.stat().st_size for path in left_over()) == half


def test_it_can_be_cancelled_before_and_between(entry: Entry, server: FileServer) -> None:
    stop = Stop()
    stop.ask()
    assert "cancelled" in refusal(entry, stop)
    again = Stop()
    with pytest.raises(CancelledFetchError):
        fetch(entry, lambda _bytes: again.ask(), again)
    assert installed() is None


def test_ctrl_c_keeps_what_has_come(entry: Entry, server: FileServer) -> None:
    def interrupt(there: int) -> None:
        if there:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(entry, interrupt)
    (left,) = left_over()
    assert left.read_bytes() == CONTENT[: left.stat().st_size]
    fetch(entry)
    assert installed() == CONTENT


def test_many_at_once_do_not_hurt_each_other(entry: Entry, server: FileServer) -> None:
    """Some find what another has left, some begin anew; all end with the right file."""
    server.behaviour = "cut"
    refusal(entry)
    server.behaviour = "serve"
    failed: list[BaseException] = []
    together = threading.Barrier(6)

    def work() -> None:
        try:
            together.wait(LIMIT)
            fetch(entry)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert failed == []
    assert installed() == CONTENT
    assert left_over() == []


def test_what_another_process_is_writing_is_left_alone(entry: Entry, server: FileServer) -> None:
    catalogue.folder().mkdir()
    others = catalogue.folder() / ".test.onnx.1-2.now"
    others.write_bytes(b"theirs")
    fetch(entry)
    assert others.read_bytes() == b"theirs"
    day = 24 * 3600
    os.utime(others, (others.stat().st_mtime - 2 * day,) * 2)
    (catalogue.folder() / "test.onnx").unlink()
    fetch(entry)
    assert left_over() == [], "a process that was killed long ago"


def test_a_proxy_is_asked_where_the_system_names_one(
    server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{server.port}")
    fetch(published("http://models.invalid/file.onnx"))
    assert installed() == CONTENT
    assert server.requests[0]["Host"] == "models.invalid"


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert "proxy" in refusal(published("http://models.invalid/file.onnx"))


def test_nothing_of_the_network_is_imported_before_a_fetch() -> None:
    code = "import sys, models.catalogue as c; c.entries(); print({'urllib3', 'ssl'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "set()"


def test_what_the_catalogue_says_is_asked_of_nobody_else(entry: Entry, server: FileServer) -> None:
    """A good file under another checksum is refused, whatever the server says of it."""
    assert "checksum" in refusal(replace(entry, sha256="0" * 64))
    assert module.ATTEMPTS > 1
    assert len(server.requests) == 1, "it is not fetched over and over"
