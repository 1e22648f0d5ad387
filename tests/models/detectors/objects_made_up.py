"""torchvision's networks with made-up weights, where torchvision would look for its own."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import torch
from msgspec.structs import replace
from torchvision import models

from models import catalogue
from models.detectors.objects import BUILDERS, Name

SURE = re.compile(r"(cls_score|classification_head\.module_list\.\d\.1)\.bias")
"""The last layer before the scores."""


def made_up(name: Name) -> dict[str, torch.Tensor]:
    """Weights of which the network is sure of something here and there, and not of everything."""
    torch.manual_seed(5)
    network = models.get_model(BUILDERS[name], weights=None, weights_backbone=None)
    with torch.no_grad():
        if name == "ssdlite":
            _settle(network)
        for part, values in network.state_dict().items():
            if SURE.search(part):
                values.normal_(0, 2)
            elif name != "ssdlite" and "backbone.body" in part and part.endswith("running_var"):
                values.fill_(0.01)  # so little that what is added to the variance would be seen
            elif name != "ssdlite" and "backbone.body" in part and values.ndim == 4:
                values.mul_(0.1)
    return dict(network.state_dict())


def _settle(network: Any) -> None:
    """Weights and batch statistics with which nothing vanishes on its way through the layers."""
    for part in network.modules():
        if isinstance(part, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(part.weight)
        if isinstance(part, torch.nn.BatchNorm2d):
            part.momentum = None  # the average of all that came
    network.train()
    network.head(list(network.backbone(torch.rand(4, 3, 320, 320)).values()))


def at_home(name: Name, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of made-up weights where a fetch would put it, of the checksum that the catalogue then says."""
    monkeypatch.setenv("FUSIFORM_HOME", str(home))
    entry = catalogue.entries()[name]
    path = home / "models" / entry.file
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(made_up(name), path)
    digits = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    known = {**catalogue.entries(), name: replace(entry, size=path.stat().st_size, sha256=digits)}
    monkeypatch.setattr(catalogue, "_published", lambda: MappingProxyType(known))
    return path


def as_torchvision_builds_it(name: Name, path: Path, hub: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """By torchvision's own call, which finds the file where torch keeps what was fetched."""
    monkeypatch.setenv("TORCH_HOME", str(hub))
    there = hub / "hub" / "checkpoints" / path.name
    there.parent.mkdir(parents=True)
    there.write_bytes(path.read_bytes())
    weights = models.get_model_weights(BUILDERS[name]).DEFAULT
    return models.get_model(BUILDERS[name], weights=weights, progress=False).eval()
