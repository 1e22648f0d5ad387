"""What is said of a network that does not run."""

from __future__ import annotations

from models.errors import ModelError


def cannot_run(name: str, error: BaseException) -> ModelError:
    """`name` is what a person calls the network."""
    cause = error.__cause__ if isinstance(error, ModelError) and error.__cause__ else error
    detail = next((line for line in str(cause).splitlines() if line.strip()), type(cause).__name__)
    return ModelError(f"{name} does not run here ({detail}).", f"{name} はここでは動きません（{detail}）。")
