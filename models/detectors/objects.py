"""torchvision's detection networks: what is where in a picture, of the 80 things of COCO.

Source: S. Ren et al., "Faster R-CNN", NIPS 2015; W. Liu et al., "SSD", ECCV 2016, with the depthwise heads of
M. Sandler et al., "MobileNetV2", CVPR 2018; T.-Y. Lin et al., "Focal loss for dense object detection",
ICCV 2017; Z. Tian et al., "FCOS", ICCV 2019.
"""

from __future__ import annotations

import copy
import logging
import pickle
import zipfile
from pathlib import Path
from typing import Any, Final, Literal, get_args

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.detectors.coco import THINGS
from models.errors import ModelError
from models.runtimes import words
from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.spared import Spared
from models.runtimes.vision import vision
from models.text import Text

log = logging.getLogger(__name__)
Name = Literal[
    "ssdlite",
    "faster-rcnn-mobilenet-320",
    "faster-rcnn-mobilenet",
    "faster-rcnn-resnet50",
    "faster-rcnn-resnet50-v2",
    "retinanet",
    "retinanet-v2",
    "fcos",
]
Wish = Literal["auto", "cpu", "cuda", "mps"]
NAMES: Final[tuple[Name, ...]] = get_args(Name)
BUILDERS: Final[dict[Name, str]] = {
    "ssdlite": "ssdlite320_mobilenet_v3_large",
    "faster-rcnn-mobilenet-320": "fasterrcnn_mobilenet_v3_large_320_fpn",
    "faster-rcnn-mobilenet": "fasterrcnn_mobilenet_v3_large_fpn",
    "faster-rcnn-resnet50": "fasterrcnn_resnet50_fpn",
    "faster-rcnn-resnet50-v2": "fasterrcnn_resnet50_fpn_v2",
    "retinanet": "retinanet_resnet50_fpn",
    "retinanet-v2": "retinanet_resnet50_fpn_v2",
    "fcos": "fcos_resnet50_fpn",
}
"""torchvision's own names."""
WITHOUT_EPSILON: Final = ("faster-rcnn-resnet50", "retinanet")
"""Their backbones were trained with batch normalisation that adds nothing to the variance."""
SLIMMEST: Final = 16
"""Times: a picture that is longer than this many times its shorter side is padded to it."""
THINNEST: Final = 1.0
"""Pixels; of a thing outside of the picture no more than this is left."""
BROKEN = (OSError, EOFError, pickle.UnpicklingError, zipfile.BadZipFile, RuntimeError, KeyError, TypeError)
"""What reading a file of other or half weights raises."""

Found = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]
"""Corners (n, 4), scores (n,) and labels (n,), as torchvision gives them."""


class Things(Struct, frozen=True, eq=False):
    """`boxes` is (n, 4) x, y, width, height in pixels of the picture, inside of it, the surest first;
    `scores` (n,) from 0 to 1; `labels` are COCO's names. What a network finds of the classes that stand for
    nothing is left out.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    labels: tuple[str, ...]


class ObjectFinder:
    """Used from one thread at a time. On a GPU that fails or hangs it goes on with the CPU, and `notice` says
    so: the network is kept there as well, so that this costs no time.
    """

    def __init__(self, name: Name, path: Path, wish: Wish = "auto", threads: int = 1) -> None:
        """
        Raises:
            ModelError: torchvision is not here, or the file holds no weights of this network.
        """
        self._models = vision().models
        import torch

        torch.set_num_threads(threads)
        self._name, self._path = name, path
        weights = self._models.get_model_weights(BUILDERS[name]).DEFAULT
        self._labels: list[str] = weights.meta["categories"]
        spare = _Placed(self._loaded(), DEVICES["torch-cpu"])
        self._network: Spared[_Placed] = Spared(spare)
        self._unusable: Text | None = None
        self._move(spare, wish)

    @property
    def device(self) -> Device:
        """Where the last picture was computed."""
        return self._network.used.device

    @property
    def notice(self) -> Text | None:
        """What a person should know of the device: it cannot be used, is late, has failed."""
        return self._network.notice or self._unusable

    def find(self, image: NDArray[np.uint8], threshold: float, long_side: int) -> Things:
        """`image` is (h, w, 3) BGR; its long side becomes `long_side`, where the network takes any size."""

        def look(network: _Placed) -> Found:
            return network.run(image, threshold, long_side)

        return self._things(self._network.through(look), image.shape[1::-1])

    def close(self) -> None:
        """Let go of the network; may be called twice."""
        self._network.close()

    def _move(self, spare: _Placed, wish: Wish) -> None:
        device = _device(wish)
        if wish not in ("auto", device.provider.partition(":")[0]):
            self._unusable = words.unusable(_OF[wish], words.ABSENT)
        if device.is_cpu:
            return
        try:
            self._network.move(_Placed(copy.deepcopy(spare.network).to(device.provider), device))
        except RuntimeError as error:
            log.exception("%s on %s", self._name, device.provider)
            self._unusable = words.unusable(device.name, words.why(error))

    def _loaded(self) -> Any:
        """The network on the CPU.

        Raises:
            ModelError: the file holds no weights of it.
        """
        import torch

        network = self._models.get_model(BUILDERS[self._name], weights=None, weights_backbone=None)
        if self._name in WITHOUT_EPSILON:
            for part in network.modules():
                if isinstance(part, torch.nn.BatchNorm2d):
                    part.eps = 0.0
        try:
            network.load_state_dict(torch.load(self._path, map_location="cpu", weights_only=True))
        except BROKEN as error:
            log.info("%s: %s", self._path, error)
            raise ModelError(
                f"{self._path.name} holds no weights of this network, or not all of them: "
                f"“fusiform models fetch {self._name}” fetches them.",
                f"{self._path.name} にこのネットワークの重みがないか、一部が欠けています。"
                f"「fusiform models fetch {self._name}」で取得できます。",
            ) from error
        return network.eval()

    def _things(self, found: Found, size: tuple[int, ...]) -> Things:
        corners, scores, labels = found
        most = np.tile(np.array(size, np.float32), 2)
        corners = np.clip(corners, 0, most)
        sides = corners[:, 2:] - corners[:, :2]
        order = np.argsort(-scores, kind="stable")
        inside: NDArray[np.bool_] = np.all(sides >= np.minimum(THINNEST, most[:2]), axis=1)
        kept = [at for at in order.tolist() if inside[at] and self._labels[int(labels[at])] in THINGS]
        boxes = np.concatenate([corners[:, :2], sides], 1).astype(np.float32, copy=False)[kept]
        return Things(boxes, scores[kept], tuple(self._labels[int(labels[at])] for at in kept))


class _Placed:
    """One of torchvision's networks where it computes."""

    def __init__(self, network: Any, device: Device) -> None:
        self.network = network
        self.device = device

    def run(self, image: NDArray[np.uint8], threshold: float, long_side: int) -> Found:
        import torch

        self._set(threshold, long_side)
        rgb = cv2.cvtColor(_padded(image), cv2.COLOR_BGR2RGB)
        with torch.inference_mode():
            values = torch.from_numpy(rgb).to(self.device.provider).permute(2, 0, 1).float() / 255
            found = self.network([values])[0]
            boxes, scores, labels = (found[part].cpu().numpy() for part in ("boxes", "scores", "labels"))
        return boxes, scores, labels

    def close(self) -> None:
        """May be called twice."""
        self.network = None

    def _set(self, threshold: float, long_side: int) -> None:
        """What torchvision fixes when a network is built: less is suppressed and sorted that way."""
        getattr(self.network, "roi_heads", self.network).score_thresh = threshold
        if self.network.transform.fixed_size is None:
            self.network.transform.min_size = (long_side,)
            self.network.transform.max_size = long_side


_OF: Final[dict[str, DeviceName]] = {"cpu": "torch-cpu", "cuda": "torch-cuda", "mps": "torch-mps"}


def _device(wish: Wish) -> Device:
    """The one that is wished for, if it is there; the GPU, if there is one, for `auto`."""
    import torch

    if wish in ("auto", "cuda") and torch.cuda.is_available():
        return DEVICES["torch-cuda"]
    if wish in ("auto", "mps") and torch.backends.mps.is_available():
        return DEVICES["torch-mps"]
    return DEVICES["torch-cpu"]


def _padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """No slimmer than networks can take it, with black right and below."""
    height, width = image.shape[:2]
    least = -(-max(height, width) // SLIMMEST)
    below, right = max(0, least - height), max(0, least - width)
    if not (below or right):
        return image
    return np.asarray(cv2.copyMakeBorder(image, 0, below, 0, right, cv2.BORDER_CONSTANT), np.uint8)
