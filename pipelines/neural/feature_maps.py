"""What each layer of a network answers to the picture, map by map.

Source: the live view of J. Yosinski et al., "Understanding neural networks through deep visualization",
ICML Deep Learning Workshop (2015).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from models.errors import FusiformError
from models.held import Held
from models.inspection.layer import Layer
from models.inspection.maps import form_of, maps_in
from models.inspection.network import Answer, LayeredNetwork, Passed
from models.inspection.opening import Opened, Wanted, open_layers
from models.inspection.parity import differences
from models.inspection.step import Unit
from models.preparation import Prepared, prepared
from models.runtimes.opening import is_installed
from models.text import Text
from pipelines.frame import Frame, Image
from pipelines.layers.chosen import beyond, ring_of
from pipelines.layers.figures import learnt_readings, parity_readings, readings
from pipelines.layers.history import History
from pipelines.layers.kernels import learnt
from pipelines.layers.looking import (
    ENTRANCE,
    as_they_are,
    compared_with,
    everything,
    heard,
    layers_of,
    looks_at,
    silent,
    unknown,
    wanted_by,
)
from pipelines.layers.overview import strip_of
from pipelines.layers.panels import Panel, framed, side_by_side, with_tray
from pipelines.layers.picture import Shown, alone, answered
from pipelines.layers.pins import elsewhere, pins_of, tray
from pipelines.layers.scores import scores_in, shares, top
from pipelines.layers.stopwatch import Stopwatch
from pipelines.layers.sums import NO_SUM, followers, mark_of, sum_of, unit_in
from pipelines.layers.values import FeatureMapsParameters
from pipelines.pipeline import Pipeline
from pipelines.result import Reading, Result, Sum
from pipelines.status import Status

NO_KERNELS = Text(
    "{layer} has learnt no kernels: its maps are shown. Convolutions have some.",
    "{layer} には学習したカーネルがないため、特徴地図を示しています。カーネルは畳み込み層にあります。",
)
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
        self._opened: Held[Wanted, Opened] = Held(self._load)
        self._other: Held[Wanted, Opened] = Held(self._load)
        self._milliseconds = 0.0
        self._stopwatch = Stopwatch()
        self._notice: Text | None = None
        self._incomparable: Text | None = None
        """Why the other library does not compute it as well."""
        self._history = History()
        self._learnt: tuple[LayeredNetwork, object, Shown] | None = None
        """The picture of some kernels: they are the same in every frame."""

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        return None if is_installed("onnxruntime") and is_installed("onnx") else NO_RUNTIME

    def open(self, threads: int) -> None:
        self._threads = threads

    def prepare(self, parameters: FeatureMapsParameters) -> None:
        """What was opened stays until another one is."""
        self._open(parameters)

    def close(self) -> None:
        self._opened.close()
        self._other.close()

    def process(self, frame: Frame, parameters: FeatureMapsParameters) -> Result:
        opened = self._open(parameters)
        network, preparation, titles = opened.network, opened.preparation, opened.titles
        chosen = layers_of(network.layers, parameters.layer)
        pins = pins_of(network.layers, parameters.pins)
        self._notice = (
            unknown(network.layers, parameters.layer)
            or (None if chosen[0] is ENTRANCE else beyond(chosen[0], parameters.unit))
            or elsewhere(parameters.pins, pins)
        )
        aspect = frame.image.shape[1] / frame.image.shape[0]
        entered = prepared(frame.image, preparation)
        pinned = tuple(pin.layer for pin in pins)
        timed = self._stopwatch.is_due((wanted_by(parameters), chosen[0]))
        looks = looks_at(network.layers, chosen, pinned, parameters, aspect, timed=timed)
        passed = network.run(entered.values, looks)
        self._milliseconds = passed.milliseconds
        self._notice = self._notice or silent(chosen, passed.answers)
        chosen = heard(chosen, passed.answers)
        pins = pins_of(as_they_are(pinned, passed.answers), parameters.pins)
        if timed and chosen[0] is not ENTRANCE:
            self._stopwatch.add(passed.answers[chosen[0].name].milliseconds)
        panels = [self._panel(opened, layer, entered.picture, passed, parameters, aspect) for layer in chosen]
        made = side_by_side(panels, aspect)
        if pinned_maps := tray(pins, passed.answers, parameters):
            made = with_tray(made, pinned_maps)
        made = framed(made)
        scores, strip = scores_in(passed.outputs), None
        share = None if scores is None else shares(scores, parameters.temperature)
        self._history.add_scores(wanted_by(parameters), frame.captured, share)
        if parameters.strip:
            layers = as_they_are(network.layers, passed.answers)
            strip = strip_of(entered.picture, layers, passed.answers, chosen, parameters.colours)
        told = Result(
            made.picture,
            (*made.captions, *ring_of(made.units[0])),
            legend=panels[0].shown.legend,
            strip=strip,
            units=made.units,
            scores=() if share is None else top(share, titles),
        )
        apart = self._parity(entered, passed)
        told = self._with_figures(told, frame, network, chosen[0], passed, parameters, apart)
        self._notice = self._notice or self._history.lacks(parameters.curve)
        answer = passed.answers.get(chosen[0].name)
        return replace(told, plot=self._history.plot(parameters.curve, answer, titles))

    def _open(self, parameters: FeatureMapsParameters) -> Opened:
        opened = self._opened.want(wanted_by(parameters))
        self._incomparable = None
        if other := compared_with(parameters, by_torch=opened.network.device.runtime == "torch"):
            self._open_other(other)
        else:
            self._other.close()
        return opened

    def _open_other(self, wanted: Wanted) -> None:
        try:
            self._other.want(wanted)
        except FusiformError as error:
            self._incomparable = error.text

    def _load(self, wanted: Wanted) -> Opened:
        return open_layers(wanted, self._threads)

    def _panel(
        self,
        opened: Opened,
        layer: Layer,
        entered: Image,
        passed: Passed,
        parameters: FeatureMapsParameters,
        aspect: float,
    ) -> Panel:
        if layer is ENTRANCE:
            return Panel(layer.name, alone(entered), None, turns=True)
        if kernels := self._kernels(opened, layer, parameters, aspect):
            return Panel(layer.name, kernels, None)
        made = answered(passed.answers[layer.name], layer.shape, parameters, aspect)
        if form_of(layer.shape) == "vector":
            return Panel(layer.name, made, None)
        _maps, rows, columns = maps_in(layer.shape)
        return Panel(layer.name, made, (rows, columns), turns=True)

    def _with_figures(
        self,
        result: Result,
        frame: Frame,
        network: LayeredNetwork,
        layer: Layer,
        passed: Passed,
        parameters: FeatureMapsParameters,
        apart: Mapping[str, float],
    ) -> Result:
        """What one layer does, and how one of its numbers came about."""
        compared = parity_readings(apart, layer.name)
        if layer is ENTRANCE:
            return replace(result, readings=compared)
        answer = passed.answers[layer.name]
        self._history.add_layer((wanted_by(parameters), layer.name), frame.captured, answer.activity)
        found = self._sum(network, layer, parameters, passed.answers)
        units, marks = result.units[0], result.marks
        if found is not None and units.shape is not None:
            marks = (mark_of(Unit(*found.unit), layer.shape, units), *marks)
        return replace(
            result,
            marks=marks,
            readings=(
                *readings(layer, answer.activity),
                *learnt_readings(network.learnt(layer.name), network.parameters),
                *compared,
            ),
            sum=found,
        )

    def _parity(self, entered: Prepared, passed: Passed) -> Mapping[str, float]:
        """How far the two libraries are apart, where they are compared."""
        other = self._other.now
        if other is None:
            return {}
        try:
            again = other.network.run(entered.values, everything(other.network.layers))
        except FusiformError as error:
            self._incomparable = error.text
            return {}
        return differences(passed.answers, again.answers)

    def _sum(
        self,
        network: LayeredNetwork,
        layer: Layer,
        parameters: FeatureMapsParameters,
        answers: Mapping[str, Answer],
    ) -> Sum | None:
        """How one number came about, where that is asked for and can be told."""
        if not parameters.sums:
            return None
        step = network.step(layer.name)
        found = None
        if step is not None and len(layer.shape) == 3:
            unit = unit_in(layer.shape, Unit(parameters.unit, parameters.row, parameters.column))
            behind = followers(as_they_are(network.layers, answers), layer)
            found = sum_of(layer, step, unit, answers, behind)
        if found is None:
            self._notice = NO_SUM.filled(layer=layer.name)
        return found

    def _kernels(
        self, opened: Opened, layer: Layer, parameters: FeatureMapsParameters, aspect: float
    ) -> Shown | None:
        """What the layer has learnt, where that is to be shown and there is something."""
        if parameters.view != "kernels":
            return None
        network, key = opened.network, (layer.name, parameters, aspect)
        if self._learnt is not None and self._learnt[:2] == (network, key):
            return self._learnt[2]
        weights = network.weights(layer.name)
        if weights is None:
            self._notice = NO_KERNELS.filled(layer=layer.name)
            return None
        made = learnt(weights, layer.name, parameters, aspect, rgb=opened.preparation.rgb)
        self._learnt = network, key, made
        return made

    def status(self) -> Status | None:
        opened = self._opened.now
        if opened is None:
            return None
        time = Reading("network", Text("Network", "ネットワーク"), self._milliseconds, "ms", 1)
        network = opened.network
        readings = (time, *self._stopwatch.readings(network.device))
        notice = self._opened.notice or network.notice or self._incomparable or self._notice
        return Status(
            network.device.title, network.choice, readings, notice, self._opened.refusal, opened.name
        )
