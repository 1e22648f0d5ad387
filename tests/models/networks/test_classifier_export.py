"""The exported classifiers: their layers by name, their parity; and weights that are kept and read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")

import onnx  # noqa: E402

from models.catalogue import entries  # noqa: E402
from models.classifiers import classifiers  # noqa: E402
from models.errors import ModelError  # noqa: E402
from models.networks.classifier_export import PARITY, as_onnx, parity, read_classifier  # noqa: E402
from models.networks.lenet5 import LeNet5  # noqa: E402
from models.networks.objects import ObjectNetwork  # noqa: E402
from models.networks.weights import as_safetensors  # noqa: E402
from models.shipped import SHIPPED  # noqa: E402

NAMES = ("objects", "lenet-5")


def checkpoint(folder: Path, name: str) -> Path:
    """Of an untrained network, its normalisation unlike the neutral one."""
    torch.manual_seed(5)
    network = ObjectNetwork() if name == "objects" else LeNet5()
    if name == "objects":
        with torch.no_grad():
            for _ in range(3):
                network(torch.randn(8, 3, 64, 64) * 1.5 + 0.3)
    torch.save({"average": network.state_dict()}, folder / f"{name}.checkpoint")
    return folder / f"{name}.checkpoint"


@pytest.fixture(scope="module", params=NAMES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """(name, network, file)."""
    name = request.param
    network = read_classifier(name, checkpoint(tmp_path_factory.mktemp(name), name))
    return name, network, as_onnx(name, network)


def test_the_file_has_the_promised_names_and_shapes(made: Any) -> None:
    name, _network, file = made
    known = classifiers()[name]
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    [given], [said] = session.get_inputs(), session.get_outputs()
    assert (given.name, said.name) == ("picture", "scores")
    assert given.shape[1:] == [known.channels, known.side, known.side]
    pictures = np.zeros((3, *given.shape[1:]), np.float32)
    assert session.run(None, {"picture": pictures})[0].shape == (3, len(known.classes))


def test_the_file_agrees_with_torch(made: Any) -> None:
    name, network, file = made
    assert parity(name, network, file) <= PARITY


def test_each_layer_in_the_file_is_called_and_computes_as_in_torch(made: Any) -> None:
    name, network, file = made
    model = onnx.load_from_string(file)
    layers = dict(network.named_children())
    outputs = {output for node in model.graph.node for output in node.output}
    assert {*layers} <= outputs, "each layer can be looked at"
    for layer in layers:
        if layer != "scores":
            model.graph.output.append(onnx.ValueInfoProto(name=layer))
    known = classifiers()[name]
    x = torch.randn(2, known.channels, known.side, known.side)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found = dict(zip(layers, session.run(list(layers), {"picture": x.numpy()}), strict=True))
    with torch.inference_mode():
        for layer, module in layers.items():
            x = module(x)
            np.testing.assert_allclose(found[layer], x.numpy(), atol=PARITY, err_msg=layer)


def test_the_file_is_plain_and_does_not_tell_of_the_machine_that_made_it(made: Any) -> None:
    _name, _network, file = made
    assert b"BatchNormalization" not in file
    assert str(Path(torch.__file__).parent).encode() not in file
    assert str(Path(__file__).parents[3]).encode() not in file


def test_a_file_of_other_weights_is_told_from_it(made: Any) -> None:
    name, network, file = made
    with torch.no_grad():
        [*network.parameters()][-1].add_(1e-3)
        try:
            assert parity(name, network, file) > PARITY
        finally:
            [*network.parameters()][-1].sub_(1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_weights_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    network = read_classifier(name, checkpoint(tmp_path, name))
    (tmp_path / "kept.safetensors").write_bytes(as_safetensors(network))
    again = read_classifier(name, tmp_path / "kept.safetensors")
    assert as_safetensors(again) == as_safetensors(network)
    assert not again.training


@pytest.mark.parametrize("file", ["a.safetensors", "b.checkpoint"])
def test_a_broken_file_is_refused_in_a_sentence(tmp_path: Path, file: str) -> None:
    for data in (b"", b"no weights at all", bytes(200)):
        (tmp_path / file).write_bytes(data)
        with pytest.raises(ModelError, match="holds no weights of our object network"):
            read_classifier("objects", tmp_path / file)


def test_the_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no weights of LeNet-5"):
        read_classifier("lenet-5", checkpoint(tmp_path, "objects"))
    with pytest.raises(ModelError):
        read_classifier("objects", checkpoint(tmp_path, "lenet-5"))


@pytest.mark.parametrize("name", [name for name in NAMES if name in entries()])
def test_what_is_shipped_agrees(name: str) -> None:
    shipped = read_classifier(name, SHIPPED / f"{name}.safetensors")
    assert parity(name, shipped, (SHIPPED / f"{name}.onnx").read_bytes()) <= PARITY
