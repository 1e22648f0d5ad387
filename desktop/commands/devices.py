"""`fusiform devices`: what can be looked at, ready to paste as an address, and what can compute here."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

import click

from desktop.commands.columns import GAP, table
from desktop.commands.options import Command, Option
from desktop.language import N_, _, say
from models.runtimes.compute import Compute, compute_devices
from models.text import Text
from pipelines.sources.camera import CameraInfo, list_cameras
from pipelines.sources.canvas import Canvas
from pipelines.sources.demo import Demo
from pipelines.stimuli import discover


@click.command(
    cls=Command, help=N_("List the cameras, ready to paste as a source, and what can compute here.")
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON and nothing else."))
def command(as_json: bool) -> None:
    cameras, compute = list_cameras(), compute_devices()
    if as_json:
        click.echo(json.dumps(described(cameras, compute), ensure_ascii=False, indent=2))
    else:
        click.echo(listed(cameras, compute))


def described(cameras: Sequence[CameraInfo], compute: Sequence[Compute]) -> dict[str, Any]:
    """The devices as other people's scripts read them."""
    return {
        "cameras": [{"name": camera.name, "address": camera.address} for camera in cameras],
        "compute": [
            {
                "name": device.name,
                "runtime": device.runtime,
                "provider": device.provider,
                "usable": device.usable,
                "reason": None if device.reason is None else say(device.reason),
            }
            for device in compute
        ],
    }


def listed(cameras: Sequence[CameraInfo], compute: Sequence[Compute]) -> str:
    """The devices as a person reads them."""
    found = table([_pasted(camera.name, camera.address) for camera in cameras], GAP)
    always = table([_pasted(say(title), address) for title, address in _always_there()], GAP)
    rows = [[device.runtime, device.provider, device.name, _state(device)] for device in compute]
    parts = (
        (_("Cameras"), found or GAP + _("none")),
        (_("Always there"), always),
        (_("Compute"), table(rows, GAP)),
    )
    return "\n\n".join(f"{heading}\n{lines}" for heading, lines in parts)


def _pasted(name: str, address: str) -> list[str]:
    return [name, f"--source {shlex.quote(address)}"]


def _always_there() -> Iterator[tuple[Text, str]]:
    """Title and address of each source that needs no camera and no file."""
    yield Demo.title, Demo.address
    for stimulus in discover().values():
        yield stimulus.title, f"stimulus:{stimulus.name}"
    yield Canvas.title, "canvas:"


def _state(device: Compute) -> str:
    if device.reason is None:
        return _("usable")
    return _("not usable: {reason}").format(reason=say(device.reason))
