"""Our face detector as an ONNX file, and how far ONNX Runtime is from torch with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from models.networks.face_detector import MULTIPLE, STRIDES, FaceDetector
from models.networks.in_pixels import INPUT, OUTPUTS, InPixels
from models.networks.onnx_file import bare
from models.networks.weights import read_network
from models.text import Text

PARITY = 1e-4
"""The largest difference that is allowed, of the face-ness and of a box in shares of its size."""
SIZES = ((32, 32), (64, 96), (256, 320), (480, 640))
"""Heights and widths on which the two are compared."""
EXAMPLE = (2, 3, 2 * MULTIPLE, 3 * MULTIPLE)
CALLED = Text("our face detector", "顔検出器")


def read_detector(path: Path) -> FaceDetector:
    """From `.safetensors`, or from the averaged weights of a training's checkpoint.

    Raises:
        ModelError: the file is not there, is broken or of another network.
    """
    return read_network(lambda _weights: FaceDetector(), path, CALLED)


def as_onnx(detector: FaceDetector) -> bytes:
    """One file for any number of pictures of any size in steps of 32 pixels."""
    size = torch.export.Dim
    sides = {0: size("n"), 2: MULTIPLE * size("rows"), 3: MULTIPLE * size("columns")}
    program = torch.onnx.export(
        InPixels(detector),
        (torch.zeros(EXAMPLE),),
        input_names=[INPUT],
        output_names=list(OUTPUTS),
        dynamic_shapes=(sides,),
        dynamo=True,
        verbose=False,
    )
    return bare(program.model_proto)


class Parity(NamedTuple):
    """The largest differences between torch and ONNX Runtime, over all pictures and cells."""

    face: float
    """Of the face-ness, which is 0..1."""
    box: float
    """Of a corner, in shares of the longer side of its box, or of the cell where that is longer."""


def parity(detector: FaceDetector, onnx: bytes) -> Parity:
    """Over black, white, noise and blobs in several sizes."""
    import onnxruntime

    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    network = InPixels(detector)
    worst = [0.0, 0.0]
    for pictures in _pictures():
        with torch.inference_mode():
            expected = [output.numpy() for output in network(torch.from_numpy(pictures))]
        found = session.run(list(OUTPUTS), {INPUT: pictures})
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            boxes, stride = divmod(number, len(STRIDES))
            difference = np.abs(one - other)
            if boxes:
                sides = (other[:, 2:] - other[:, :2]).max(1, keepdims=True)
                difference /= np.maximum(sides, STRIDES[stride])
            worst[boxes] = float(np.maximum(worst[boxes], difference.max()))  # keeps what is no number
    return Parity(*worst)


def _pictures() -> Iterator[NDArray[np.float32]]:
    """(4, 3, h, w): black, white, noise, and blocks of colour as large as faces."""
    random = np.random.default_rng(0)
    for height, width in SIZES:
        coarse = random.integers(0, 256, (1, 3, height // MULTIPLE, width // MULTIPLE))
        noise = random.integers(0, 256, (1, 3, height, width))
        blobs = coarse.repeat(MULTIPLE, 2).repeat(MULTIPLE, 3)
        yield np.concatenate([np.zeros_like(noise), np.full_like(noise, 255), noise, blobs]).astype(
            np.float32
        )
