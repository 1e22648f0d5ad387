"""People, cups, chairs: 80 everyday things by the networks that torchvision offers.

Source: S. Ren, K. He, R. Girshick and J. Sun, "Faster R-CNN: towards real-time object detection with region
proposal networks", NIPS 2015.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from models.catalogue import find, object_titles, weights
from models.detectors.coco import PERSON, THINGS
from models.detectors.objects import NAMES, Name, ObjectFinder, Things, Wish
from models.held import Held
from models.runtimes.opening import possible
from models.runtimes.vision import reason_without_vision
from models.text import Text, plain
from pipelines.detector import Detector, DetectorParameters
from pipelines.frame import Frame
from pipelines.parameters import choice, number
from pipelines.result import Box, Reading, Result
from pipelines.status import Status


def devices() -> Mapping[str, Text]:
    """What can be chosen to compute on: torch's devices that may be here."""
    here = {device.name for device in possible()}
    titles = {"auto": Text("automatic", "自動"), "cpu": plain("CPU")}
    if "torch-cuda" in here:
        titles["cuda"] = plain("CUDA")
    if "torch-mps" in here:
        titles["mps"] = Text("Apple GPU", "Apple の GPU")
    return titles


class ObjectsParameters(DetectorParameters, frozen=True):
    """The smallest network, and the threshold of torchvision's own examples."""

    network: Annotated[
        Name,
        choice(
            title=Text("Network", "ネットワーク"),
            titles=object_titles,
            help=Text(
                "From quick to good. Each is fetched once, by “fusiform models fetch”.",
                "高速なものから高精度なものの順です。「fusiform models fetch」で一度だけ取得します。",
            ),
        ),
    ] = "ssdlite"
    threshold: Annotated[
        float,
        number(
            0.02,
            1.0,
            step=0.01,
            title=Text("Least score", "スコアの下限"),
            help=Text(
                "How sure the network must be. Lower finds more things, and more that are none.",
                "ネットワークの確信度の下限です。下げると見つかるものは増えますが、誤検出も増えます。",
            ),
        ),
    ] = 0.5
    long_side: Annotated[
        int,
        number(
            160,
            1333,
            step=1,
            unit="px",
            title=Text("Working size", "処理サイズ"),
            help=Text(
                "Pictures are scaled to this long side. Small means fast, but small things are missed.",
                "画像の長辺をこの大きさにそろえて処理します。小さいと速くなりますが、小さなものを見落とします。",
            ),
            when=("network", tuple(name for name in NAMES if name != "ssdlite")),
        ),
    ] = 640
    device: Annotated[
        Wish,
        choice(
            title=Text("Compute on", "計算装置"),
            titles=devices,
            help=Text(
                "Automatic takes a GPU where there is one; where it is missing or fails, the CPU goes on.",
                "自動では GPU があれば使います。GPU がない場合や失敗した場合は CPU で続けます。",
            ),
            open=True,
        ),
    ] = "auto"


class Objects(Detector[ObjectsParameters]):
    """Boxes are torchvision's; a network is loaded when it is first asked for."""

    name = "objects"
    title = Text("Objects", "物体検出")
    explanation = Text(
        "A network that was trained on 118,000 photographs names 80 kinds of everyday things and says how "
        "sure it is of each. It sees nothing else: what is not among the 80 is overlooked or taken for "
        "one of them.",
        "11 万 8 千枚の写真で学習したネットワークが、身近な 80 種類のものの名前と確信度を答えます。"
        "それ以外のものは見落とすか、80 種類のどれかと間違えます。",
    )
    citation = (
        "S. Ren, K. He, R. Girshick and J. Sun, Faster R-CNN: towards real-time object detection with region "
        "proposal networks, NIPS 2015; T.-Y. Lin et al., Microsoft COCO, ECCV 2014."
    )
    kind = "neural"
    parameters = ObjectsParameters
    shows_people = frozenset({PERSON})

    def __init__(self) -> None:
        self._threads = 1
        self._title: Text | None = None
        self._finder: Held[tuple[Name, Wish], ObjectFinder] = Held(self._load)

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        return reason_without_vision()

    def open(self, threads: int) -> None:
        self._threads = threads

    def prepare(self, parameters: ObjectsParameters) -> None:
        """What was loaded stays until another one is."""
        self._finder.want((parameters.network, parameters.device))

    def find(self, frame: Frame, parameters: ObjectsParameters) -> Result:
        finder = self._finder.want((parameters.network, parameters.device))
        things = finder.find(frame.image, parameters.threshold, parameters.long_side)
        people = sum(label == PERSON for label in things.labels)
        return Result(
            frame.image,
            tuple(_marks(things)),
            (
                Reading("found", Text("Found", "検出数"), len(things.labels)),
                Reading("people", Text("People among them", "うち人"), people),
            ),
        )

    def status(self) -> Status | None:
        finder = self._finder.now
        if finder is None:
            return None
        notice = self._finder.notice or finder.notice
        refusal = self._finder.refusal
        return Status(finder.device.title, notice=notice, refused=refusal, subject=self._title)

    def close(self) -> None:
        self._finder.close()

    def _load(self, wanted: tuple[Name, Wish]) -> ObjectFinder:
        network, device = wanted
        finder = ObjectFinder(network, weights(network), device, self._threads)
        self._title = find(network).title
        return finder


def _marks(things: Things) -> list[Box]:
    found = zip(things.boxes.tolist(), things.scores.tolist(), things.labels, strict=True)
    return [Box((x, y, w, h), label, score, title=THINGS[label]) for (x, y, w, h), score, label in found]
