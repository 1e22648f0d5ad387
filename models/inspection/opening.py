"""A network by name, opened so that its layers can be looked at."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from models.catalogue import Entry, find, shipped, weights
from models.errors import ModelError
from models.files import reason
from models.inspection.guessing import preparations
from models.inspection.network import LayeredNetwork
from models.inspection.onnx_file import OnnxFile, onnx_file
from models.inspection.onnx_reading import read
from models.inspection.own_modules import MARK, own_module
from models.inspection.placing import PlacedLayers, placed
from models.inspection.torchvision_modules import BUILDERS
from models.own.trial import DAMAGED, read_model, refused
from models.preparation import IMAGENET, Preparation, prepared
from models.runtimes.device import DEVICES, DeviceName, Runtime, Wish
from models.runtimes.opening import is_installed
from models.text import Text, plain

L = TypeVar("L", bound=LayeredNetwork)

USUAL = (480, 640)
"""Height and width of the picture that the layers' shapes are told for, where the network takes any."""
NEEDS = Text(
    "Looking inside {title} needs {package}, which is not installed. “make install LEAN=0” adds it.",
    "{title} の中を見るには {package} が必要ですが、インストールされていません。"
    "「make install LEAN=0」で追加できます。",
)


class Wanted(NamedTuple):
    """Which network is to be opened, and how."""

    name: str
    """In the catalogue; or `module:function`, which gives a module of torch."""
    device: Wish = "auto"
    """It says by which library, too: on its own a module is run by torch, and a file by ONNX Runtime."""
    trained: bool = True
    """False for our own and torchvision's networks as they were before their training."""

    @property
    def runtime(self) -> Runtime | None:
        return None if self.device == "auto" else DEVICES[self.device].runtime


class NoLayersError(ModelError):
    """A network that runs, and in which there is nothing to look at; `title` is what a person calls it."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"{title} has no layer that can be looked at.", f"{title} には表示できる層がありません。"
        )


class Opened(NamedTuple):
    network: PlacedLayers
    preparation: Preparation
    titles: tuple[Text, ...]
    """Of what its scores stand for; empty where that is not known."""
    name: Text = plain("")
    """What a person calls it."""

    def close(self) -> None:
        """Let go of the network; may be called twice."""
        self.network.close()


def open_layers(wanted: Wanted, threads: int) -> Opened:
    """
    Raises:
        ModelError: there is no such network here, or it cannot be looked into, or there is nothing in it.
    """
    if MARK in wanted.name:
        return _of_a_person(wanted, threads)._replace(name=plain(wanted.name))
    entry = find(wanted.name)
    name = entry.title if wanted.trained else _untrained(entry.title)
    return _of_an_entry(entry, wanted, threads)._replace(name=name)


def _untrained(title: Text) -> Text:
    return Text(f"{title.en}, untrained", f"{title.ja}（未学習）")


def _of_an_entry(entry: Entry, wanted: Wanted, threads: int) -> Opened:
    if entry.name in shipped() and (wanted.runtime == "torch" or not wanted.trained):
        return _of_ours(entry, wanted, threads)
    if entry.name in BUILDERS:
        return _of_torchvision(entry, wanted, threads)
    return _of_onnx(entry, wanted.device, threads)


def open_file(
    path: Path,
    title: str,
    preparation: Preparation | None = None,
    threads: int = 1,
    device: Wish = "cpu",
) -> Opened:
    """An ONNX file through ONNX Runtime; without a `preparation` it is guessed by its input.

    Raises:
        ModelError: it cannot be read, no picture goes into it, or it does not run here.
    """
    file = _read(path)
    guesses = (preparation,) if preparation else preparations(file.model, title)
    refusals: list[ModelError] = []
    for how in guesses:
        try:
            return _with(file, title, how, threads, device)
        except ModelError as error:
            refusals.append(error)
    raise refusals[0]


def _with(file: OnnxFile, title: str, how: Preparation, threads: int, device: Wish) -> Opened:
    """Raises `ModelError` where it does not run with pictures that were prepared like this."""
    from models.inspection.onnx_network import OnnxLayers

    first = _first(how)

    def build(name: DeviceName) -> OnnxLayers:
        return _with_layers(OnnxLayers(file, title, first, threads, name), title)

    return Opened(placed(build, "onnxruntime", device, first), how, ())


def _with_layers(network: L, title: str) -> L:
    """Raises `NoLayersError`."""
    if not network.layers:
        network.close()
        raise NoLayersError(title)
    return network


def _of_onnx(entry: Entry, device: Wish, threads: int) -> Opened:
    _require(entry.title, "onnx", "onnxruntime")
    opened = open_file(weights(entry.name), entry.title.en, entry.picture, threads, device)
    return opened._replace(titles=tuple(entry.classes.values()))


def _of_ours(entry: Entry, wanted: Wanted, threads: int) -> Opened:
    """The same function as the ONNX file, from the weights beside it; or the network before its training."""
    _require(entry.title, "torch", "safetensors")
    from models.networks.ours import module_of
    from models.runtimes.torch_network import weights_beside

    module = module_of(entry.name, weights_beside(weights(entry.name)) if wanted.trained else None)
    opened = _by_either(module, entry.title, entry.picture or Preparation(), wanted, threads)
    return opened._replace(titles=tuple(entry.classes.values()))


def _of_torchvision(entry: Entry, wanted: Wanted, threads: int) -> Opened:
    from models.inspection.torchvision_modules import module_of, names_of, preparation_of

    module = module_of(entry.name, weights(entry.name) if wanted.trained else None)
    opened = _by_either(module, entry.title, preparation_of(entry.name), wanted, threads)
    return opened._replace(titles=tuple(map(plain, names_of(entry.name))))


def _of_a_person(wanted: Wanted, threads: int) -> Opened:
    """It gets pictures as most networks for ImageNet do."""
    return _by_either(own_module(wanted.name), plain(wanted.name), IMAGENET, wanted, threads)


def _by_either(module: Any, title: Text, preparation: Preparation, wanted: Wanted, threads: int) -> Opened:
    """By torch, or converted by ONNX Runtime where that is wanted."""
    if wanted.runtime != "onnxruntime":
        return _through_torch(module, title, preparation, wanted.device, threads)
    _require(title, "onnx", "onnxscript", "onnxruntime")
    from models.inspection.exported import exported

    name = wanted.name.replace(MARK, ".")
    path = exported(module.eval(), name, _first(preparation))
    return open_file(path, title.en, preparation, threads, wanted.device)


def _through_torch(module: Any, title: Text, preparation: Preparation, device: Wish, threads: int) -> Opened:
    from models.inspection.torch_network import TorchLayers

    first = _first(preparation)

    def build(name: DeviceName) -> TorchLayers:
        """A module moves as a whole: the one on the CPU stays there."""
        here = module if DEVICES[name].is_cpu else copy.deepcopy(module)
        return _with_layers(TorchLayers(here, title.en, first, threads, name), title.en)

    return Opened(placed(build, "torch", device, first), preparation, ())


def _first(preparation: Preparation) -> Any:
    return prepared(np.zeros((*USUAL, 3), np.uint8), preparation).values


def _require(title: Text, *packages: str) -> None:
    """Raises `ModelError` where one of them is not here."""
    for package in packages:
        if not is_installed(package):
            raise ModelError(
                NEEDS.en.format(title=title.en, package=package),
                NEEDS.ja.format(title=title.ja, package=package),
            )


def _read(path: Path) -> OnnxFile:
    """Raises `ModelError` where the file is damaged, or wants what is not loaded here."""
    import onnx.inliner

    try:
        with path.open("rb") as file:
            graph, large = read(file)
    except OSError as error:
        why = reason(error)
        raise ModelError(
            f"{path.name} cannot be read: {why.en}.", f"{path.name} を読み込めません（{why.ja}）。"
        ) from error
    model, problem = read_model(graph)
    if model is None or problem:
        raise ModelError(*refused(path.name, problem or DAMAGED))
    return onnx_file(onnx.inliner.inline_local_functions(model) if model.functions else model, large)
