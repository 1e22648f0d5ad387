"""The graph for a GPU, run on the CPU: bytes in, the same out; half precision where it was learnt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime")
onnx = pytest.importorskip("onnx")

from models.runtimes.device import DEVICES  # noqa: E402
from models.runtimes.device_graph import PIXELS, for_device  # noqa: E402
from models.runtimes.network import Intake, Picture  # noqa: E402
from models.runtimes.onnx_gpu import OnnxGpuNetwork, tensorrt_options  # noqa: E402
from models.runtimes.onnx_network import OnnxNetwork, session_on  # noqa: E402
from models.runtimes.trial import deviation  # noqa: E402
from models.shipped import SHIPPED  # noqa: E402
from tests.models.detectors import made  # noqa: E402

NETWORK = SHIPPED / "face-detector.onnx"


@pytest.fixture(scope="module")
def picture() -> Picture:
    return made.astronaut()[:288, :416].copy()


def on_cpu(path: Path, intake: Intake) -> OnnxNetwork:
    return OnnxNetwork(session_on(DEVICES["cpu"], path, 1), intake)


def bound(path: Path, intake: Intake, *, half: bool = False) -> OnnxGpuNetwork:
    """As on a GPU, but that the memory bound is the main memory."""
    session = session_on(DEVICES["cpu"], for_device(path, intake, half=half).onnx, 1)
    return OnnxGpuNetwork(session, "cuda", half, memory="cpu")


@pytest.mark.parametrize(
    "intake",
    [Intake(), Intake(mean=127, factor=1 / 128), Intake(mean=127, factor=1 / 128, rgb=True)],
    ids=str,
)
def test_bytes_in_give_what_floats_in_gave(tmp_path: Path, picture: Picture, intake: Intake) -> None:
    for path in (NETWORK, made.write(tmp_path / "yunet.onnx", made.yunet())):
        plain, there = on_cpu(path, intake), bound(path, intake)
        expected = plain.run(plain.values(picture))
        found = there.run(there.values(picture))
        assert set(found) == set(expected)
        for name, values in found.items():
            np.testing.assert_allclose(values, expected[name], rtol=1e-5, atol=1e-5)
        there.close()
        there.close()


def test_pictures_may_change_their_size_and_outputs_are_those_of_the_last(picture: Picture) -> None:
    plain, there = on_cpu(NETWORK, Intake()), bound(NETWORK, Intake())
    for image in (picture, np.ascontiguousarray(picture[:64, :96]), picture[::-1].copy(), picture):
        expected, found = plain.run(plain.values(image)), there.run(there.values(image))
        np.testing.assert_allclose(found["face_8"], expected["face_8"], atol=1e-6)
    there.close()


def test_an_output_is_fetched_when_it_is_looked_at_and_once(picture: Picture) -> None:
    there = bound(NETWORK, Intake())
    found = there.run(there.values(picture))
    assert found["face_8"] is found["face_8"]
    assert len(found) == 6
    there.close()


def test_half_precision_is_near_and_boxes_stay_exact_to_a_part_of_a_pixel(picture: Picture) -> None:
    plain, there = on_cpu(NETWORK, Intake()), bound(NETWORK, Intake(), half=True)
    expected, found = plain.run(plain.values(picture)), there.run(there.values(picture))
    assert 0 < deviation(found, expected) < 0.01
    for stride in (8, 16, 32):
        sure = expected[f"face_{stride}"][0, 0] > 0.2
        off = np.abs(found[f"box_{stride}"] - expected[f"box_{stride}"])[0][:, sure]
        assert off.size == 0 or off.max() < 0.5
    there.close()


def test_what_is_learnt_is_halved_and_what_decodes_is_not() -> None:
    model = onnx.load_from_string(for_device(NETWORK, Intake(), half=True).onnx)
    onnx.checker.check_model(model, full_check=True)
    kinds = {weight.name: weight.data_type for weight in model.graph.initializer}
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    halves = {kinds[name] for node in convolutions for name in node.input[1:]}
    assert halves == {onnx.TensorProto.FLOAT16}
    assert all(one.type.tensor_type.elem_type == onnx.TensorProto.FLOAT for one in model.graph.output)
    casts = [node for node in model.graph.node if node.op_type == "Cast"]
    assert len(casts) < 16
    assert model.graph.input[0].name == PIXELS


def test_old_files_that_list_their_weights_as_inputs_are_taken(tmp_path: Path, picture: Picture) -> None:
    model = made.yunet()
    for weight in model.graph.initializer:
        model.graph.input.append(
            onnx.helper.make_tensor_value_info(weight.name, weight.data_type, list(weight.dims))
        )
    path = made.write(tmp_path / "old.onnx", model)
    there = bound(path, Intake(), half=True)
    plain = on_cpu(path, Intake())
    expected = plain.run(plain.values(picture))
    assert deviation(there.run(there.values(picture)), expected) < 0.01
    there.close()


def test_one_engine_of_tensorrt_serves_every_size(tmp_path: Path) -> None:
    options = tensorrt_options(tmp_path, "picture", half=True)
    assert options["trt_profile_min_shapes"] == "pixels:1x32x32x3,picture:1x3x32x32"
    assert options["trt_profile_max_shapes"] == "pixels:1x1920x1920x3,picture:1x3x1920x1920"
    assert options["trt_fp16_enable"] == "1"
    assert options["trt_engine_cache_path"] == str(tmp_path)
