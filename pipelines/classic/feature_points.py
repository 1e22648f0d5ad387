"""Points that can be found again, and a held picture found again by them.

Source: see `pipelines.points.detectors` and `pipelines.points.matching`.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.points.detectors import Described, Detectors, Found, Method, Wanted
from pipelines.points.matching import Matched, matched
from pipelines.result import Key, Lines, Mark, Points, Reading, Result
from pipelines.signs import BLUE, ORANGE
from pipelines.status import Status
from pipelines.two_pictures import corner_of_second, together

SHOWN = 40
"""Lines of each kind that are drawn at most, evenly chosen: more hide the picture."""
NOTHING_HELD = Text(
    "The held picture has no points, so nothing can be matched: lower the threshold, or hold another picture "
    "by turning the match off and on.",
    "保持した画像に特徴点がないため対応づけできません。しきい値を下げるか、照合をいったんオフにして"
    "別の画像を保持してください。",
)
NOTHING_HERE = Text(
    "This picture has no points, so nothing can be matched; the next one is tried.",
    "この画像には特徴点がないため対応づけできません。次の画像で試します。",
)
KEYS = (
    Key(Text("agrees with the others", "ほかと一致する対応"), BLUE),
    Key(Text("where the held picture lies", "保持した画像の位置"), ORANGE),
)


class FeaturePointsParameters(Parameters, frozen=True):
    """The lecture's ORB, with as many points as can be told apart on the picture."""

    method: Annotated[
        Method,
        choice(
            title=Text("Method", "方法"),
            titles={
                "harris": Text("Harris", "Harris"),
                "shi-tomasi": Text("Shi-Tomasi", "Shi-Tomasi"),
                "fast": Text("FAST", "FAST"),
                "orb": Text("ORB", "ORB"),
                "sift": Text("SIFT", "SIFT"),
                "akaze": Text("AKAZE", "AKAZE"),
                "brisk": Text("BRISK", "BRISK"),
            },
            help=Text(
                "The first three know neither size nor orientation; for a match they are described as ORB "
                "does.",
                "はじめの 3 つには大きさも向きもなく、照合のときは ORB の記述子を使います。",
            ),
        ),
    ] = "orb"
    most: Annotated[
        int,
        number(
            1,
            3000,
            step=10,
            title=Text("At most", "最大の数"),
            help=Text("Only so many of the strongest are kept.", "強いほうからこの数だけ残します。"),
        ),
    ] = 200
    strictness: Annotated[
        float,
        number(
            0.1,
            10.0,
            step=0.1,
            unit="×",
            title=Text("Threshold", "しきい値"),
            help=Text(
                "In multiples of the one that OpenCV takes by default: above 1 fewer points are found.",
                "OpenCV の既定値に対する倍率です。1 より大きいと特徴点が減ります。",
            ),
        ),
    ] = 1.0
    rich: Annotated[
        bool,
        switch(
            title=Text("Size and orientation", "大きさと向き"),
            help=Text(
                "A circle around what the point looks at, and a line in its direction.",
                "特徴点が見ている範囲を円で、向きを線で示します。",
            ),
        ),
    ] = True
    match: Annotated[
        bool,
        switch(
            title=Text("Match with a held picture", "保持した画像と照合"),
            help=Text(
                "Turning it on holds the picture of that moment: what it shows is then looked for.",
                "オンにした瞬間の画像を保持し、その中のものを以後の画像から探します。",
            ),
        ),
    ] = False
    ratio: Annotated[
        float,
        number(
            0.3,
            1.0,
            step=0.01,
            title=Text("Ratio test", "比のテスト"),
            help=Text(
                "A point is matched where the nearest is this much nearer than the second: lower is "
                "stricter.",
                "最も近い候補が 2 番目よりこの比だけ近いときに対応とします。小さいほど厳しくなります。",
            ),
            when=("match", (True,)),
        ),
    ] = 0.75


class Held(NamedTuple):
    image: Image
    grey: Image
    wanted: Wanted
    described: Described


class FeaturePoints(Pipeline[FeaturePointsParameters]):
    """The held picture is the first one that comes while matching is on."""

    name = "feature-points"
    title = Text("Feature points", "特徴点")
    explanation = Text(
        "Corners and blobs are marked that look like nothing beside them, so that they can be found again "
        "from another side, nearer or turned. Hold a picture of something and move it: enough points agree "
        "to say where the whole thing is.",
        "まわりと見分けがつき、向きや距離が変わっても見つけ直せる角や斑点に印をつけます。"
        "何かの画像を保持してから動かすと、多くの点の対応が一致して、"
        "そのもの全体がどこにあるかがわかります。",
    )
    citation = (
        "D. G. Lowe, Distinctive image features from scale-invariant keypoints, IJCV 60, 91-110 (2004); "
        "E. Rublee, V. Rabaud, K. Konolige and G. Bradski, ORB: an efficient alternative to SIFT or SURF, "
        "ICCV 2011; C. Harris and M. Stephens, A combined corner and edge detector, Alvey Vision Conference "
        "1988; J. Shi and C. Tomasi, Good features to track, CVPR 1994."
    )
    kind = "classic"
    parameters = FeaturePointsParameters

    def __init__(self) -> None:
        self._detectors = Detectors()
        self._held: Held | None = None
        self._notice: Text | None = None

    def close(self) -> None:
        self._held = None

    def process(self, frame: Frame, parameters: FeaturePointsParameters) -> Result:
        grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY))
        wanted = Wanted(parameters.method, parameters.most, parameters.strictness)
        found = self._detectors.find(grey, wanted)
        self._notice = None
        count = Reading("points", Text("Points", "特徴点の数"), len(found.keys))
        if not parameters.match:
            self._held = None
            return Result(frame.image, _marks(found, parameters.rich), (count,))
        here = self._detectors.describe(grey, found, wanted)
        held = self._hold(frame.image, grey, wanted, here)
        if not len(held.described.words) or not len(here.words):
            self._notice = NOTHING_HERE if len(held.described.words) else NOTHING_HELD
        size = held.image.shape[1], held.image.shape[0]
        seen = matched(held.described, here, size, parameters.ratio)
        return Result(
            together(held.image, frame.image),
            _matches(held.described.found, here.found, seen, corner_of_second(size)),
            (count, *_readings(held, seen)),
            legend=KEYS,
            shows=(*corner_of_second(size), *frame.size),
        )

    def status(self) -> Status | None:
        return Status(notice=self._notice)

    def _hold(self, image: Image, grey: Image, wanted: Wanted, here: Described) -> Held:
        """What is held, with points of the kind that is wanted."""
        if self._held is None:
            self._held = Held(image, grey, wanted, here)
        elif self._held.wanted != wanted:
            again = self._detectors.find(self._held.grey, wanted)
            described = self._detectors.describe(self._held.grey, again, wanted)
            self._held = self._held._replace(wanted=wanted, described=described)
        return self._held


def _marks(found: Found, rich: bool) -> tuple[Mark, ...]:
    if not rich:
        return (Points(found.places),)
    return Points(found.places, found.sizes), Lines(_directions(found))


def _directions(found: Found) -> NDArray[np.float32]:
    """(n, 4): from each point that has a direction to its circle."""
    turned = found.angles >= 0
    turn = np.radians(found.angles[turned])
    reach = np.stack([np.cos(turn), np.sin(turn)], 1) * found.sizes[turned, None] / 2
    return np.hstack([found.places[turned], found.places[turned] + reach]).astype(np.float32)


def _matches(held: Found, here: Found, seen: Matched, corner: tuple[int, int]) -> tuple[Mark, ...]:
    """Lines between the pairs, those that agree in colour, and the outline."""
    aside = np.array(corner, np.float32)
    lines = np.hstack([held.places[seen.pairs[:, 0]], here.places[seen.pairs[:, 1]] + aside])
    marks: list[Mark] = [Lines(_few(lines[~seen.agree]), "soft"), Lines(_few(lines[seen.agree]))]
    if seen.outline is not None:
        corners = seen.outline + aside
        marks.append(Lines(np.hstack([corners, np.roll(corners, -1, axis=0)]), "second"))
    return tuple(marks)


def _few(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Evenly over all of them."""
    return lines[:: max(1, -(-len(lines) // SHOWN))]


def _readings(held: Held, seen: Matched) -> tuple[Reading, ...]:
    return (
        Reading("held", Text("Points held", "保持した特徴点"), len(held.described.words)),
        Reading("matches", Text("Passed the ratio test", "比のテストに合格"), len(seen.pairs)),
        Reading("agreeing", Text("Agree on one place", "位置が一致する対応"), int(seen.agree.sum())),
        Reading("found", Text("Found again (1: yes)", "再発見（1：した）"), int(seen.outline is not None)),
    )
