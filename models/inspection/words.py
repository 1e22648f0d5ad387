"""What is said of a network that does not run."""

from __future__ import annotations

from models.errors import ModelError


def cannot_run(name: str, error: BaseException) -> ModelError:
    """`name` is what a person calls the network."""
    detail = detail_of(error)
    return ModelError(f"{name} does not run here ({detail}).", f"{name} はここでは動きません（{detail}）。")


def detail_of(error: BaseException) -> str:
    """The first line of what a library said, or somebody else's code."""
    while isinstance(error, ModelError) and error.__cause__:
        error = error.__cause__
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
