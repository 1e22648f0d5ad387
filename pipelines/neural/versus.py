"""Two detectors on the same frame: what both find, what one alone finds, and how right each is.

Source: the overlap of two boxes and the matching of finds with labels as in M. Everingham et al., "The
PASCAL Visual Object Classes (VOC) Challenge", IJCV 88, 303-338 (2010), section 4.2, with a lower bar.
"""

from __future__ import annotations

from typing import Annotated

from models.catalogue import titles as networks
from models.errors import PipelineError
from models.text import Text
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.contest.board import Shown, comparison, plot, readings
from pipelines.contest.followed import Followed
from pipelines.contest.history import History
from pipelines.contest.marks import marks, names
from pipelines.contest.round import Round
from pipelines.contest.side import Found, Settings, Side, detectors, name_of
from pipelines.contest.tally import Tally
from pipelines.covering import covered
from pipelines.detector import Hiding
from pipelines.frame import Frame, Image
from pipelines.parameters import Knob, Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Result
from pipelines.status import Status
from pipelines.tracking.continuity import Count as Continuity

NETWORKED, OURS = "cnn-faces", "face-detector"
"""The detector that may run another network, and the one that it runs otherwise."""


def _detector(title: Text) -> Knob:
    return choice(
        title=title,
        titles=detectors,
        help=Text("Any pipeline that detects.", "検出を行うパイプラインから選びます。"),
        open=True,
    )


def _network(title: Text, side: str) -> Knob:
    return choice(
        title=title,
        titles=networks,
        help=Text(
            "Our own, a published one that was fetched, or a file of yours: two networks can compete, too.",
            "付属のもの、取得した公開モデル、自分のファイルから選びます。ネットワーク同士の対決もできます。",
        ),
        when=(side, (NETWORKED,)),
        open=True,
    )


def _strictness(title: Text) -> Knob:
    return number(
        -100.0,
        100.0,
        step=1.0,
        unit="%",
        title=title,
        help=Text(
            "0 is the detector's own threshold. Less reports also what it doubts, more only what is sure.",
            "0 は検出器の標準のしきい値です。下げると疑わしいものも、上げると確かなものだけを検出とします。",
        ),
    )


def _long_side(title: Text) -> Knob:
    return number(
        160,
        1920,
        step=10,
        unit="px",
        title=title,
        help=Text(
            "Larger pictures are scaled down to this long side for it, if it can do that.",
            "対応している検出器では、これより大きい画像の長辺をこの大きさに縮めてから調べます。",
        ),
    )


class VersusParameters(Parameters, frozen=True):
    """The same working size for both is a fair start."""

    first: Annotated[str, _detector(Text("First (blue)", "1 番目（青）"))] = "cnn-faces"
    first_network: Annotated[str, _network(Text("Network, first", "1 番目のネットワーク"), "first")] = OURS
    second: Annotated[str, _detector(Text("Second (orange)", "2 番目（オレンジ）"))] = "haar-faces"
    second_network: Annotated[str, _network(Text("Network, second", "2 番目のネットワーク"), "second")] = OURS
    first_threshold: Annotated[float, _strictness(Text("Strictness, first", "1 番目の厳しさ"))] = 0.0
    second_threshold: Annotated[float, _strictness(Text("Strictness, second", "2 番目の厳しさ"))] = 0.0
    first_long_side: Annotated[int, _long_side(Text("Working size, first", "1 番目の処理サイズ"))] = 640
    second_long_side: Annotated[int, _long_side(Text("Working size, second", "2 番目の処理サイズ"))] = 640
    overlap: Annotated[
        float,
        number(
            0.05,
            0.95,
            step=0.05,
            title=Text("Least overlap", "重なりの下限"),
            help=Text(
                "Two boxes mean the same if they share this much of what they cover together.",
                "2 つの枠が、合わせた面積のうちこの割合以上を共有すれば、同じものとみなします。",
            ),
        ),
    ] = 0.3
    curve: Annotated[
        Shown,
        choice(
            title=Text("Curve", "曲線"),
            titles={
                "found": Text("Found by each", "それぞれの検出数"),
                "agreement": Text("Agreement", "一致率"),
                "milliseconds": Text("Milliseconds", "処理時間"),
            },
            help=Text("What is drawn over the last minute.", "直近 1 分間について描く値です。"),
        ),
    ] = "found"
    track: Annotated[
        bool,
        switch(
            title=Text("Track", "追跡"),
            help=Text(
                "Follows what each of them finds from frame to frame. Continuity is the share of frames in "
                "which it really found what was there.",
                "それぞれが見つけたものをフレーム間で追跡します。"
                "継続率は、写っているものを実際に検出できたフレームの割合です。",
            ),
        ),
    ] = True
    anonymise: Hiding = "off"

    @property
    def sides(self) -> tuple[Settings, Settings]:
        return (
            Settings(self.first, self.first_threshold, self.first_long_side, self._network_of("first")),
            Settings(self.second, self.second_threshold, self.second_long_side, self._network_of("second")),
        )

    def _network_of(self, side: str) -> str:
        spec = self.spec(f"{side}_network")
        chosen: str = getattr(self, spec.name)
        return chosen if spec.matters(self) else ""


class Versus(Pipeline[VersusParameters]):
    """Remembers the last minute, and counts over all frames with the same settings."""

    name = "versus"
    title = Text("Versus", "検出器の対決")
    explanation = Text(
        "Two detectors look at the same picture: blue and solid is what the first finds, orange and dashed "
        "what the second finds. Tilt your head, cover your mouth or step back, and see who loses you first.",
        "2 つの検出器が同じ画像を調べ、青の実線が 1 番目、オレンジの破線が 2 番目の検出結果です。"
        "頭を傾けたり、口を隠したり、カメラから離れたりして、どちらが先に見失うかを見てみましょう。",
    )
    citation = (
        "M. Everingham et al., The PASCAL Visual Object Classes (VOC) Challenge, IJCV 88, 303-338 (2010)."
    )
    kind = "neural"
    parameters = VersusParameters
    detects = True

    def __init__(self, clock: Clock = SYSTEM_CLOCK) -> None:
        self._sides = Side(clock), Side(clock)
        self._history, self._tally = History(), Tally()
        self._counted_with: tuple[object, ...] | None = None
        self._remembered: tuple[str, ...] | None = None
        self._number = 0
        self._followed = Followed(), Followed()

    def open(self, threads: int) -> None:
        for side in self._sides:
            side.open(threads)

    def close(self) -> None:
        self._counted_with = self._remembered = None
        for side in self._sides:
            side.close()

    def prepare(self, parameters: VersusParameters) -> None:
        for side, settings in zip(self._sides, parameters.sides, strict=True):
            side.prepare(settings)

    def status(self) -> Status | None:
        """Where each computes, under its name, and the first notice of the two."""
        known = [side.status() for side in self._sides]
        devices = [status.device for status in known if status and status.device]
        notice = next((status.notice for status in known if status and status.notice), None)
        if not devices and notice is None:
            return None
        device = Text(" / ".join(each.en for each in devices), "／".join(each.ja for each in devices))
        return Status(device if devices else None, notice=notice)

    def process(self, frame: Frame, parameters: VersusParameters) -> Result:
        first, second = (
            side.look(frame, settings) for side, settings in zip(self._sides, parameters.sides, strict=True)
        )
        if isinstance(first, Text) and isinstance(second, Text):
            raise PipelineError(f"{first.en} {second.en}", f"{first.ja}{second.ja}")
        return self._told(frame, parameters, first, second)

    def _told(
        self, frame: Frame, parameters: VersusParameters, first: Found | Text, second: Found | Text
    ) -> Result:
        troubles = _trouble(first), _trouble(second)
        played = Round.of(frame, _found(first), _found(second), parameters.overlap)
        self._begin(frame, parameters, (troubles[0] is None, troubles[1] is None))
        self._history.add(frame.captured, played.moment())
        total = self._tally.add(frame, played.count())
        sides = parameters.sides
        titles = names(*sides)
        self._follow(played, parameters)
        return Result(
            self._shown(played, parameters),
            marks(played, (name_of(sides[0]), name_of(sides[1])), titles),
            readings(played, total),
            plot=plot(self._history, parameters.curve, titles),
            comparison=comparison(played, total, titles, troubles, self._continuities(parameters)),
        )

    def _follow(self, played: Round, parameters: VersusParameters) -> None:
        follows = parameters.track or parameters.anonymise != "off"
        first, second = self._followed
        self._followed = (
            first.told(played.frame, played.first if follows else None),
            second.told(played.frame, played.second if follows else None),
        )

    def _continuities(self, parameters: VersusParameters) -> tuple[Continuity | None, Continuity | None]:
        first, second = self._followed
        return (first.continuity, second.continuity) if parameters.track else (None, None)

    def _shown(self, played: Round, parameters: VersusParameters) -> Image:
        """Whom one of the two found is hidden from both."""
        if parameters.anonymise == "off":
            return played.frame.image
        somebody = [place for followed in self._followed for place in followed.people()]
        return covered(played.frame.image, somebody, parameters.anonymise)

    def _begin(self, frame: Frame, parameters: VersusParameters, running: tuple[bool, bool]) -> None:
        """Counts are of one stream with one setting, to which the choice of a curve does not belong; the
        last minute is that of these two detectors on this stream."""
        begins, self._number = frame.number < self._number, frame.number
        settings = parameters.sides, parameters.overlap, running
        if begins or settings != self._counted_with:
            self._counted_with = settings
            self._tally = Tally()
        contestants = tuple(name_of(side) for side in parameters.sides)
        if begins or contestants != self._remembered:
            self._remembered = contestants
            self._history = History()
            self._followed = Followed(), Followed()


def _found(seen: Found | Text) -> Found | None:
    return None if isinstance(seen, Text) else seen


def _trouble(seen: Found | Text) -> Text | None:
    return seen if isinstance(seen, Text) else None
