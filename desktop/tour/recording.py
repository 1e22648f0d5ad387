"""The view while what is on screen is recorded."""

from __future__ import annotations

from desktop.tour.guide import Guide
from desktop.tour.stop import Stop, lane
from models.text import Text

WHEN = "0:02"
"""What the counter says in the picture."""


def _record(guide: Guide) -> None:
    """The file goes with the tour's home."""
    guide.lanes(2, lane("dog"), lane("haar-faces", eyes=True))
    recording = guide.window.chrome.recording
    recording.folder = lambda: guide.home / "recordings"
    recording.switch_wall()
    guide.wait_for(lambda: recording.mark.words().startswith(WHEN))


RECORDING = (Stop("recording", Text("What is on screen becomes a video", "画面の様子を動画に残す"), _record),)
