"""What is said of a network that does not run."""

from __future__ import annotations

import re

from models.errors import ModelError

NOISE = (
    (re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : (Fatal error: )?"), ""),
    (
        re.compile(r"^Non-zero status code returned while running (\w+) node\. Name:'.*?' Status Message: "),
        r"\1: ",
    ),
    (re.compile(r"\S+\.(?:cc|cpp|h):\d+ (?:(?=[^(]*::)[^(]+\(.*?\)(?: const)? |\w+ )"), ""),
)
"""What ONNX Runtime says for those who build it: codes, and the places of its source code."""


def cannot_run(name: str, error: BaseException) -> ModelError:
    """`name` is what a person calls the network."""
    detail = detail_of(error)
    return ModelError(f"{name} does not run here ({detail}).", f"{name} はここでは動きません（{detail}）。")


def detail_of(error: BaseException) -> str:
    """The first line of what a library said, or somebody else's code."""
    while isinstance(error, ModelError) and error.__cause__:
        error = error.__cause__
    said = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    for noise, instead in NOISE:
        said = noise.sub(instead, said)
    return said.rstrip(". ") or type(error).__name__
