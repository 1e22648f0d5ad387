"""A network of ours through torch: the same as through ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnxruntime")
torch = pytest.importorskip("torch")

from models.errors import ModelError  # noqa: E402
from models.networks.export import PARITY  # noqa: E402
from models.runtimes.network import Intake  # noqa: E402
from models.runtimes.opening import open_network  # noqa: E402
from models.runtimes.torch_network import TorchNetwork  # noqa: E402
from models.shipped import SHIPPED  # noqa: E402

NETWORK = SHIPPED / "face-detector.onnx"


def test_both_runtimes_say_the_same() -> None:
    random = np.random.default_rng(1)
    one = open_network(NETWORK, "torch-cpu", Intake(), 1, half=False)
    other = open_network(NETWORK, "cpu", Intake(), 1, half=False)
    for size in ((64, 96), (32, 32)):
        picture = random.integers(0, 256, (*size, 3)).astype(np.uint8)
        found, expected = (dict(network.run(network.values(picture))) for network in (one, other))
        assert set(found) == set(expected)
        for name in expected:
            near = np.abs(found[name] - expected[name]) / np.maximum(1, np.abs(expected[name]))
            assert near.max() <= (PARITY if name.startswith("face") else 1e-3)
    assert (one.device.name, other.device.name) == ("torch-cpu", "cpu")
    for network in (one, other):
        network.close()
        network.close()


def test_it_uses_as_many_threads_as_it_may() -> None:
    before = torch.get_num_threads()
    TorchNetwork(NETWORK, "torch-cpu", 1).close()
    assert torch.get_num_threads() == 1
    torch.set_num_threads(before)


def test_a_file_without_weights_for_torch_is_refused_in_a_sentence(tmp_path: Path) -> None:
    lonely = tmp_path / "lonely.onnx"
    lonely.write_bytes(NETWORK.read_bytes())
    with pytest.raises(ModelError, match=r"lonely\.onnx has no weights for torch"):
        TorchNetwork(lonely, "torch-cpu", 1)
