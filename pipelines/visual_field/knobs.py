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
Rotation = Annotated[
    float,
    number(
        0.0,
        360.0,
        step=1.0,
        unit="°",
        title=Text("Rotation", "回転角"),
        help=Text(
            "How far it is turned, counter-clockwise.",
            "反時計回りに回した角度です。",
        ),
    ),
]
"""The orientation of what has no stripes."""
Frequency = Annotated[
    float,
    number(
        0.5,
        40.0,
        step=0.5,
        unit="cycles",
        title=Text("Spatial frequency", "空間周波数"),
        help=Text(
            "Cycles per image: how many light and dark stripes lie one after the other in its height.",
            "画像の高さあたりの周期数です。明暗の縞が何組並ぶかを表します。",
        ),
    ),
]
CyclesPerSecond = Annotated[
    float,
    number(
        -10.0,
        10.0,
        step=0.1,
        unit="Hz",
        title=Text("Speed", "速さ"),
        help=Text(
            "Cycles a second that pass a point; negative in the other direction, 0 stands still.",
            "1 点を 1 秒間に通過する周期数です。負の値は逆向き、0 は静止です。",
        ),
    ),
]
Phase = Annotated[
    float,
    number(
        0.0,
        360.0,
        step=5.0,
        unit="°",
        title=Text("Phase", "位相"),
        help=Text(
            "Where it begins: at 0° a light stripe lies in the middle, at 180° a dark one.",
            "始まりの位置です。0° では明るい縞、180° では暗い縞が中心に来ます。",
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
Light = Literal["light", "dark"]
Polarity = Annotated[
    Light,
    choice(
        title=Text("Polarity", "極性"),
        titles={
            "light": Text("Light on dark", "暗い背景に明るい図形"),
            "dark": Text("Dark on light", "明るい背景に暗い図形"),
        },
        help=Text(
            "ON cells answer to light in their middle, OFF cells to dark.",
            "ON 型の細胞は中心の明るさに、OFF 型の細胞は中心の暗さに応答します。",
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
Reversals = Annotated[
    float,
    number(
        0.0,
        15.0,
        step=0.5,
        unit="/s",
        title=Text("Reversals", "反転の速さ"),
        help=Text(
            "How many times a second light and dark change places; clinics use 2, and at 0 they stay. More "
            "than 6 flicker in a way that can harm people with photosensitive epilepsy.",
            "1 秒間に明暗が入れ替わる回数です。臨床検査では 2 回が標準で、0 なら入れ替わりません。"
            "6 回を超える点滅は、光過敏性てんかんの人に害を与えるおそれがあります。",
        ),
    ),
]
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
class Reversing(Protocol):
    """Parameters of a stimulus whose light and dark change places, `reversals` times a second."""

    @property
    def reversals(self) -> float: ...


@runtime_checkable
class Turning(Protocol):
    """Parameters of a stimulus that has an `orientation` (degrees) and turns, at `turn` degrees a second."""

    @property
    def orientation(self) -> float: ...
    @property
    def turn(self) -> float: ...
