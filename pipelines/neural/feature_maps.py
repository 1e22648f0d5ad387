"""What each layer of a network answers to the picture, map by map.

Source: the live view of J. Yosinski et al., "Understanding neural networks through deep visualization",
ICML Deep Learning Workshop (2015).
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from models.errors import ModelError
from models.inspection.layer import Layer
from models.inspection.maps import form_of
from models.inspection.network import Answer, Look
from models.inspection.opening import Opened, open_layers
from models.inspection.pictures import Scaling
from models.inspection.preparation import prepared
from models.runtimes.opening import is_installed
from models.text import Text
from pipelines.frame import Frame
from pipelines.layers.curves import Past
from pipelines.layers.mosaic import side_for
from pipelines.layers.overview import SIDE, strip_of
from pipelines.layers.picture import Shown, shown
from pipelines.layers.values import FIRST, LAST, FeatureMapsParameters
from pipelines.pipeline import Pipeline
from pipelines.result import Reading, Result, Units
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
        self._opened: Opened | None = None
        self._name = ""
        self._milliseconds = 0.0
        self._watched: tuple[str, str] = ("", "")
        self._past = Past()

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        return None if is_installed("onnxruntime") and is_installed("onnx") else NO_RUNTIME

    def open(self, threads: int) -> None:
        self._threads = threads

    def prepare(self, parameters: FeatureMapsParameters) -> None:
        """What was opened stays until another one is."""
        if self._opened is not None and self._name == parameters.network:
            return
        fresh = open_layers(parameters.network, self._threads)
        self.close()
        self._opened, self._name = fresh, parameters.network

    def close(self) -> None:
        opened, self._opened, self._name = self._opened, None, ""
        if opened:
            opened.network.close()

    def process(self, frame: Frame, parameters: FeatureMapsParameters) -> Result:
        self.prepare(parameters)
        assert self._opened is not None
        network, preparation = self._opened
        layer = _layer(network.layers, parameters.layer)
        entered = prepared(frame.image, preparation)
        aspect = frame.image.shape[1] / frame.image.shape[0]
        passed = network.run(entered.values, _looks(network.layers, layer, parameters, aspect))
        self._milliseconds = passed.milliseconds
        answer = passed.answers[layer.name]
        made = shown(answer, layer, parameters, aspect)
        strip = None
        if parameters.strip:
            strip = strip_of(network.layers, passed.answers, layer.name, parameters.colours)
        self._remember(frame, (parameters.network, layer.name), answer)
        units = Units(layer.name, made.grid, answer.activity.strongest)
        readings = _readings(layer, answer, made)
        plot = self._past.plot(parameters.curve, answer)
        return Result(made.picture, (), readings, made.legend, plot, strip=strip, units=units)

    def _remember(self, frame: Frame, watched: tuple[str, str], answer: Answer) -> None:
        """Another layer has another past."""
        if watched != self._watched:
            self._watched, self._past = watched, Past()
        self._past.add(frame.captured, answer.activity)

    def status(self) -> Status | None:
        if self._opened is None:
            return None
        time = Reading("network", Text("Network", "ネットワーク"), self._milliseconds, "ms", 1)
        return Status(self._opened.network.device.title, readings=(time,))


def _layer(layers: tuple[Layer, ...], name: str) -> Layer:
    """
    Raises:
        ModelError: the network has none of this name, or none at all.
    """
    if not layers:
        raise ModelError(
            "This network has no layer that can be looked at.",
            "このネットワークには表示できる層がありません。",
        )
    if name == LAST:
        return layers[-1]
    if name == FIRST:
        return next((layer for layer in layers if layer.kind == "convolution"), layers[0])
    for layer in layers:
        if layer.name == name:
            return layer
    raise ModelError(
        f"This network has no layer {name!r}; choose one in the strip of layers.",
        f"このネットワークに {name!r} という層はありません。層の一覧から選んでください。",
    )


def _looks(
    layers: tuple[Layer, ...], chosen: Layer, parameters: FeatureMapsParameters, aspect: float
) -> dict[str, Look]:
    looks = {layer.name: Look(small=SIDE) for layer in layers} if parameters.strip else {}
    looks[chosen.name] = replace(
        _look(chosen, parameters, aspect),
        small=SIDE if parameters.strip else 0,
        histogram=parameters.curve == "spread",
    )
    return looks


def _look(layer: Layer, parameters: FeatureMapsParameters, aspect: float) -> Look:
    scaling = Scaling(parameters.scaling, parameters.limit)
    if form_of(layer.shape) == "vector":
        return Look(Scaling("layer") if parameters.scaling == "map" else scaling)
    shape = layer.shape if len(layer.shape) == 3 else (1, *layer.shape[-2:])
    return Look(scaling, side_for(int(np.prod(shape[:-2])), shape[-2:], aspect))


def _readings(layer: Layer, answer: Answer, made: Shown) -> tuple[Reading, ...]:
    activity = answer.activity
    readings = [
        Reading("maps", Text("Maps", "特徴地図の数"), made.count),
        Reading("mean", Text("Mean", "平均"), activity.mean, "", 3),
        Reading("maximum", Text("Maximum", "最大"), activity.maximum, "", 3),
        Reading("active", Text("Active units", "活動中のユニット"), 100 * activity.active, "%", 1),
        Reading("parameters", Text("Learnt numbers", "学習した数値"), layer.parameters),
    ]
    if activity.strange:
        readings.append(
            Reading("strange", Text("Infinite or no numbers", "無限大または非数"), activity.strange)
        )
    return tuple(readings)
