"""This program, as the operating system has to start it."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

from desktop.packed import packed
from models.errors import FusiformError

SCRIPT = "fusiform"
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""No XML file can hold these, nor a line of a unit."""


class Program(NamedTuple):
    """`words` stand before `kiosk FILE`; `path` is absolute."""

    path: str
    words: tuple[str, ...] = ()

    def command(self, kiosk: Path) -> list[str]:
        """The command line for this kiosk file.

        Raises:
            FusiformError: a path has a character that files of the operating system cannot hold.
        """
        command = [self.path, *self.words, "kiosk", os.path.abspath(kiosk)]
        for word in command:
            if UNWRITABLE.search(word):
                name = word.encode(errors="replace").decode()
                raise FusiformError(
                    f"There is an unprintable character in {name!r}; rename that folder or file.",
                    f"{name!r} に表示できない文字があります。フォルダーかファイルの名前を変えてください。",
                )
        return command


def this_program() -> Program:
    """The frozen program itself, or what its environment starts it by.

    Raises:
        FusiformError: the environment has no such script.
    """
    if packed():
        return Program(os.path.abspath(sys.executable))
    windowless = Path(sys.executable).with_name("pythonw.exe")
    if sys.platform == "win32" and windowless.exists():  # the script would keep a console open
        return Program(str(windowless), ("-m", "desktop"))
    script = Path(sysconfig.get_path("scripts"), SCRIPT).absolute()
    if not script.is_file():
        raise FusiformError(
            f"{script} is missing, which the system would start; install Fusiform with “make install”.",
            f"システムが起動するはずの {script} がありません。「make install」でインストールしてください。",
        )
    return Program(str(script))
