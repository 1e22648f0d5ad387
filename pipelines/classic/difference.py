"""Where the pictures of two other lanes differ.

Source: R. C. Gonzalez and R. E. Woods, "Digital Image Processing", 4th ed., Pearson (2018), section 2.6.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Annotated, Any, Literal, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import PipelineError
from models.text import Text, plain
from pipelines.filter_knobs import DIFFERENCES, gain_knob
from pipelines.frame import Frame, Image
from pipelines.onlooker import CAMERA, Onlooker, Seen
from pipelines.parameters import Knob, Parameters, choice
from pipelines.pipeline import Pipeline
from pipelines.result import Key, Reading, Result
from pipelines.signs import BLUE, ORANGE, colours, numbers_of
from pipelines.status import Status

Signed = NDArray[np.int16]
Choice = Literal["auto", "camera", "1", "2", "3", "4"]
CHANGE = 10
"""Levels by which a pixel must differ to count as different."""
NOBODY = Text(
    "There is no other lane to compare: show two or four lanes.",
    "比べるほかのレーンがありません。レーンを 2 つか 4 つ表示してください。",
)
ITSELF = Text(
    "That is this lane itself: choose another one.", "このレーン自身です。別のレーンを選んでください。"
)
TWICE = Text(
    "The same is chosen twice: choose two that may differ.",
    "同じものが 2 回選ばれています。異なる 2 つを選んでください。",
)


def _lane(title: Text) -> Knob:
    return choice(
        title=title,
        titles={
            "auto": Text("the next other lane", "ほかのレーン（自動）"),
            "camera": CAMERA,
            **{str(place): Text(f"lane {place}", f"レーン {place}") for place in range(1, 5)},
        },
        help=Text(
            "Lanes are counted from the upper left, row by row.",
            "レーンは左上から順に、行ごとに数えます。",
        ),
    )


class DifferenceParameters(Parameters, frozen=True):
    """The first two other lanes, or the only one and the camera's picture."""

    first: Annotated[Choice, _lane(Text("First", "1 番目"))] = "auto"
    second: Annotated[Choice, _lane(Text("Second", "2 番目"))] = "auto"
    view: Annotated[
        Literal["signed", "absolute", "colour"],
        choice(
            title=Text("Show", "表示"),
            titles={
                "signed": Text("which is brighter", "どちらが明るいか"),
                "absolute": Text("how much brighter or darker", "明るさの差の大きさ"),
                "colour": Text("how much, of any colour", "色の差の大きさ"),
            },
            help=Text(
                "Of brightness, or the greatest difference among red, green and blue.",
                "明るさの差か、赤・緑・青のうち最も大きい差を示します。",
            ),
        ),
    ] = "signed"
    gain: Annotated[float, gain_knob(DIFFERENCES)] = 1.0


class Difference(Onlooker[DifferenceParameters]):
    """First minus second, each as `pipelines.intensity` has its numbers, over the whole frame."""

    name = "difference"
    title = Text("Difference of two lanes", "2 つのレーンの差")
    explanation = Text(
        "The pictures of two other lanes are subtracted, pixel by pixel and always of the same frame: orange "
        "where the first is brighter, blue where the second is. What both share goes to black, and what is "
        "left is what one of them adds or loses; boxes and points are no part of a picture.",
        "ほかの 2 つのレーンの画像を、必ず同じフレームどうしで画素ごとに引き算し、"
        "1 番目が明るい所をオレンジ、2 番目が明るい所を青で示します。"
        "両方に共通するものは黒くなり、一方が加えたものや失ったものだけが残ります（枠や点は画像に含みません）。",
    )
    citation = (
        "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., Pearson (2018), section 2.6."
    )
    kind = "classic"
    parameters = DifferenceParameters

    def __init__(self) -> None:
        self._subject: Text | None = None

    @classmethod
    def looks_at(
        cls, parameters: DifferenceParameters, lanes: Sequence[type[Pipeline[Any]]], own: int
    ) -> tuple[int | None, ...]:
        """Without a choice the next other lane that shows a picture of its own, or the camera's picture."""
        chosen = parameters.first, parameters.second
        free = [place for place, lane in enumerate(lanes) if place != own and not issubclass(lane, Onlooker)]
        for asked in chosen:
            if asked not in ("auto", "camera"):
                _check(int(asked) - 1, lanes, own)
        free = [place for place in free if str(place + 1) not in chosen]
        found = []
        for asked in chosen:
            if asked == "auto":
                found.append(free.pop(0) if free else None)
            else:
                found.append(None if asked == "camera" else int(asked) - 1)
        if found[0] == found[1]:
            raise _refused(TWICE if found[0] is not None or "auto" not in chosen else NOBODY)
        return tuple(found)

    def compare(self, frame: Frame, seen: tuple[Seen, ...], parameters: DifferenceParameters) -> Result:
        first, second = seen
        one, other = _Part.of(first, frame), _Part.of(second, frame)
        self._subject = _subject(first, second)
        gain = parameters.gain
        if parameters.view == "colour":
            parts = cv2.split(cv2.absdiff(one.colours(), other.colours()))
            return _told(cast(Image, cv2.max(cv2.max(parts[0], parts[1]), parts[2])), gain)
        brighter, darker = one.numbers(), other.numbers()
        sizes = cast(Signed, cv2.absdiff(brighter, darker))
        if parameters.view == "absolute":
            return _told(sizes, gain)
        levels = cv2.addWeighted(brighter, gain / 2, darker, -gain / 2, 128, dtype=cv2.CV_8U)
        picture = cast(Image, cv2.applyColorMap(levels, colours("both")))
        keys = Key(_brighter(first), ORANGE), Key(_brighter(second), BLUE)
        return Result(picture, readings=_readings(sizes), legend=keys, signed=True)

    def status(self) -> Status | None:
        return Status(subject=self._subject)


class _Part(NamedTuple):
    """What of a result's picture shows the frame, in the frame's size."""

    image: Image
    signed: bool

    @staticmethod
    def of(seen: Seen, frame: Frame) -> _Part:
        """Raises `PipelineError`: there is none."""
        result = seen.result
        if isinstance(result, Text):
            raise PipelineError(
                f"The lane “{seen.name.en}” has no picture to compare.",
                f"「{seen.name.ja}」のレーンに、比べる画像がありません。",
            )
        area = result.area_of(frame.size)
        if area is None:
            raise PipelineError(
                f"The lane “{seen.name.en}” shows something else at each place than the camera's picture, "
                "so it cannot be compared pixel by pixel: choose another lane.",
                f"「{seen.name.ja}」の画像はカメラ画像と位置が対応しないため、画素ごとに比べられません。"
                "別のレーンを選んでください。",
            )
        part = result.picture[area.y : area.y + area.height, area.x : area.x + area.width]
        if part.shape[1::-1] != frame.size:
            part = cast(Image, cv2.resize(part, frame.size, interpolation=cv2.INTER_LINEAR))
        return _Part(part, result.signed)

    def numbers(self) -> Signed:
        """(h, w), 0 to 255, or -255 to 255 where colours stand for signs."""
        if self.signed:
            return numbers_of(self.image)
        grey = self.image if self.image.ndim == 2 else cv2.cvtColor(self.image, cv2.COLOR_BGR2GRAY)
        return grey.astype(np.int16)

    def colours(self) -> Image:
        """(h, w, 3) BGR."""
        if self.image.ndim == 3:
            return self.image
        return cast(Image, cv2.cvtColor(self.image, cv2.COLOR_GRAY2BGR))


def _check(place: int, lanes: Sequence[type[Pipeline[Any]]], own: int) -> None:
    """Raises `PipelineError`: it cannot be looked at."""
    if place == own:
        raise _refused(ITSELF)
    if place >= len(lanes):
        raise PipelineError(
            f"There is no lane {place + 1} here: choose another one, or show more lanes.",
            f"レーン {place + 1} はありません。別のレーンを選ぶか、レーンを増やしてください。",
        )
    if issubclass(lanes[place], Onlooker):
        raise PipelineError(
            f"Lane {place + 1} itself compares other lanes: choose one that shows a picture of its own.",
            f"レーン {place + 1} も、ほかのレーンを比べています。独自の画像を示すレーンを選んでください。",
        )


def _refused(why: Text) -> PipelineError:
    return PipelineError(why.en, why.ja)


def _told(sizes: Signed | Image, gain: float) -> Result:
    """How great the differences are, in a perceptual map."""
    strength = cv2.convertScaleAbs(sizes, alpha=gain)
    picture = cast(Image, cv2.applyColorMap(strength, cv2.COLORMAP_INFERNO))
    return Result(picture, readings=_readings(sizes), legend=_legend(gain))


@functools.lru_cache(maxsize=8)
def _legend(gain: float) -> tuple[Key, ...]:
    levels = np.array([0, 64, 128, 191, 255], np.uint8)
    shown = cv2.applyColorMap(levels[:, None], cv2.COLORMAP_INFERNO)[:, 0, ::-1].tolist()
    figures = [f"{level / gain:.3g}" for level in levels.tolist()]
    words = [*map(plain, figures[:-1]), Text(f"{figures[-1]} or more", f"{figures[-1]} 以上")]
    return tuple(
        Key(title, (red, green, blue)) for title, (red, green, blue) in zip(words, shown, strict=True)
    )


def _subject(first: Seen, second: Seen) -> Text:
    """Their numbers first, for which there is always room."""
    one, other = (
        seen.title if seen.place is None else plain(str(seen.place + 1)) for seen in (first, second)
    )
    return Text(
        f"{one.en} − {other.en}: {first.title.en}, {second.title.en}",
        f"{one.ja} − {other.ja}：{first.title.ja}、{second.title.ja}",
    )


def _brighter(seen: Seen) -> Text:
    return Text(f"{seen.name.en} is brighter", f"{seen.name.ja}のほうが明るい")


def _readings(sizes: Signed | Image) -> tuple[Reading, ...]:
    differing = 100 * float(np.mean(sizes > CHANGE))
    return (
        Reading("mean", Text("Mean difference", "差の平均"), cv2.mean(sizes)[0], "", 2),
        Reading("greatest", Text("Greatest difference", "差の最大"), cv2.minMaxLoc(sizes)[1]),
        Reading("differing", Text("Pixels that differ", "異なる画素"), differing, "%", 1),
    )
