"""What is kept of a network's answers is what it answers."""

from __future__ import annotations

import io

import numpy as np
import pytest

from pipelines.layers.numbers import npz_of
from pipelines.layers.values import FeatureMapsParameters

pytest.importorskip("onnxruntime")


def test_every_layer_is_in_the_archive_by_its_name() -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    from models.catalogue import weights

    image = np.random.default_rng(1).integers(0, 256, (64, 320, 3), np.uint8)
    kept = np.load(io.BytesIO(npz_of(image, FeatureMapsParameters(network="face-detector"))))
    np.testing.assert_array_equal(kept["input"], image.transpose(2, 0, 1))
    assert kept["stem.0.0"].shape == (32, 16, 80)
    session = onnxruntime.InferenceSession(weights("face-detector"), providers=["CPUExecutionProvider"])
    (face,) = session.run(["face_8"], {"picture": image.transpose(2, 0, 1)[None].astype(np.float32)})
    np.testing.assert_allclose(kept["output.face_8"], face[0], atol=1e-5)
