"""The object network: its shapes, its size, and that it is as plain as it says."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")

from models.classifiers import classifiers  # noqa: E402
from models.networks.objects import ObjectNetwork, plain  # noqa: E402
from tests.models.networks.stages import stages  # noqa: E402

SHAPES = {
    "conv1": (32, 64, 64),
    "pool1": (32, 32, 32),
    "conv2": (48, 32, 32),
    "conv3": (64, 32, 32),
    "pool3": (64, 16, 16),
    "conv4": (96, 16, 16),
    "conv5": (128, 16, 16),
    "pool5": (128, 8, 8),
    "conv6": (192, 8, 8),
    "conv7": (256, 8, 8),
    "conv8": (224, 8, 8),
    "evidence": (10, 8, 8),
    "average": (10, 1, 1),
    "scores": (10,),
}


@pytest.fixture(scope="module")
def network() -> ObjectNetwork:
    """Untrained, its normalisation unlike the neutral one that it begins with."""
    torch.manual_seed(1)
    made = ObjectNetwork()
    with torch.no_grad():
        for _ in range(3):
            made(torch.randn(8, 3, 64, 64) * 1.5 + 0.3)
    made.eval()
    return made


def test_each_stage_has_the_shape_that_its_comment_says(network: ObjectNetwork) -> None:
    shapes = stages(network, (3, 128, 128))
    assert {name: shapes[name] for name in SHAPES} == SHAPES


def test_its_first_layer_is_large_and_it_is_small(network: ObjectNetwork) -> None:
    first = network.conv1.weight
    assert first.shape[0] >= 32
    assert first.shape[1:] == (3, 7, 7)
    assert sum(part.numel() for part in network.parameters()) <= 1_500_000
    assert network.evidence.out_channels == len(classifiers()["objects"].classes)


def test_plain_it_computes_the_same_in_fewer_layers(network: ObjectNetwork) -> None:
    made = plain(network)
    names = [name for name, _layer in made.named_children()]
    assert names[:4] == ["conv1", "relu1", "pool1", "conv2"]
    assert not [name for name in names if name.startswith("norm")]
    pictures = torch.randn(3, 3, 128, 128)
    with torch.inference_mode():
        torch.testing.assert_close(made(pictures), network(pictures), atol=1e-4, rtol=1e-4)


def test_the_network_that_is_made_plain_stays_as_it_was(network: ObjectNetwork) -> None:
    learning = ObjectNetwork()
    before = {name: part.clone() for name, part in learning.state_dict().items()}
    plain(learning)
    assert learning.training
    assert all(torch.equal(part, before[name]) for name, part in learning.state_dict().items())


def test_nothing_is_computed_in_place(network: ObjectNetwork) -> None:
    kept: dict[str, Any] = {}
    copies: dict[str, Any] = {}

    def keep(name: str, x: Any) -> None:
        kept[name], copies[name] = x, x.clone()

    hooks = [
        layer.register_forward_hook(lambda _layer, _given, x, name=name: keep(name, x))
        for name, layer in network.named_children()
    ]
    with torch.inference_mode():
        network(torch.randn(1, 3, 128, 128))
    for hook in hooks:
        hook.remove()
    assert all(torch.equal(kept[name], copies[name]) for name in kept)


def test_a_score_is_the_mean_of_the_evidence(network: ObjectNetwork) -> None:
    pictures = torch.randn(2, 3, 96, 160)
    with torch.inference_mode():
        evidence = pictures
        for layer in [*network][:-2]:
            evidence = layer(evidence)
        torch.testing.assert_close(network(pictures), evidence.mean((2, 3)))
    assert evidence.shape == (2, 10, 6, 10)
