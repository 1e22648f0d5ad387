"""Faces by a small convolutional network, and its map of how much each place looks like one.

Source: the one-step detector without anchors of Z. Tian et al., "FCOS: fully convolutional one-stage object
detection", ICCV 2019, built of the blocks of A. Howard et al., "MobileNets" (2017).
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from models.catalogue import find, titles, weights
from models.detectors.finder import FaceFinder, reason_without_runtime
from models.detectors.finding import Finding, Heat
from models.held import Held
from models.runtimes.device import Wish
from models.text import Text
from pipelines.detector import Detector, DetectorParameters
from pipelines.device_choice import device_knob
from pipelines.frame import Frame
from pipelines.heat_map import laid_over, legend
from pipelines.parameters import choice, number, switch
from pipelines.result import Box, Reading, Result
from pipelines.status import Status

Scale = Literal["all", "fine", "middle", "coarse"]
FACE = Text("face", "顔")
OURS = "face-detector"
NETWORK_TIME = Text("Network and decoding", "ネットワークと復号")


class CnnFacesParameters(DetectorParameters, frozen=True):
    """The threshold is for a classroom: with it our network gives 3 false alarms in 100 pictures of no face.
    Other networks are as sure on other scales.
    """

    network: Annotated[
        str,
        choice(
            title=Text("Network", "ネットワーク"),
            titles=titles,
            help=Text(
                "Our own, a published one that “fusiform models fetch” has fetched, or a file of yours.",
                "付属のもの、「fusiform models fetch」で取得した公開モデル、自分のファイルから選びます。",
            ),
            open=True,
        ),
    ] = OURS
    threshold: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.01,
            title=Text("Least score", "スコアの下限"),
            help=Text(
                "How sure the network must be. Lower finds more faces, and more that are none.",
                "ネットワークの確信度の下限です。下げると見つかる顔は増えますが、誤検出も増えます。",
            ),
        ),
    ] = 0.5
    long_side: Annotated[
        int,
        number(
            64,
            1920,
            step=32,
            unit="px",
            title=Text("Working size", "処理サイズ"),
            help=Text(
                "Larger pictures are scaled down to this long side. Small means fast, but small faces are "
                "missed.",
                "これより大きい画像は、長辺をこの大きさに縮めてから処理します。"
                "小さいと速くなりますが、小さな顔を見落とします。",
            ),
        ),
    ] = 640
    view: Annotated[
        Literal["picture", "heat"],
        choice(
            title=Text("Show", "表示"),
            titles={"picture": Text("the picture", "画像"), "heat": Text("face-ness", "顔らしさ")},
            help=Text(
                "The boxes on the picture, or what they are made of: how much each cell of the network "
                "looks like a face to it.",
                "画像に枠を重ねるか、枠のもとになる「顔らしさ」（ネットワークの各セルの確信度）を示します。",
            ),
        ),
    ] = "picture"
    scale: Annotated[
        Scale,
        choice(
            title=Text("Scale", "スケール"),
            titles={
                "all": Text("all together", "すべて重ねる"),
                "fine": Text("fine: small faces", "細かい：小さな顔"),
                "middle": Text("middle", "中間"),
                "coarse": Text("coarse: large faces", "粗い：大きな顔"),
            },
            help=Text(
                "Small faces are looked for in small cells, large ones in large cells.",
                "小さな顔は小さなセルで、大きな顔は大きなセルで探します。",
            ),
            when=("view", ("heat",)),
        ),
    ] = "all"
    device: Annotated[
        Wish,
        device_knob(
            Text(
                "The fastest is found by measuring, once on this machine. What cannot be used is replaced by "
                "the CPU.",
                "最も速いものは、このコンピュータで一度だけ測定して決めます。"
                "使えない装置を選んだときは CPU で計算します。",
            )
        ),
    ] = "auto"
    cells: Annotated[
        bool,
        switch(
            title=Text("As cells", "セルのまま表示"),
            help=Text(
                "Each cell as the square that it looks from; otherwise smooth.",
                "補間せず、セルを一つずつ四角で示します。",
            ),
            when=("view", ("heat",)),
        ),
    ] = False


class CnnFaces(Detector[CnnFacesParameters]):
    """Boxes come out of the cells that are sure; those of one face are reduced to the surest."""

    name = "cnn-faces"
    title = Text("CNN face detector", "CNN 顔検出")
    explanation = Text(
        "A convolutional network looks at the picture once, and each of its cells says how much like a face "
        "the place looks and how large that face is. Nobody told it what a face is: it learnt from "
        "examples, tilted, dim and half covered ones among them, and finds what a cascade misses.",
        "畳み込みニューラルネットワークが画像を一度だけ通して見て、"
        "各セルがその場所の「顔らしさ」と顔の大きさを答えます。"
        "顔とは何かを人が教えたのではなく、傾いた顔、暗い顔、一部が隠れた顔を含む多くの例から学んだので、"
        "カスケードが見落とす顔も見つけます。",
    )
    citation = (
        "Z. Tian, C. Shen, H. Chen and T. He, FCOS: fully convolutional one-stage object detection, "
        "ICCV 2019; A. Howard et al., MobileNets, arXiv:1704.04861 (2017)."
    )
    kind = "neural"
    parameters = CnnFacesParameters

    def __init__(self) -> None:
        self._threads = 1
        self._other: Text | None = None
        """The network's title, where it is not ours."""
        self._finder: Held[tuple[str, Wish], FaceFinder] = Held(self._load)

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        return reason_without_runtime()

    def open(self, threads: int) -> None:
        self._threads = threads

    def close(self) -> None:
        self._finder.close()

    def prepare(self, parameters: CnnFacesParameters) -> None:
        """What was loaded stays until something else is."""
        self._finder.want((parameters.network, parameters.device))

    def status(self) -> Status | None:
        finder = self._finder.now
        if finder is None:
            return None
        time = Reading("network", NETWORK_TIME, finder.milliseconds, "ms", 1)
        device = finder.device.title
        if finder.half:
            device = Text(f"{device.en} FP16", f"{device.ja} FP16")
        notice = self._finder.notice or finder.notice
        return Status(device, finder.choice, (time,), notice, self._finder.refusal, self._other)

    def find(self, frame: Frame, parameters: CnnFacesParameters) -> Result:
        wants_heat = parameters.view == "heat"
        finder = self._finder.want((parameters.network, parameters.device))
        finding = finder.find(frame.image, parameters.threshold, parameters.long_side, heat=wants_heat)
        picture = frame.image
        if wants_heat:
            picture = laid_over(picture, _chosen(finding.heat, parameters.scale), cells=parameters.cells)
        return Result(
            picture,
            tuple(_marks(finding)),
            (
                Reading("found", Text("Found", "検出数"), len(finding.boxes)),
                Reading("cells", Text("Cells that are sure", "下限以上のセル"), finding.cells),
            ),
            legend() if wants_heat else (),
        )

    def _load(self, wanted: tuple[str, Wish]) -> FaceFinder:
        network, device = wanted
        finder = FaceFinder(weights(network), device, self._threads)
        self._other = None if network == OURS else find(network).title
        return finder


def _chosen(heat: tuple[Heat, ...], scale: Scale) -> tuple[Heat, ...]:
    """Some networks have a fourth scale, which is coarse as well."""
    if scale == "all":
        return heat
    first = get_args(Scale).index(scale) - 1
    return heat[first:] if scale == "coarse" else heat[first : first + 1]


def _marks(finding: Finding) -> list[Box]:
    found = zip(finding.boxes.tolist(), finding.scores.tolist(), strict=True)
    return [Box((x, y, width, height), FACE.en, score, title=FACE) for (x, y, width, height), score in found]
