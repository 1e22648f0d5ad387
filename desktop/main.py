"""The entry point of `fusiform`: turns every way to end into an exit status and at most one sentence.

Exit status: 0 done, 1 could not be done, 2 wrong use; 130 after Ctrl-C, as for every program of a shell.
Where the reader of our output has gone (`| head`), click ends without a word, with 1.
"""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import os
import sys
import threading
from collections.abc import Sequence

import click

from desktop.commands.group import fusiform
from desktop.language import _, say
from desktop.log import keep_log, log_file
from desktop.packed import packed, settle
from models.errors import FusiformError

log = logging.getLogger(__name__)
GARBAGE = 50_000
"""New objects after which Python looks for garbage: with the usual 700 that takes a fifth of the start."""
TURN = 0.0001
"""Seconds after which a thread gives up Python's lock to one that waits: with the usual 5 ms a lane that
comes back from OpenCV stands still while the window paints (720p: 5.2 ms a frame instead of 4.5)."""
FAILED = 1
INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process."""
    gc.set_threshold(GARBAGE)
    sys.setswitchinterval(TURN)
    if packed():
        settle()
    write_utf8()
    keep_log()
    threading.excepthook = _log_thread
    code = status()
    if any(thread.daemon for thread in threading.enumerate()):
        _leave(code)
    return code


def status(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, by default this process's, and say in a sentence what went wrong."""
    try:
        answer = fusiform.main(arguments, "fusiform", standalone_mode=False)
        return int(answer or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except FusiformError as error:
        return _failed(say(error.text))
    except Exception as error:
        log.exception("the command failed")
        sentence = _("Something inside Fusiform went wrong ({error}); the details are in {file}.")
        return _failed(sentence.format(error=f"{type(error).__name__}: {error}", file=log_file()))


def write_utf8() -> None:
    """Japanese also where the locale says ASCII; a broken file name as `\\udc..`, as in JSON."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _leave(code: int) -> None:
    """At once: a library that still computes for a hung thread would be torn down under it and crash."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError):  # no console on Windows, a reader that has gone
            stream.flush()
    os._exit(code)


def _log_thread(failed: threading.ExceptHookArgs) -> None:
    """An error that ends a thread would otherwise be told to nobody where there is no console."""
    if failed.exc_value:
        log.error("a thread ended", exc_info=failed.exc_value)


def _failed(sentence: str) -> int:
    click.echo(sentence, err=True)
    return FAILED
