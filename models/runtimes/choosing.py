"""Finds a device for a network: by a trial of the one that was asked for, or by measuring all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from models.runtimes.device import DeviceName, Wish
from models.runtimes.network import Intake
from models.runtimes.remembered import Choice, key_of, recall, remember
from models.runtimes.trial import Timed
from models.stop import Stop
from models.text import Text

PATIENCE = 60.0
"""Seconds for the trial of one device."""
ENGINE_PATIENCE = 300.0
"""The same for TensorRT, which builds its engine first; it is kept."""
SIZE = (480, 640)
"""Height and width of the picture that is measured, where the network takes any."""
GAIN = 0.9
"""A device is taken instead of the CPU where it needs less than this share of its time: as fast is not worth
its memory and its heat."""
HUNG = Text("A trial run did not end in time.", "試しの実行が時間内に終わりませんでした。")
CRASHED = Text("A trial run ended its process.", "試しの実行でプロセスが異常終了しました。")
Trial: TypeAlias = Callable[[DeviceName], Timed]


class UnusableError(Exception):
    """`reason` says why, in a sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def chosen(
    path: Path,
    wish: Wish,
    candidates: Sequence[DeviceName],
    spare: DeviceName,
    threads: int,
    trial: Trial,
) -> Choice:
    """What was found before on this machine, or is found now and remembered.

    Raises:
        UnusableError: the device that was asked for cannot be used.
    """
    key = key_of(path, wish, threads)
    if known := recall(key):
        return known
    choice = _measured(candidates, spare, trial) if wish == "auto" else _proved(wish, trial)
    remember(key, choice)
    return choice


def in_a_child(path: Path, intake: Intake, threads: int, size: tuple[int, int], stop: Stop) -> Trial:
    """Trials with a picture of `size` in processes of their own; `stop` ends the one that runs."""

    from models.runtimes import trial as trials  # a program that only starts needs no processes
    from models.runtimes.child import Child, ChildCrashedError, ChildFailedError, ChildHungError
    from models.runtimes.compute import reason_of

    def trial(device: DeviceName) -> Timed:
        child = Child(trials.tried, str(path), device, intake, threads, size)
        stop.reaches(child.kill)
        patience = ENGINE_PATIENCE if device == "tensorrt" else PATIENCE
        try:
            found: Timed = child.answer(time.monotonic() + patience)
        except ChildFailedError as error:
            raise UnusableError(reason_of(str(error))) from error
        except ChildHungError as error:
            raise UnusableError(HUNG) from error
        except ChildCrashedError as error:
            raise UnusableError(CRASHED) from error
        return found

    return trial


def _proved(device: DeviceName, trial: Trial) -> Choice:
    timed = trial(device)
    return Choice(device, timed.half, {device: timed.milliseconds})


def _measured(candidates: Sequence[DeviceName], spare: DeviceName, trial: Trial) -> Choice:
    found: dict[DeviceName, Timed] = {}
    for device in (spare, *candidates):
        try:
            found[device] = trial(device)
        except UnusableError:
            continue
    milliseconds: dict[str, float] = {device: timed.milliseconds for device, timed in found.items()}
    best = min(found, key=lambda device: found[device].milliseconds, default=spare)
    if spare in found and found[best].milliseconds > GAIN * found[spare].milliseconds:
        best = spare
    return Choice(best, best in found and found[best].half, milliseconds)
