"""From what layers say to what somebody wants to see of them, on the device where torch has computed it: only
that comes back to the main memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from models.inspection.activity import BINS, told
from models.inspection.maps import form_of
from models.inspection.network import Answer, Look
from models.inspection.pictures import FAINTEST, ZERO, MapPictures, Scaling


class Seen(NamedTuple):
    """Of layers whose maps have one size, on the device; nothing of it is known in the main memory yet."""

    counts: dict[str, int]
    """Maps of each layer, in their order."""
    figures: Tensor
    """(5, n) of all maps: mean, lowest, highest, how many are above 0, how many are no finite numbers."""
    units: int
    """Of a map."""
    shown: dict[str, Shown]


class Shown(NamedTuple):
    """What is to be seen of one layer."""

    levels: Tensor | None
    limits: Tensor | None
    small: Tensor | None
    histogram: Tensor | None
    values: Tensor | None
    shape: tuple[int, ...]
    """Of what it says, without the batch."""


def can_be_seen(shape: tuple[int, ...]) -> bool:
    """Whether an answer of this shape, without the batch, is a row of maps or of units as it is."""
    form = form_of(shape)
    return form == "vector" or (form == "maps" and len(shape) == 3)


def seen_of(said: Mapping[str, Tensor], looks: Mapping[str, Look]) -> list[Seen]:
    """`said` is without the batch and is not kept. Nothing here waits for the device."""
    maps = {name: _as_maps(tensor).float() for name, tensor in said.items()}
    sizes: dict[int, list[str]] = {}
    for name, one in maps.items():
        sizes.setdefault(one.shape[1] * one.shape[2], []).append(name)
    return [_seen(names, maps, said, looks) for names in sizes.values()]


def fetched(seen: list[Seen]) -> dict[str, Answer]:
    """By the layer's name, in the main memory."""
    found: dict[str, Answer] = {}
    for group in seen:
        figures, first = group.figures.cpu().numpy(), 0
        for name, count in group.counts.items():
            found[name] = _answer(figures[:, first : first + count], group.units, group.shown[name])
            first += count
    return found


def _seen(
    names: list[str], maps: Mapping[str, Tensor], said: Mapping[str, Tensor], looks: Mapping[str, Look]
) -> Seen:
    """Few calls for many layers: each takes a device longer to begin than to do."""
    raw = torch.cat([maps[name].flatten(1) for name in names])
    rows = torch.nan_to_num(raw, 0.0, 0.0, 0.0)
    lowest, highest = torch.aminmax(rows, dim=1)
    active, strange = (rows > 0).sum(1), (raw != rows).sum(1)
    figures = torch.stack([_means(rows), lowest, highest, active.float(), strange.float()])
    counts = {name: len(maps[name]) for name in names}
    shown, first = {}, 0
    for name, count in counts.items():
        own = slice(first, first + count)
        clean = rows[own].reshape(maps[name].shape)
        shown[name] = _shown(clean, lowest[own], highest[own], said[name], looks[name])
        first += count
    return Seen(counts, figures, rows.shape[1], shown)


def _shown(maps: Tensor, lowest: Tensor, highest: Tensor, said: Tensor, look: Look) -> Shown:
    levels = limits = None
    if look.scaling:
        limits = _limits(lowest, highest, look.scaling)
        levels = _levels(_shrunk(maps, look.side) if look.side else maps, limits, lowest.min())
    small = _where_active(maps, look.small) if look.small else None
    histogram = _histogram(maps, lowest.min(), highest.max()) if look.histogram else None
    values = said.float() if look.values else None
    return Shown(levels, limits, small, histogram, values, tuple(said.shape))


def _means(rows: Tensor) -> Tensor:
    """(n,) of (n, m): each number is divided before it is added, in one go, for sums may be too large."""
    return torch.nan_to_num(rows @ torch.full_like(rows[0], 1 / rows.shape[1]))


def _as_maps(tensor: Tensor) -> Tensor:
    return tensor.reshape(-1, 1, 1) if form_of(tuple(tensor.shape)) == "vector" else tensor


def _limits(lowest: Tensor, highest: Tensor, scaling: Scaling) -> Tensor:
    most = torch.maximum(highest, -lowest)
    match scaling.range:
        case "map":
            limits = most
        case "layer":
            limits = most.max().expand(len(most))
        case "fixed":
            limits = torch.full_like(most, scaling.limit)
    return torch.where(limits > float(FAINTEST), limits, 1.0)


def _levels(maps: Tensor, limits: Tensor, lowest: Tensor) -> Tensor:
    """As in the main memory; whether a layer is signed is not known there yet, so both are reckoned with."""
    signed = lowest < 0
    steps = torch.where(signed, 127.0, 255.0) / limits
    scaled = maps * steps[:, None, None] + torch.where(signed, float(ZERO), 0.0)
    return scaled.round().clamp(max=255.0).maximum(torch.where(signed, 1.0, 0.0)).to(torch.uint8)


def _shrunk(maps: Tensor, side: int) -> Tensor:
    """Where a sum is too large, its mean is the largest number: how large they are is not known there yet."""
    rows, columns = maps.shape[1:]
    step = -(-max(rows, columns) // side)
    if step < 2:
        return maps
    return torch.nan_to_num(functional.avg_pool2d(maps[None], (min(step, rows), min(step, columns)))[0])


def _where_active(maps: Tensor, side: int) -> Tensor:
    if maps.shape[1:] == (1, 1):
        strength = maps.reshape(1, -1).abs()
    else:
        step = -(-max(maps.shape[1:]) // side)
        some = maps[:, ::step, ::step].abs()
        strength = _means(some.flatten(1).T).reshape(some.shape[1:])
    most = strength.max()
    return (strength * torch.where(most > float(FAINTEST), 255 / most, 0.0)).round().to(torch.uint8)


def _histogram(maps: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """Of halves, whose differences are never too large."""
    width = high / 2 - low / 2
    above = torch.add(-low / 2, maps.reshape(-1), alpha=0.5)
    places = (above / torch.where(width > 0, width, 1.0) * BINS).long().clamp(0, BINS - 1)
    counts = torch.zeros(BINS, device=maps.device)
    return counts.scatter_add_(0, places, torch.ones_like(places, dtype=torch.float32)) / places.numel()


def _answer(figures: NDArray[np.float32], units: int, shown: Shown) -> Answer:
    means, lowest, highest, active, strange = figures
    share = float(active.sum(dtype=np.float64)) / (len(active) * units)
    odd = int(strange.sum(dtype=np.float64))
    (activity,) = told(means, lowest, highest, [len(means)], [share], [odd])
    pictures = None
    if shown.levels is not None and shown.limits is not None:
        pictures = MapPictures(_here(shown.levels), _here(shown.limits), activity.signed)
    small, histogram, values = (
        None if one is None else _here(one) for one in (shown.small, shown.histogram, shown.values)
    )
    return Answer(activity, pictures, small, histogram, values, shape=shown.shape)


def _here(tensor: Tensor) -> NDArray[Any]:
    """A copy, for what stands on the device may be used again."""
    return np.array(tensor.cpu().numpy())
