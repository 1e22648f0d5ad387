"""A real RTSP server: GStreamer's, run by the system's own Python, which has its bindings.

As a script it serves a moving test picture at `rtsp://127.0.0.1:PORT/test`, prints the port, and ends
when its standard input is closed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

PYTHON = Path("/usr/bin/python3")
PATIENCE = 10.0
LAUNCH = (
    "( videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=25/1 "
    "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=10 ! rtph264pay name=pay0 pt=96 )"
)
NEEDED = ("videotestsrc", "x264enc", "rtph264pay")


class RtspServer:
    """The server in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [str(PYTHON), str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline() or 0)
        assert self.port, "the RTSP server did not start"

    @property
    def address(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}/test"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=PATIENCE)


def reason_missing() -> str:
    """Why there is no RTSP server on this machine; empty where there is one."""
    if not PYTHON.exists():
        return f"{PYTHON} is missing"
    asked = subprocess.run(
        [str(PYTHON), __file__, "--check"], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return "" if asked.returncode == 0 else "GStreamer's RTSP server is not installed"


def _serve() -> None:
    import gi  # type: ignore[import-not-found, unused-ignore]

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer  # type: ignore[import-not-found, unused-ignore]

    Gst.init(None)
    missing = [name for name in NEEDED if Gst.ElementFactory.find(name) is None]
    if missing:
        sys.exit(f"missing: {missing}")
    if "--check" in sys.argv:
        return
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(LAUNCH)
    factory.set_shared(True)
    server.get_mount_points().add_factory("/test", factory)
    server.attach(None)
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_HUP, lambda *_: loop.quit())
    loop.run()


if __name__ == "__main__":
    _serve()
