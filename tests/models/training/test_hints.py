"""How far the network's features are from a teacher's: nothing where they can be read from them."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")

from models.networks.face_detector import STRIDES, FaceDetector  # noqa: E402
from models.training.faces.hints import GROUND, Hints  # noqa: E402
from models.training.faces.targets import Taught, Wanted  # noqa: E402
from models.training.faces.teacher import CHANNELS  # noqa: E402

SIDE = 64
CELLS = [SIDE // stride for stride in STRIDES]
COUNT = sum(side**2 for side in CELLS)


def wanted(faces: Any) -> list[Wanted]:
    none = torch.zeros(0)
    return [Wanted(torch.zeros(0, 4), none.bool(), none, none, Taught(faces, torch.zeros(COUNT, 4)))]


@pytest.fixture
def network() -> FaceDetector:
    torch.manual_seed(0)
    made = FaceDetector()
    made.eval()
    return made


def seen(network: FaceDetector) -> list[Any]:
    """The features of one picture, kept independently of what is tested."""
    kept: list[Any] = []
    hooks = [
        head.look.register_forward_hook(lambda _layer, _given, made: kept.append(made))
        for head in network.heads
    ]
    with torch.no_grad():
        network(torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1)) * 2 - 1)
    for hook in hooks:
        hook.remove()
    return kept


def test_nothing_is_far_where_a_mixture_of_the_channels_gives_the_teachers(network: FaceDetector) -> None:
    hints = Hints(network)
    features = seen(network)
    mixture = torch.randn(CHANNELS, features[0].shape[1], 1, 1)
    for read in hints.read:
        read.weight.data, read.bias.data = mixture.clone(), torch.full((CHANNELS,), 0.5)
    theirs = [torch.nn.functional.conv2d(one, mixture) + 0.5 for one in features]
    assert hints(theirs, wanted(torch.zeros(COUNT))).item() < 1e-6
    assert hints([one + 1 for one in theirs], wanted(torch.zeros(COUNT))).item() > 0.01


def test_a_cell_with_a_face_counts_more(network: FaceDetector) -> None:
    """The reader says 0, the teacher 1 in the first cell of the finest scale: its share is by the weights."""
    hints = Hints(network)
    for read in hints.read:
        torch.nn.init.zeros_(read.bias)
    seen(network)
    theirs = [torch.zeros(1, CHANNELS, side, side) for side in CELLS]
    theirs[0][..., 0, 0] = 1.0
    faces = torch.zeros(COUNT)
    faces[0] = 0.9
    spread = theirs[0].var()
    others = GROUND * (CELLS[0] ** 2 - 1)
    share = (GROUND + 0.9) / (GROUND + 0.9 + others)
    assert hints(theirs, wanted(faces)).item() == pytest.approx(share / spread.item() / len(STRIDES))


def test_without_a_teacher_nothing_is_far(network: FaceDetector) -> None:
    hints = Hints(network)
    seen(network)
    assert hints([], []).item() == 0.0
