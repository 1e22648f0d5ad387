"""A LaunchAgent. launchd starts it when somebody logs in at the screen, and again whenever it fails.

Source: launchd.plist(5), launchctl(1).
"""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Sequence
from pathlib import Path

from desktop.kiosk.autostart.autostart import Autostart
from desktop.kiosk.autostart.piece import SEAL, File, sealed

LABEL = "fusiform.kiosk"
LOG = "fusiform-kiosk.log"
"""In a folder that is always there: launchd makes none."""
SESSION = "gui/$(id -u)"


def autostart(command: Sequence[str]) -> Autostart:
    home = Path.home()
    path = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    log = str(home / "Library" / "Logs" / LOG)
    return Autostart(
        (File(path, agent(command, log)),),
        (f"launchctl bootstrap {SESSION} {shlex.quote(str(path))}",),
        (f"launchctl bootout {SESSION}/{LABEL}",),
    )


def agent(command: Sequence[str], log: str) -> str:
    """The property list. An end with status 0 is the staff's, by its PIN: then it stays ended."""
    keys = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    written = plistlib.dumps(keys, sort_keys=False).decode()
    head, opening, rest = written.partition("<plist ")
    return sealed(f"{head}<!-- {SEAL} -->\n{opening}{rest}")
