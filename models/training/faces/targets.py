"""Which cells are asked for which face, and what it costs to be wrong.

Cells are chosen by how well they do at the moment (Feng et al., TOOD, 2021), and asked to say how well
their box fits (Li et al., Generalized Focal Loss, 2020); boxes are judged by their overlap (Rezatofighi et
al., GIoU, 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from models.networks.face_detector import STRIDES, Scale

BEST = 9
"""Cells that are asked for one face at most."""
RADIUS = 2.0
"""Strides from a face's middle within which a cell may be asked for it."""
SMALLEST, LARGEST = 0.75, 16.0
"""How large a face may be, in strides, for a scale to be asked for it; the finest takes the smaller ones."""
SURE = 0.3
"""A teacher's face-ness from which its box counts, where there is no label."""
TAUGHT_BOXES = 0.2
"""How much it counts: a teacher's boxes are of another style."""
SURELY = 0.5
"""What the best cell of a face says at least, or a face whose edges are a matter of style would rank behind
what is none."""
SHARPNESS = 4.0
"""How much a cell's overlap counts more than its face-ness when cells are chosen."""


class Taught(NamedTuple):
    """What a teacher says of each of the k cells: faces (k,) 0 to 1; boxes (k, 4) x1, y1, x2, y2."""

    faces: Tensor
    boxes: Tensor


class Wanted(NamedTuple):
    """What one picture should give: n boxes."""

    boxes: Tensor
    """(n, 4) x1, y1, x2, y2."""
    ignored: Tensor
    """(n,) bool."""
    edges: Tensor
    """(n,), 0 to 1: how much the edges of the box count."""
    sure: Tensor
    """(n,), 0 to 1: how surely it is a face."""
    taught: Taught | None = None

    def to(self, device: torch.device) -> Wanted:
        taught = self.taught and Taught(*(part.to(device) for part in self.taught))
        boxes, ignored, edges, sure = (part.to(device) for part in self[:4])
        return Wanted(boxes, ignored, edges, sure, taught)


class Cells(NamedTuple):
    """Every cell of all scales in one row, of which there are k."""

    middles: Tensor
    """(k, 2) x, y in pixels."""
    strides: Tensor
    """(k,)."""
    faces: Tensor
    """(n, k): logits."""
    boxes: Tensor
    """(n, k, 4): x1, y1, x2, y2 in pixels."""


def cells_of(scales: Sequence[Scale]) -> Cells:
    middles, strides, faces, boxes = [], [], [], []
    for stride, scale in zip(STRIDES, scales, strict=True):
        rows, columns = scale.face.shape[-2:]
        y, x = torch.meshgrid(
            torch.arange(rows, device=scale.face.device),
            torch.arange(columns, device=scale.face.device),
            indexing="ij",
        )
        middle = (torch.stack([x, y], -1).reshape(-1, 2) + 0.5) * stride
        box = scale.box.flatten(2).transpose(1, 2).float() * stride
        centre, half = middle + box[..., :2], box[..., 2:] / 2
        middles.append(middle)
        strides.append(torch.full((len(middle),), float(stride), device=middle.device))
        faces.append(scale.face.flatten(1).float())
        boxes.append(torch.cat([centre - half, centre + half], -1))
    return Cells(torch.cat(middles), torch.cat(strides), torch.cat(faces, 1), torch.cat(boxes, 1))


def losses(scales: Sequence[Scale], wanted: Sequence[Wanted]) -> tuple[Tensor, Tensor]:
    """(of the face-ness, of the boxes), each for one asked cell on average."""
    cells = cells_of(scales)
    face_loss = cells.faces.new_zeros(())
    box_loss = cells.faces.new_zeros(())
    amount = cells.faces.new_zeros(())
    for number, one in enumerate(wanted):
        face, box, asked = _of_one(cells, number, one)
        face_loss, box_loss, amount = face_loss + face, box_loss + box, amount + asked
    amount = amount.clamp(min=1.0)
    return face_loss / amount, box_loss / amount


def _of_one(cells: Cells, number: int, wanted: Wanted) -> tuple[Tensor, Tensor, Tensor]:
    logits, drawn = cells.faces[number], cells.boxes[number]
    counted = ~_in_any(cells.middles, wanted.boxes[wanted.ignored])
    boxes, edges, sure = (part[~wanted.ignored] for part in (wanted.boxes, wanted.edges, wanted.sure))
    target = torch.zeros_like(logits)
    box_loss = logits.new_zeros(())
    if len(boxes):
        with torch.no_grad():
            face_of, quality = _assign(cells, logits.sigmoid(), drawn, boxes)
        asked = torch.nonzero(face_of >= 0).squeeze(1)
        face = face_of[asked]
        target[asked] = quality[asked] * sure[face]
        counted[asked] = True
        box_loss = ((1 - giou(drawn[asked], boxes[face])) * target[asked] * edges[face]).sum()
    if wanted.taught is not None:
        target, counted, more = _add_taught(target, counted, drawn, wanted.taught)
        box_loss = box_loss + more
    said = logits.sigmoid()
    cost = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    focus = torch.where(target > 0, (target - said).abs() ** 2 + 0.1 * target, 0.75 * said**2)
    return (cost * focus.detach() * counted).sum(), box_loss, target.sum()


def _add_taught(
    target: Tensor, counted: Tensor, drawn: Tensor, taught: Taught
) -> tuple[Tensor, Tensor, Tensor]:
    """(target, counted, cost of the boxes): where the labels are silent the teacher is believed."""
    sure = (taught.faces > SURE) & (target == 0)
    overlap = giou(drawn[sure], taught.boxes[sure])
    cost = ((1 - overlap) * taught.faces[sure]).sum() * TAUGHT_BOXES
    return torch.maximum(target, taught.faces), counted | (taught.faces > SURE), cost


def _assign(cells: Cells, said: Tensor, drawn: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
    """For each cell the face it is asked for, or -1, and how well it should say that it does (0 to 1)."""
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    away = (cells.middles[None] - middles[:, None]).abs().amax(2)
    size = (boxes[:, 2:] - boxes[:, :2]).amax(1)[:, None]
    suits = (size <= cells.strides * LARGEST) & (size >= cells.strides * SMALLEST)
    suits |= (cells.strides == STRIDES[0]) & (size < STRIDES[0])
    allowed = suits & (away <= RADIUS * cells.strides)
    overlap = iou(boxes, drawn)
    fits = said.clamp(min=1e-4).sqrt()[None] * overlap**SHARPNESS
    fits = torch.where(allowed, fits + 1e-9 / (1 + away), fits.new_zeros(()))
    best, places = fits.topk(min(BEST, fits.shape[1]), dim=1)
    chosen = torch.zeros_like(fits).scatter_(1, places, (best > 0).to(fits.dtype)).bool()
    fits = torch.where(chosen, fits, fits.new_full((), -1.0))
    most, face_of = fits.max(0)
    face_of = torch.where(most >= 0, face_of, torch.full_like(face_of, -1))
    quality = _quality(fits, overlap, chosen, face_of)
    return face_of, quality


def _quality(fits: Tensor, overlap: Tensor, chosen: Tensor, face_of: Tensor) -> Tensor:
    """The best cell of a face says how well it fits, the others in proportion."""
    top_fit = fits.clamp(min=0).amax(1).clamp(min=1e-9)
    top_overlap = torch.where(chosen, overlap, overlap.new_zeros(())).amax(1).clamp(min=0.1)
    face = face_of.clamp(min=0)
    share = fits.gather(0, face[None]).squeeze(0).clamp(min=0) / top_fit[face]
    well = SURELY + (1 - SURELY) * top_overlap[face]
    return torch.where(face_of >= 0, share * well, share.new_zeros(()))


def _inside(points: Tensor, boxes: Tensor) -> Tensor:
    """(boxes, points) bool."""
    return ((points[None] > boxes[:, None, :2]) & (points[None] < boxes[:, None, 2:])).all(2)


def _in_any(points: Tensor, boxes: Tensor) -> Tensor:
    return _inside(points, boxes).any(0)


def iou(first: Tensor, second: Tensor) -> Tensor:
    """(n, m): the overlap of each with each, 0 to 1."""
    low = torch.maximum(first[:, None, :2], second[None, :, :2])
    high = torch.minimum(first[:, None, 2:], second[None, :, 2:])
    common = (high - low).clamp(min=0).prod(2)
    return common / (_area(first)[:, None] + _area(second)[None] - common).clamp(min=1e-6)


def giou(first: Tensor, second: Tensor) -> Tensor:
    """(n,): the overlap of pairs, less the share of the box around both that neither fills; -1 to 1."""
    common = (
        (torch.minimum(first[:, 2:], second[:, 2:]) - torch.maximum(first[:, :2], second[:, :2]))
        .clamp(min=0)
        .prod(1)
    )
    both = (_area(first) + _area(second) - common).clamp(min=1e-6)
    around = torch.maximum(first[:, 2:], second[:, 2:]) - torch.minimum(first[:, :2], second[:, :2])
    hull = around.prod(1).clamp(min=1e-6)
    return common / both - (hull - both) / hull


def _area(boxes: Tensor) -> Tensor:
    return (boxes[..., 2:] - boxes[..., :2]).prod(-1)
