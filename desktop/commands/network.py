"""The argument that names a network of ours: the same for all that is done to one."""

from __future__ import annotations

from typing import Final

import click

from desktop.commands.options import Argument
from desktop.language import N_

OURS: Final = "face-detector"
network = click.argument(
    "name",
    cls=Argument,
    type=click.Choice([OURS]),
    metavar=N_("NAME"),
    help=N_("The network: face-detector."),
)
