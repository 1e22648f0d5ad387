"""All that a network answers to one picture, as numbers to keep."""

from __future__ import annotations

import io
import zipfile

import numpy as np
from numpy.typing import NDArray

from models.inspection.layer import INPUT
from models.inspection.opening import open_layers
from models.preparation import prepared
from pipelines.frame import Image
from pipelines.layers.looking import everything, wanted_by
from pipelines.layers.values import FeatureMapsParameters

OUTPUT = "output."


def numbers_of(image: Image, parameters: FeatureMapsParameters) -> dict[str, NDArray[np.float32]]:
    """What enters the network, (channels, h, w), as `input`; each layer's answer by its name, without the
    batch; and what the network gives as `output.` and its name.

    Raises:
        ModelError: the network cannot be opened.
    """
    opened = open_layers(wanted_by(parameters), 1)
    try:
        entered = prepared(image, opened.preparation)
        passed = opened.network.run(entered.values, everything(opened.network.layers))
    finally:
        opened.network.close()
    answers = {name: answer.values for name, answer in passed.answers.items() if answer.values is not None}
    said = passed.outputs.items()
    outputs = {f"{OUTPUT}{name}": values[0] for name, values in said if values.ndim and len(values)}
    return {INPUT: entered.values[0], **answers, **outputs}


def npz_of(image: Image, parameters: FeatureMapsParameters) -> bytes:
    """The same as NumPy's archive, which `numpy.load` reads."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:  # `savez` takes not every name
        for name, values in numbers_of(image, parameters).items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, values, allow_pickle=False)
    return memory.getvalue()
