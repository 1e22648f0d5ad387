"""A systemd user unit. It belongs to the graphical session: one that started with the login itself would find
no screen yet, and keep the environment of that moment for ever.

Source: systemd.service(5), systemd.syntax(7), systemd.special(7).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from desktop.kiosk.autostart.autostart import Autostart
from desktop.kiosk.autostart.piece import SEAL, File, Link, sealed

UNIT = "fusiform-kiosk.service"
TARGET = "graphical-session.target"
NEVER_IN_A_PROGRAM = frozenset("\"'\\")
"""systemd refuses a program with one of these in its name, however quoted; in arguments it takes them."""
SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
"""Becomes the program that follows."""
TEXT = f"""\
# {SEAL}
[Unit]
Description=Fusiform as an exhibit
PartOf={TARGET}
After={TARGET}
StartLimitIntervalSec=0

[Service]
Type=notify
ExecStart={{command}}
Restart=always
# 0: the staff has left the exhibit by its PIN
RestartPreventExitStatus=0
# it was told to stop, by SIGTERM
SuccessExitStatus=143
RestartSec=5
WatchdogSec=30
TimeoutStopSec=15
KillMode=mixed
# a window that takes too much memory is the supervisor's own business
OOMPolicy=continue

[Install]
WantedBy={TARGET}
"""


def autostart(command: Sequence[str]) -> Autostart:
    """The unit for a command line, and the link that `systemctl --user enable` would make."""
    folder = _configuration() / "systemd" / "user"
    unit = sealed(TEXT.format(seal="{seal}", command=line(command)))
    return Autostart(
        (File(folder / UNIT, unit), Link(folder / f"{TARGET}.wants" / UNIT, f"../{UNIT}")),
        ("systemctl --user daemon-reload", f"systemctl --user start {UNIT}"),
        (f"systemctl --user stop {UNIT}", "systemctl --user daemon-reload"),
    )


def line(command: Sequence[str]) -> str:
    """A command line as `ExecStart` takes it; the colon keeps `$` what it is."""
    words = [*SHELL, *command] if NEVER_IN_A_PROGRAM & set(command[0]) else command
    return " ".join(_quoted(word) for word in [f":{words[0]}", *words[1:]])


def _quoted(word: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%")):
        word = word.replace(sign, written)
    return f'"{word}"'


def _configuration() -> Path:
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(chosen) if os.path.isabs(chosen) else Path.home() / ".config"
