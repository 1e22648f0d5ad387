"""Which cells are asked for a face, and what a wrong answer costs, checked against torchvision."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")
ops = pytest.importorskip("torchvision.ops")

from models.networks.face_detector import STRIDES, Scale  # noqa: E402
from models.training.faces.targets import Taught, Wanted, cells_of, giou, iou, losses  # noqa: E402


def boxes(count: int, seed: int) -> Any:
    generator = torch.Generator().manual_seed(seed)
    corner = torch.rand(count, 2, generator=generator) * 50
    return torch.cat([corner, corner + 1 + torch.rand(count, 2, generator=generator) * 50], 1)


def test_overlaps_are_torchvisions() -> None:
    first, second = boxes(40, 1), boxes(40, 2)
    assert torch.allclose(iou(first, second), ops.box_iou(first, second), atol=1e-6)
    assert torch.allclose(giou(first, second), ops.generalized_box_iou(first, second).diag(), atol=1e-6)


def scales(face: float, side: int = 128) -> list[Scale]:
    """The same logit everywhere, and in each cell a box of two strides around it."""
    made = []
    for stride in STRIDES:
        cells = side // stride
        box = torch.zeros(1, 4, cells, cells)
        box[:, 2:] = 2.0
        made.append(Scale(torch.full((1, 1, cells, cells), face), box.requires_grad_()))
    return made


def wanted(*rows: tuple[float, float, float, float], ignored: bool = False) -> Wanted:
    found = torch.tensor(rows, dtype=torch.float32).reshape(-1, 4)
    ones = torch.ones(len(found))
    return Wanted(found, torch.full((len(found),), ignored), ones, ones)


def test_cells_stand_in_the_middle_of_their_stride() -> None:
    cells = cells_of(scales(0.0))
    assert cells.middles[0].tolist() == [4.0, 4.0]
    assert cells.boxes[0, 0].tolist() == [-4.0, -4.0, 12.0, 12.0]
    assert len(cells.middles) == sum((128 // stride) ** 2 for stride in STRIDES)


def test_without_a_face_only_a_claim_costs() -> None:
    silent, box = losses(scales(-12.0), [wanted()])
    loud, _ = losses(scales(3.0), [wanted()])
    assert silent < 1e-3
    assert loud > 100
    assert box == 0


def test_what_is_ignored_costs_nothing_inside() -> None:
    everywhere = wanted((0, 0, 128, 128), ignored=True)
    face, box = losses(scales(3.0), [everywhere])
    assert face < 1e-6
    assert box == 0


@pytest.mark.parametrize("size", [6.0, 16.0, 40.0, 120.0])
def test_every_face_is_asked_of_some_cell(size: float) -> None:
    given = scales(-2.0)
    middle = 61.0
    _, box = losses(
        given, [wanted((middle - size / 2, middle - size / 2, middle + size / 2, middle + size / 2))]
    )
    assert box > 0
    box.backward()
    assert any(scale.box.grad.abs().sum() > 0 for scale in given)


def test_the_right_answer_costs_least() -> None:
    face = wanted((56, 56, 72, 72))
    wrong = losses(scales(-2.0), [face])
    given = scales(-9.0)
    with torch.no_grad():
        fine = given[0]
        for row, column in ((7, 7), (7, 8), (8, 7), (8, 8)):
            fine.face[0, 0, row, column] = 6.0
            fine.box[0, :2, row, column] = torch.tensor([8.0 - column - 0.5, 8.0 - row - 0.5])
    right = losses(given, [face])
    assert right[0] < wrong[0] / 3
    assert right[1] < wrong[1]


def test_a_doubtful_face_is_asked_for_less_surely() -> None:
    face = wanted((56, 56, 72, 72))
    doubtful = face._replace(sure=torch.tensor([0.5]))
    (loud, box), (less, smaller) = (
        [part.item() for part in losses(scales(6.0), [one])] for one in (face, doubtful)
    )
    assert less > loud
    assert smaller == pytest.approx(box, rel=1e-5)  # of half as much that was asked


def test_a_teacher_is_believed_where_the_labels_are_silent() -> None:
    cells = len(cells_of(scales(0.0)).middles)
    faces, boxes = torch.zeros(cells), torch.zeros(cells, 4)
    faces[0] = 0.9
    boxes[0] = torch.tensor([-4.0, -4.0, 12.0, 12.0])
    silent = scales(-12.0)
    without, _box = losses(silent, [wanted()])
    taught = wanted()._replace(taught=Taught(faces, boxes))
    face, box = losses(silent, [taught])
    assert face > without + 1
    assert box.item() == pytest.approx(0, abs=1e-5)  # it draws that very box
    boxes[0] += 8
    assert losses(silent, [taught])[1] > 0.01
