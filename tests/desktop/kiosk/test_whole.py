"""One command, and an exhibit greets, gets up again, and keeps and sends no picture of anybody."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.desktop.kiosk.whole import PATIENCE, WholeExhibit, is_well

CHECKOUT = Path(__file__).parents[3]
KEPT = {".toml", ".csv", ".log"}


@pytest.fixture
def exhibit(tmp_path: Path) -> Iterator[WholeExhibit]:
    made = WholeExhibit([sys.executable, "-m", "desktop"], tmp_path, PYTHONPATH=str(CHECKOUT))
    yield made
    made.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals are sent there")
def test_it_gets_up_again_keeps_no_picture_and_opens_the_health_port_alone(
    exhibit: WholeExhibit, tmp_path: Path
) -> None:
    exhibit.wait_for(is_well)
    _supervisor, window = exhibit.processes()
    window.kill()
    report = exhibit.wait_for(lambda report: is_well(report) and report["restarts"] == 1)
    assert "SIGKILL" in report["newest_restarts"][0]["reason"]
    sockets = [one for process in exhibit.processes() for one in process.net_connections("inet")]
    listening = [one.laddr for one in sockets if one.status == psutil.CONN_LISTEN]
    assert listening == [("127.0.0.1", exhibit.port)]
    assert {one.laddr[1] for one in sockets} == {exhibit.port}
    exhibit.process.send_signal(signal.SIGTERM)
    assert exhibit.process.wait(PATIENCE) == 128 + signal.SIGTERM
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == KEPT
    assert all(path.stat().st_size < 100_000 for path in written)
