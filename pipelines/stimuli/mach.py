"""A ramp or a staircase of light, at whose ends bands are seen that are not there.

Source: E. Mach, "Über die Wirkung der räumlichen Vertheilung des Lichtreizes auf die Netzhaut", Sitzungsber.
Akad. Wiss. Wien 52 (1865); the staircase: M. E. Chevreul, "De la loi du contraste simultané des couleurs"
(1839).
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, choice, number
from pipelines.stimulus import GREY, Family, Motion, Stimulus
from pipelines.visual_field.edge import passed
from pipelines.visual_field.knobs import Contrast, Rotation, Turn, X, Y
from pipelines.visual_field.plane import Direction, Size, along, axes


class MachParameters(Parameters, frozen=True):
    profile: Annotated[
        Literal["ramp", "steps"],
        choice(
            title=Text("Profile", "明るさの変化"),
            titles={"ramp": Text("Ramp", "傾斜"), "steps": Text("Steps", "階段")},
            help=Text(
                "How the level goes from dark to light: evenly, or in steps, each of which is even.",
                "暗から明への変わり方です。一定の傾きで変わるか、一様な段を重ねて変わります。",
            ),
        ),
    ] = "ramp"
    width: Annotated[
        float,
        number(
            0.01,
            1.0,
            step=0.01,
            title=Text("Width", "幅"),
            help=Text(
                "Of the ramp, or of each step, in picture heights.",
                "傾斜の幅、または 1 段の幅（画像の高さを 1 とする）です。",
            ),
        ),
    ] = 0.2
    steps: Annotated[
        int,
        number(
            2,
            16,
            step=1,
            title=Text("Levels", "段の数"),
            help=Text("From the darkest to the lightest.", "最も暗い段から最も明るい段までの数です。"),
            when=("profile", ("steps",)),
        ),
    ] = 6
    orientation: Rotation = 0.0
    turn: Turn = 0.0
    contrast: Contrast = 0.7
    x: X = 0.0
    y: Y = 0.0


class Mach(Stimulus[MachParameters]):
    name = "mach"
    title = Text("Mach bands", "マッハの帯")
    explanation = Text(
        "Where an even ramp of light begins and ends, a dark and a light band are seen that no light meter "
        "finds. A difference of Gaussians answers at just these places, as cells of the retina do.",
        "なだらかな明るさの傾斜の始まりと終わりに、実際にはない暗い帯と明るい帯が見えます。"
        "DoG は、網膜の細胞と同じように、ちょうどその場所で応答します。",
    )
    citation = (
        "E. Mach, “Über die Wirkung der räumlichen Vertheilung des Lichtreizes auf die Netzhaut”, "
        "Sitzungsber. Akad. Wiss. Wien 52, 1865."
    )
    parameters = MachParameters
    family, place = Family.BRIGHTNESS, 0

    @classmethod
    def levels(cls, parameters: MachParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        way = along(parameters.orientation + motion.turned)
        right, up = axes(size)
        columns, rows = way.right * (right - parameters.x), way.up * (up - parameters.y)
        levels = columns.astype(np.float32)[None, :] + rows.astype(np.float32)[:, None]
        levels *= np.float32(1 / parameters.width)
        if parameters.profile == "ramp":
            levels += np.float32(0.5)
            np.clip(levels, 0.0, 1.0, out=levels)
        else:
            levels = _climbed(levels, parameters, way, size)
        levels *= np.float32(2 * GREY * parameters.contrast)
        levels += np.float32(GREY * (1 - parameters.contrast))
        return levels


def _climbed(
    widths: NDArray[np.float32], parameters: MachParameters, way: Direction, size: Size
) -> NDArray[np.float32]:
    """(h, w), 0 to 1: how high the staircase is, so many steps' widths from the middle of its way."""
    edges = parameters.steps - 1
    widths += np.float32((edges - 1) / 2)
    nearest = np.clip(np.rint(widths), 0, edges - 1)
    widths -= nearest
    widths *= np.float32(parameters.width * size[1])
    nearest += passed(widths, way)
    nearest /= np.float32(edges)
    return nearest
