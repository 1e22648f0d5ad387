"""A task for the Task Scheduler, as a file that `schtasks` imports.

`RestartOnFailure` is for a program that could not be started; one that ended is not started again by it. So
the trigger repeats every minute, and is passed over while the exhibit runs.

Source: [MS-TSCH] Task Scheduler Service Remoting Protocol, 2.5 XML task definition schema.
"""

from __future__ import annotations

import getpass
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import platformdirs

from desktop.kiosk.autostart.autostart import Autostart
from desktop.kiosk.autostart.piece import SEAL, File, sealed
from models.errors import FusiformError

TASK = "Fusiform kiosk"
FILE = "kiosk-task.xml"
REPLACED = re.compile(r"%[^%]+%|\$\(")
"""What the Task Scheduler replaces in a command line, and has no way to write as itself."""
TEXT = f"""\
<?xml version="1.0" encoding="UTF-16"?>
<!-- {SEAL} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Fusiform as an exhibit</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <Repetition>
        <Interval>PT1M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <UserId>{{user}}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{{user}}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>5</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>255</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{{program}}</Command>
      <Arguments>{{arguments}}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
"""No time limit, idle or not, on battery or not, with normal priority (5) and not the usual low one (7)."""


def autostart(command: Sequence[str]) -> Autostart:
    path = _folder() / FILE
    return Autostart(
        (File(path, task(command, _user()), "utf-16"),),
        (
            _line("schtasks", "/Create", "/TN", TASK, "/XML", str(path), "/F"),
            _line("schtasks", "/Run", "/TN", TASK),
        ),
        (_line("schtasks", "/End", "/TN", TASK), _line("schtasks", "/Delete", "/TN", TASK, "/F")),
    )


def task(command: Sequence[str], user: str) -> str:
    """The task for a command line of this user.

    Raises:
        FusiformError: a path has something in it that the Task Scheduler would replace.
    """
    for word in command:
        if found := REPLACED.search(word):
            raise FusiformError(
                f"The Task Scheduler would replace “{found[0]}” in {word}; rename that folder or file.",
                f"{word} の「{found[0]}」は、タスクスケジューラが別の文字に置き換えてしまいます。"
                "フォルダーかファイルの名前を変えてください。",
            )
    return sealed(
        TEXT.format(
            seal="{seal}",
            user=escape(user),
            program=escape(command[0]),
            arguments=escape(_line(*command[1:])),
        )
    )


def _line(*words: str) -> str:
    return subprocess.list2cmdline(words)


def _user() -> str:
    domain = os.environ.get("USERDOMAIN")
    return f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()


def _folder() -> Path:
    chosen = os.environ.get("FUSIFORM_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("fusiform", appauthor=False)
