"""The values on which a slider stops, and how a number of its parameter is written."""

from __future__ import annotations

import bisect
import math
from decimal import Decimal

from desktop.window.units import with_unit
from pipelines.parameters import Spec

MOST_STOPS = 1000
LOGARITHMIC_FROM = 100
"""A number that may grow by this factor is set by ratio, not by difference."""
LOGARITHMIC_STOPS = 120


class Stops:
    """The values of a number's slider from its minimum to its maximum, in order and without repeats.

    Evenly spaced by the declared step; where a fractional number spans a factor of 100 or more,
    evenly spaced in its logarithm with three significant digits.
    """

    def __init__(self, spec: Spec) -> None:
        knob = spec.knob
        if knob.minimum is None or knob.maximum is None:
            raise TypeError(f"{spec.name} has no bounds")
        self._whole = spec.kind == "int"
        self._unit = knob.unit
        low, high = knob.minimum, knob.maximum
        if not self._whole and low > 0 and high / low >= LOGARITHMIC_FROM:
            self._digits = None
            self.values = _geometric(low, high)
        else:
            step = knob.step or (1.0 if self._whole else _nice(high - low))
            self._digits = 0 if self._whole else _digits(step)
            self.values = _even(low, high, step)

    def nearest(self, value: float) -> int:
        """The index of the stop that is closest to `value`."""
        right = bisect.bisect_left(self.values, value)
        around = [index for index in (right - 1, right) if 0 <= index < len(self.values)]
        return min(around, key=lambda index: abs(self.values[index] - value))

    def value(self, index: int) -> float | int:
        """The stop in the parameter's own type."""
        return int(self.values[index]) if self._whole else self.values[index]

    def write(self, value: float) -> str:
        """With the digits of the step, and more only where the value has more."""
        if self._digits is None:
            return f"{Decimal(f'{value:.3g}'):f}"
        fixed = f"{value:.{self._digits}f}"
        return fixed if math.isclose(float(fixed), value, rel_tol=1e-9, abs_tol=1e-12) else f"{value:.6g}"

    def write_with_unit(self, value: float) -> str:
        return with_unit(self.write(value), self._unit)

    def widest(self) -> tuple[str, ...]:
        """The texts that need most room."""
        return tuple(
            self.write_with_unit(value) for value in (self.values[0], self.values[-1], self.values[1])
        )


def _even(low: float, high: float, step: float) -> tuple[float, ...]:
    count = math.floor((high - low) / step + 1e-9)
    coarser = math.ceil((count + 1) / MOST_STOPS)
    values = [round(low + index * step, 10) for index in range(0, count + 1, coarser)]
    return tuple(values) if math.isclose(values[-1], high) else (*values, high)


def _geometric(low: float, high: float) -> tuple[float, ...]:
    ratio = high / low
    inner = (low * ratio ** (index / LOGARITHMIC_STOPS) for index in range(1, LOGARITHMIC_STOPS))
    rounded = {float(f"{value:.3g}") for value in inner}
    return (low, *sorted(value for value in rounded if low < value < high), high)


def _nice(span: float) -> float:
    """1, 2 or 5 times a power of ten: about a hundredth of the span."""
    power = 10.0 ** math.floor(math.log10(span / 100))
    return min((power * factor for factor in (1, 2, 5, 10)), key=lambda step: abs(step - span / 100))


def _digits(step: float) -> int:
    exponent = Decimal(f"{step:.10g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))
