"""Which training a network has."""

from __future__ import annotations

from typing import Any

from models.training.training import Training


def course(name: str) -> type[Training[Any, Any, Any]]:
    """To be called with `data`, `out`, one of its `recipes` and a device."""
    if name == "objects":
        from models.training.objects.run import Training as Objects

        return Objects
    if name == "lenet-5":
        from models.training.digits.run import Training as Digits

        return Digits
    from models.training.faces.run import Training as Faces

    return Faces
