"""What each layer of a network answers to the picture, map by map.

Source: the live view of J. Yosinski et al., "Understanding neural networks through deep visualization",
ICML Deep Learning Workshop (2015).
"""

from __future__ import annotations

from models.inspection.opening import Opened, Wanted, open_layers
from models.runtimes.opening import is_installed
from models.text import Text
from pipelines.frame import Frame
from pipelines.layers import counted
from pipelines.layers.chosen import ring_of
from pipelines.layers.figures import figures_of
from pipelines.layers.history import History
from pipelines.layers.kernels import Kernels
from pipelines.layers.looking import wanted_by
from pipelines.layers.networks import Networks
from pipelines.layers.pictured import pictured, strip_in
from pipelines.layers.scores import scores_in, shares, top
from pipelines.layers.seen import see
from pipelines.layers.stopwatch import Stopwatch
from pipelines.layers.values import FeatureMapsParameters
from pipelines.pipeline import Pipeline
from pipelines.result import Reading, Result
from pipelines.status import Status

NO_RUNTIME = Text(
    "ONNX Runtime is not installed; pipelines without a network run without it.",
    "ONNX Runtime がインストールされていません。ネットワークを使わないパイプラインはそのまま動きます。",
)


class FeatureMaps(Pipeline[FeatureMapsParameters]):
    """Only what is looked at becomes a picture."""

    name = "feature-maps"
    title = Text("Feature maps", "特徴地図")
    explanation = Text(
        "A network answers in layers, and every small picture is one map of the chosen layer: bright where "
        "its feature is seen. First layers see edges and colours, deeper ones larger and more meaningful "
        "things, and nobody has told any of them what to look for.",
        "ネットワークは層ごとに答えを出し、小さな画像の一つ一つは選んだ層の特徴地図で、"
        "その特徴がある場所が明るくなります。最初の層は輪郭や色に、深い層はより大きく意味のあるものに反応し、"
        "何を見るべきかは誰も教えていません。",
    )
    citation = (
        "J. Yosinski, J. Clune, A. Nguyen, T. Fuchs and H. Lipson, Understanding neural networks through "
        "deep visualization, ICML Deep Learning Workshop (2015)."
    )
    kind = "neural"
    parameters = FeatureMapsParameters

    def __init__(self) -> None:
        self._threads = 1
        self._networks = Networks(self._load)
        self._kernels = Kernels()
        self._history = History()
        self._stopwatch = Stopwatch()
        self._milliseconds = 0.0
        self._notice: Text | None = None

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        return None if is_installed("onnxruntime") and is_installed("onnx") else NO_RUNTIME

    def open(self, threads: int) -> None:
        self._threads = threads

    def prepare(self, parameters: FeatureMapsParameters) -> None:
        self._networks.want(parameters)

    def close(self) -> None:
        self._networks.close()

    def process(self, frame: Frame, parameters: FeatureMapsParameters) -> Result:
        opened = self._networks.want(parameters)
        timed = self._stopwatch.is_due((wanted_by(parameters), parameters.layer))
        seen = see(opened, frame, parameters, timed=timed)
        self._milliseconds = seen.passed.milliseconds
        scores = scores_in(seen.passed.outputs)
        share = None if scores is None else shares(scores, parameters.temperature)
        self._history.add(seen, share)
        if timed and seen.answer:
            self._stopwatch.add(seen.answer.milliseconds)
        made = pictured(seen, self._kernels)
        told = counted.sum_in(seen)
        self._notice = (
            counted.lack(seen, told)
            or self._kernels.lack(seen)
            or seen.notice
            or self._history.lacks(parameters.curve)
        )
        marks = counted.marks_of(seen, told, made.units[0])
        return Result(
            made.picture,
            (*marks, *made.captions, *ring_of(made.units[0])),
            readings=figures_of(seen, self._networks.apart(seen.entered, seen.passed)),
            legend=made.legend,
            plot=self._history.plot(parameters.curve, seen.answer, opened.titles),
            strip=strip_in(seen),
            units=made.units,
            scores=() if share is None else top(share, opened.titles),
            sum=told,
        )

    def status(self) -> Status | None:
        opened = self._networks.now
        if opened is None:
            return None
        network = opened.network
        time = Reading("network", Text("Network", "ネットワーク"), self._milliseconds, "ms", 1)
        return Status(
            network.device.title,
            network.choice,
            (time, *self._stopwatch.readings(network.device)),
            self._networks.notice() or self._notice,
            self._networks.refusal,
            opened.name,
        )

    def _load(self, wanted: Wanted) -> Opened:
        return open_layers(wanted, self._threads)
