"""The arithmetic of torch's modules."""

from __future__ import annotations

from typing import Any

from torch import nn

from models.inspection.maps import Values
from models.inspection.step import Step


def step_of(part: nn.Module | None) -> Step | None:
    """Of a convolution or a pooling of pictures; `None` for everything else, and where padding is not made of
    zeros or depends on the picture."""
    match part:
        case nn.Conv2d() if part.padding_mode == "zeros" and not isinstance(part.padding, str):
            return Step(
                "sum",
                part.kernel_size,
                part.stride,
                part.padding,
                part.dilation,
                part.groups,
                _values(part.weight),
                None if part.bias is None else _values(part.bias),
            )
        case nn.MaxPool2d():
            return Step("maximum", _pair(part.kernel_size), _pair(part.stride), _pair(part.padding))
        case nn.AvgPool2d():
            return Step("mean", _pair(part.kernel_size), _pair(part.stride), _pair(part.padding))
    return None


def _pair(number: Any) -> tuple[int, int]:
    """torch takes one number for both directions."""
    return (number, number) if isinstance(number, int) else (number[0], number[1])


def _values(numbers: Any) -> Values:
    values: Values = numbers.detach().float().cpu().numpy()
    return values
