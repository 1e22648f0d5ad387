"""Parameters that many stimuli share, each declared once."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, runtime_checkable

from models.text import Text
from pipelines.parameters import Knob, choice, number

Aperture = Literal["full", "disc", "gaussian"]
BOUNDED: tuple[str, tuple[Aperture, ...]] = ("aperture", ("disc", "gaussian"))
"""With these apertures, a size and a place matter."""


def _right(when: tuple[str, tuple[Aperture, ...]] | None = None) -> Knob:
    return number(
        -0.5,
        0.5,
        step=0.01,
        title=Text("Right of the middle", "中心から右へ"),
        help=Text(
            "Where it lies, in picture heights; negative to the left.",
            "位置（画像の高さを 1 とする）です。負の値は左です。",
        ),
        when=when,
    )


def _up(when: tuple[str, tuple[Aperture, ...]] | None = None) -> Knob:
    return number(
        -0.5,
        0.5,
        step=0.01,
        title=Text("Above the middle", "中心から上へ"),
        help=Text(
            "Where it lies, in picture heights; negative below.",
            "位置（画像の高さを 1 とする）です。負の値は下です。",
        ),
        when=when,
    )


Orientation = Annotated[
    float,
    number(
        0.0,
        360.0,
        step=1.0,
        unit="°",
        title=Text("Orientation", "方位"),
        help=Text(
            "Angle to the horizontal, counter-clockwise: 0° lies level, 90° stands upright and drifts to the "
            "right. 180° further it looks the same and drifts the other way.",
            "水平からの角度（反時計回り）です。0° は水平、90° は垂直で右へ動きます。"
            "180° 加えると見た目は同じで、動く向きが逆になります。",
        ),
    ),
]
Turn = Annotated[
    float,
    number(
        -90.0,
        90.0,
        step=1.0,
        unit="°/s",
        title=Text("Turn", "回転の速さ"),
        help=Text(
            "Degrees a second by which the orientation goes on, counter-clockwise: at 10 all of them pass in "
            "36 seconds. At 0 it stays where it is.",
            "1 秒ごとに方位が反時計回りに進む角度です。10 なら 36 秒ですべての方位を巡ります。"
            "0 にするとその方位で止まります。",
        ),
    ),
]
Contrast = Annotated[
    float,
    number(
        0.0,
        1.0,
        step=0.01,
        title=Text("Contrast", "コントラスト"),
        help=Text(
            "Michelson's: the difference of the lightest and the darkest level over their sum.",
            "マイケルソン・コントラスト：最も明るい値と最も暗い値の差を、その和で割ったものです。",
        ),
    ),
]
Window = Annotated[
    Aperture,
    choice(
        title=Text("Aperture", "窓"),
        titles={
            "full": Text("Full field", "全視野"),
            "disc": Text("Disc", "円形"),
            "gaussian": Text("Gaussian (Gabor patch)", "ガウス窓（ガボール刺激）"),
        },
        help=Text(
            "Through what it is seen: the whole picture, a disc with a sharp edge, or a soft spot.",
            "どの範囲に見せるかです。画像全体、縁のはっきりした円、または周辺ほど薄くなる窓。",
        ),
    ),
]
WindowSize = Annotated[
    float,
    number(
        0.05,
        1.5,
        step=0.01,
        title=Text("Size", "窓の大きさ"),
        help=Text(
            "Diameter of the disc in picture heights; of the Gaussian, four times its σ.",
            "円の直径（画像の高さを 1 とする）です。ガウス窓では σ の 4 倍にあたります。",
        ),
        when=BOUNDED,
    ),
]
X = Annotated[float, _right()]
Y = Annotated[float, _up()]
WindowX = Annotated[float, _right(BOUNDED)]
"""The same for what has no place where it fills the whole field."""
WindowY = Annotated[float, _up(BOUNDED)]


class Windowed(Protocol):
    """Parameters of a stimulus that is seen through a window."""

    @property
    def aperture(self) -> Aperture: ...
    @property
    def size(self) -> float: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...


@runtime_checkable
class Drifting(Protocol):
    """Parameters of a stimulus that drifts, at `speed` a second in its own unit."""

    @property
    def speed(self) -> float: ...


@runtime_checkable
class Turning(Protocol):
    """Parameters of a stimulus that has an `orientation` (degrees) and turns, at `turn` degrees a second."""

    @property
    def orientation(self) -> float: ...
    @property
    def turn(self) -> float: ...
