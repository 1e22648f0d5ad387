"""Health tells the truth over real sockets, and nothing that a client does costs the exhibit anything."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

import pytest
from msgspec.structs import replace

from desktop.kiosk.beat import Counted, LaneBeat
from desktop.kiosk.health import CLIENTS, LONGEST, HealthError, HealthServer
from desktop.kiosk.report import Report
from desktop.kiosk.restarts import Restart

HOST = "127.0.0.1"
LIMIT = 10.0
"""Seconds for whatever a client waits for."""
WELL = Report(
    healthy=True,
    reasons=(),
    uptime=100.12345,
    window_uptime=50.0,
    mode="used",
    station=1,
    plain=False,
    source="camera:",
    live=True,
    age=0.04,
    lanes=(LaneBeat("canny", 29.5, 0.0), LaneBeat('o"dd\\\n', 10.0, 0.5)),
    restarts=2,
    newest_restarts=(Restart(datetime(2026, 11, 26, 4, 0, 0, 123), "planned restart"),),
    megabytes=512.5,
    threads=20,
    handles=80,
    temperature=None,
    counts=Counted(7, 12.5, 3, (4, 5)),
)
ILL = replace(WELL, healthy=False, reasons=("The window is not running.",))


def free_port() -> int:
    with socket.create_server((HOST, 0)) as place:
        return int(place.getsockname()[1])


@contextlib.contextmanager
def serving(report: Callable[[], Report] = lambda: WELL, deadline: float = LIMIT) -> Iterator[int]:
    port = free_port()
    server = HealthServer(HOST, port, report, deadline=deadline)
    server.start()
    try:
        yield port
    finally:
        server.close()
        assert not server.runs


def ask(port: int, path: str = "/health", method: str = "GET") -> tuple[int, dict[str, str], str]:
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=LIMIT)) as client:
        client.request(method, path)
        answer = client.getresponse()
        return (
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read().decode(),
        )


def connect(port: int) -> socket.socket:
    return socket.create_connection((HOST, port), timeout=LIMIT)


def all_of(client: socket.socket) -> bytes:
    """What it is told until the other side closes."""
    parts = []
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        while part := client.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_a_healthy_exhibit_tells_every_field_as_json() -> None:
    with serving() as port:
        status, headers, body = ask(port)
    told = json.loads(body)
    assert (status, headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert set(told) == set(Report.__struct_fields__)
    assert told["uptime"] == pytest.approx(100.12345, abs=0.001)
    assert told["counts"] == {"visits": 7, "minutes": 12.5, "faces": 3, "stations": [4, 5]}
    at = datetime.fromisoformat(told["newest_restarts"][0]["at"])
    assert at == datetime(2026, 11, 26, 4).astimezone()
    assert at.tzinfo is not None


def test_what_is_wrong_is_said_with_503_and_scraped_with_200() -> None:
    with serving(lambda: ILL) as port:
        status, _, body = ask(port)
        assert (status, json.loads(body)["reasons"]) == (503, ["The window is not running."])
        status, _, text = ask(port, "/metrics")
    assert status == 200
    assert "fusiform_healthy 0\n" in text


def test_each_answer_is_of_the_moment_it_is_asked_in() -> None:
    numbers = count(1)
    with serving(lambda: replace(WELL, restarts=next(numbers))) as port:
        assert [json.loads(ask(port)[2])["restarts"] for _ in range(3)] == [1, 2, 3]


SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?[0-9.e+-]+)')


def test_metrics_are_the_text_that_prometheus_reads() -> None:
    with serving() as port:
        _, headers, text = ask(port, "/metrics")
    assert headers["content-type"].startswith("text/plain; version=0.0.4")
    assert text.endswith("\n")
    declared: set[str] = set()
    samples: dict[tuple[str, str], float] = {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in declared
            assert kind == ("counter" if name.endswith("_total") else "gauge")
            declared.add(name)
        elif not line.startswith("# HELP "):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample[1] in declared
            assert (sample[1], sample[2] or "") not in samples
            samples[sample[1], sample[2] or ""] = float(sample[3])
    assert all(name.startswith("fusiform_") for name in declared)
    assert samples["fusiform_memory_bytes", ""] == 512_500_000
    assert samples["fusiform_lane_frames_per_second", 'lane="0",pipeline="canny"'] == 29.5
    assert samples["fusiform_lane_silent_seconds", 'lane="1",pipeline="o\\"dd\\\\\\n"'] == 0.5
    assert samples["fusiform_today_station_choices", 'station="1"'] == 5
    assert samples["fusiform_today_visit_seconds", ""] == 750
    assert "fusiform_temperature_celsius" not in declared, "what is not known is not told"


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_head_tells_the_same_without_a_body(path: str) -> None:
    with serving() as port:
        full, bare = ask(port, path), ask(port, path, "HEAD")
    assert bare[:2] == full[:2]
    assert (bare[2], int(full[1]["content-length"])) == ("", len(full[2].encode()))


def test_nothing_else_is_there() -> None:
    with serving() as port:
        for path in ("/", "/health/", "/HEALTH", "/../health", "/favicon.ico", "*"):
            assert ask(port, path)[0] == 404
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"):
            status, headers, _ = ask(port, "/health", method)
            assert (status, headers["allow"]) == (405, "GET, HEAD")
        assert ask(port, "/health?verbose=1")[0] == 200


def test_a_password_of_a_network_camera_is_never_told() -> None:
    with serving(lambda: replace(WELL, source="rtsp://guard:hush@camera.museum:554/hall?key=hush")) as port:
        told = ask(port)[2] + ask(port, "/metrics")[2]
    assert "rtsp://camera.museum:554/hall" in told
    assert "hush" not in told
    assert "guard" not in told


def test_a_report_that_fails_is_an_error_and_no_end(caplog: pytest.LogCaptureFixture) -> None:
    reports = iter([WELL])
    with serving(lambda: next(reports)) as port:
        assert [ask(port)[0] for _ in range(3)] == [200, 500, 500]
    assert "there is no report" in caplog.text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\n\n", b"400"),
        (b"\r\n\r\n", b"400"),
        (b"GET /health\r\n\r\n", b"400"),
        (b"GET /health SPDY/3\r\n\r\n", b"400"),
        (b"GET /health HTTP/1.1 x\r\n\r\n", b"400"),
        (b"GET /\xff\xfe HTTP/1.1\r\n\r\n", b"404"),
        (b"GET /health HTTP/1.1\nno colon at all\n\n", b"200"),
        (b"GET /health HTTP/1.0\r\n\r\n", b"200"),
        (b"GET /" + b"a" * 2 * LONGEST + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", b"431"),
    ],
)
def test_garbage_gets_a_word_and_the_next_one_its_answer(sent: bytes, status: bytes) -> None:
    with serving() as port:
        with connect(port) as client:
            client.sendall(sent)
            assert all_of(client).split(b" ")[1] == status
        assert ask(port)[0] == 200


def test_half_a_request_is_a_bad_one() -> None:
    with serving() as port, connect(port) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost")
        client.shutdown(socket.SHUT_WR)
        assert all_of(client).startswith(b"HTTP/1.1 400 ")


def test_a_request_in_single_bytes_is_answered() -> None:
    with serving() as port, connect(port) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"GET /health HTTP/1.1\r\n\r\n":
            client.sendall(bytes([byte]))
        assert all_of(client).startswith(b"HTTP/1.1 200 ")


def test_who_says_nothing_or_never_ends_is_dropped_at_the_deadline() -> None:
    with (
        serving(deadline=0.2) as port,
        connect(port) as silent,
        connect(port) as slow,
        connect(port) as greedy,
    ):
        slow.sendall(b"GET /health HTTP/1.1\r\nX: ")
        greedy.sendall(b"GET /health HTTP/1.1\r\n\r\n")  # and never closes
        assert all_of(silent) == all_of(slow) == b""
        assert all_of(greedy).startswith(b"HTTP/1.1 200 ")


def test_however_many_hold_the_line_who_asks_is_answered_and_no_thread_is_made() -> None:
    with serving(deadline=60) as port, contextlib.ExitStack() as held:
        threads = threading.active_count()
        idle = [held.enter_context(connect(port)) for _ in range(4 * CLIENTS)]
        for client in idle:
            with contextlib.suppress(OSError):  # the oldest were let go already
                client.sendall(b"GET /he")
        assert ask(port)[0] == 200
        assert threading.active_count() == threads
        assert [all_of(client) for client in idle[: 3 * CLIENTS]] == [b""] * 3 * CLIENTS


def test_many_who_ask_at_once_are_all_answered() -> None:
    statuses: list[int] = []
    with serving() as port:
        askers = [
            threading.Thread(target=lambda: statuses.extend(ask(port)[0] for _ in range(10)))
            for _ in range(16)
        ]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join(LIMIT)
    assert statuses == [200] * 160


def test_clients_that_go_away_leave_nothing_behind() -> None:
    with serving() as port:
        for _ in range(200):
            with connect(port) as client:
                client.sendall(b"GET /health HTTP/1.1\r\n\r\n")
                client.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
                )  # as a pulled cable
        assert ask(port)[0] == 200


def test_a_port_that_is_taken_is_a_sentence_and_free_again_it_is_opened() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        server = HealthServer(HOST, port, lambda: WELL)
        with pytest.raises(HealthError, match="cannot be opened: another program holds it") as refused:
            server.start()
        assert "ヘルスポート" in refused.value.text.ja
        assert not server.runs
    server.start()
    try:
        assert ask(port)[0] == 200
    finally:
        server.close()
        server.close()


@pytest.mark.parametrize("address", ["", "localhost", "exhibit.museum", "300.1.1.1", "203.0.113.7"])
def test_only_an_address_of_this_machine_is_opened_never_a_name_or_all_of_them(address: str) -> None:
    with pytest.raises(HealthError):
        HealthServer(address, free_port(), lambda: WELL).start()


def test_only_the_address_that_is_said_is_opened() -> None:
    with serving() as port, pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=LIMIT)


def test_started_and_closed_again_and_again_no_socket_is_left() -> None:
    psutil = pytest.importorskip("psutil")
    process = psutil.Process()
    with serving():
        pass
    before = process.num_fds()
    for _ in range(20):
        with serving() as port:
            ask(port)
    assert process.num_fds() == before
