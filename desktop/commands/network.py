"""The argument that names a network of ours: the same for all that is done to one."""

from __future__ import annotations

from typing import Final

import click

from desktop.commands.options import Argument
from desktop.language import N_, _

FACES: Final = "face-detector"
OURS: Final = (FACES, "objects", "lenet-5")
network = click.argument(
    "name",
    cls=Argument,
    type=click.Choice(OURS),
    metavar=N_("NAME"),
    help=N_("The network: face-detector, objects or lenet-5."),
)


def only_for_faces(name: str, **given: object) -> None:
    """Raises `click.BadParameter` where an option of the face detector is given for another network."""
    for option, value in given.items():
        if value is not None and name != FACES:
            raise click.BadParameter(_("This is for face-detector only."), param_hint=f"--{option}")
