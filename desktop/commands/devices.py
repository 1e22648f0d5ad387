"""`fusiform devices`: the cameras, ready to paste as an address, and what can compute here."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import Any

import click

from desktop.commands.columns import GAP, table
from desktop.commands.options import Command, Option
from desktop.language import N_, _, say
from models.runtimes.compute import Compute, compute_devices
from pipelines.sources.camera import CameraInfo, list_cameras


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
    addresses = table([[camera.name, f"--source {shlex.quote(camera.address)}"] for camera in cameras], GAP)
    rows = [[device.runtime, device.provider, device.name, _state(device)] for device in compute]
    none = GAP + _("none; the demo is always there: --source demo:")
    return "\n".join([_("Cameras"), addresses or none, "", _("Compute"), table(rows, GAP)])


def _state(device: Compute) -> str:
    if device.reason is None:
        return _("usable")
    return _("not usable: {reason}").format(reason=say(device.reason))
