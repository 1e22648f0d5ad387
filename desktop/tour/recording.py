"""The view while what is on screen is recorded."""

from __future__ import annotations

from desktop.tour.guide import SETTLE_MS, Guide
from desktop.tour.stop import Stop, lane
from models.text import Text


def _record(guide: Guide) -> None:
    """Until something is to be read on the mark; the file goes with the tour's home."""
    guide.lanes(2, lane("dog"), lane("haar-faces", eyes=True))
    recording = guide.window.chrome.recording
    recording.folder = lambda: guide.home / "recordings"
    recording.switch_wall()
    guide.wait(4 * SETTLE_MS)


RECORDING = (Stop("recording", Text("What is on screen becomes a video", "画面の様子を動画に残す"), _record),)
