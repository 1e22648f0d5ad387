"""The distortions that can be swept, and how strong each is made."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from models.errors import ParameterError
from models.text import Text
from pipelines.distortions import Distortions, distort
from pipelines.frame import Frame
from pipelines.stress.cover import Part, cover


class Sweep(Struct, frozen=True):
    """One distortion at rising `strengths` in `unit`; at `neutral`, one of them, a frame is left as it is.

    `axis` says what the strength measures.
    """

    name: str
    title: Text
    axis: Text
    unit: str
    strengths: tuple[float, ...]
    neutral: float
    change: Callable[[Frame, float], Frame]
    """The frame at a strength, its truth moved along; the same input gives the same output."""

    @property
    def outward(self) -> tuple[float, ...]:
        """The strengths from the neutral one to both ends, so that a curve can be compared from the start."""
        middle = self.strengths.index(self.neutral)
        places = sorted(range(len(self.strengths)), key=lambda place: (abs(place - middle), place))
        return tuple(self.strengths[place] for place in places)


def _by(field: str) -> Callable[[Frame, float], Frame]:
    return lambda frame, strength: distort(frame, Distortions().changed(**{field: strength}))


def _coarse(frame: Frame, side: float) -> Frame:
    return distort(frame, Distortions(resolution=1 / side))


def _without(part: Part) -> Callable[[Frame, float], Frame]:
    return lambda frame, percent: cover(frame, part, percent / 100)


def _steps(first: int, last: int, step: int) -> tuple[float, ...]:
    return tuple(map(float, range(first, last + 1, step)))


SWEEPS: Mapping[str, Sweep] = MappingProxyType(
    {
        sweep.name: sweep
        for sweep in (
            Sweep(
                "rotation",
                Text("Rotation", "回転"),
                Text("Turned clockwise", "時計回りの回転角"),
                "°",
                _steps(-90, 90, 5),
                0.0,
                _by("rotation"),
            ),
            Sweep(
                "scale",
                Text("Scale", "大きさ"),
                Text("Size", "倍率"),
                "×",
                (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0),
                1.0,
                _by("scale"),
            ),
            Sweep(
                "blur",
                Text("Blur", "ぼかし"),
                Text("Blur σ", "ぼかしの σ"),
                "px",
                (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 14.0, 16.0, 20.0),
                0.0,
                _by("blur"),
            ),
            Sweep(
                "noise",
                Text("Noise", "ノイズ"),
                Text("Noise σ in grey levels", "ノイズの σ（階調）"),
                "",
                _steps(0, 100, 5),
                0.0,
                _by("noise"),
            ),
            Sweep(
                "brightness",
                Text("Brightness", "明るさ"),
                Text("Grey levels added", "加えた階調"),
                "",
                _steps(-200, 200, 20),
                0.0,
                _by("brightness"),
            ),
            Sweep(
                "resolution",
                Text("Low resolution", "低解像度"),
                Text("Pixels averaged into one, each way", "1 画素にまとめた縦横の画素数"),
                "px",
                (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0),
                1.0,
                _coarse,
            ),
            Sweep(
                "eyes",
                Text("Eyes covered", "目を隠す"),
                Text("Height of the bar, share of the face", "顔に対する帯の高さ"),
                "%",
                _steps(0, 60, 4),
                0.0,
                _without("eyes"),
            ),
            Sweep(
                "mouth",
                Text("Mouth covered", "口を隠す"),
                Text("Height of the bar, share of the face", "顔に対する帯の高さ"),
                "%",
                _steps(0, 60, 4),
                0.0,
                _without("mouth"),
            ),
        )
    }
)


def sweep_called(name: str) -> Sweep:
    """The sweep of this name.

    Raises:
        ParameterError: there is none; the sentence names the nearest.
    """
    if name in SWEEPS:
        return SWEEPS[name]
    near = difflib.get_close_matches(name, SWEEPS, 1)
    listed = ", ".join(SWEEPS)
    raise ParameterError(
        f"There is no sweep {name!r}"
        + (f"; did you mean {near[0]!r}?" if near else f"; there are: {listed}."),
        f"掃引 {name!r} はありません"
        + (f"。{near[0]!r} のことでしょうか。" if near else f"。使えるもの：{listed}。"),
    )
