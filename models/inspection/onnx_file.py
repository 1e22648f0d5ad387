"""An ONNX file that was read: its graph, and beside it the numbers of its large tensors.

A graph without them is small: it is changed and written anew in no time, and ONNX Runtime takes the numbers
from where they lie instead of reading them once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from models.inspection.maps import Values
from models.runtimes.device import Device
from models.runtimes.onnx_network import session_on

if TYPE_CHECKING:
    from onnx import ModelProto, TensorProto, ValueInfoProto

BESIDE: Final = "beside"
"""ONNX wants the name of a file for what does not lie in the graph; none of this name is looked for."""


class OnnxFile(NamedTuple):
    model: ModelProto
    """Of its large tensors it has name, type and shape."""
    large: Mapping[str, Values]
    """Their numbers, by name."""

    def numbers(self, name: str) -> Values | None:
        """Of one tensor; `None` where the graph does not hold it."""
        from onnx import numpy_helper

        if (large := self.large.get(name)) is not None:
            return large
        found = self.tensors([name])
        return np.asarray(numpy_helper.to_array(found[0]), np.float32) if found else None

    def tensors(self, names: Iterable[str]) -> list[TensorProto]:
        """Those of these that the graph holds, with their numbers."""
        wanted = set(names)
        return [self._filled(one) for one in self.model.graph.initializer if one.name in wanted]

    def with_outputs(self, names: Iterable[str]) -> ModelProto:
        """The graph with these tensors as further outputs."""
        import onnx

        there = {output.name for output in self.model.graph.output}
        wider = onnx.ModelProto()
        wider.CopyFrom(self.model)
        wider.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names if name not in there)
        return wider

    def shapes(self, entrance: str, shape: Sequence[int]) -> dict[str, tuple[int, ...]]:
        """Of all tensors whose shape can be reckoned for a picture of this shape, without computing it."""
        import onnx

        graph = onnx.ModelProto()
        graph.CopyFrom(self.model)
        graph.graph.ClearField("value_info")  # of another size of picture, perhaps
        for given in graph.graph.input:
            if given.name == entrance:
                sides = given.type.tensor_type.shape
                sides.ClearField("dim")
                sides.dim.extend(onnx.TensorShapeProto.Dimension(dim_value=side) for side in shape)
        told = onnx.shape_inference.infer_shapes(graph, data_prop=True).graph.value_info
        sides_of = {one.name: one.type.tensor_type.shape.dim for one in told if _has_sides(one)}
        return {name: tuple(side.dim_value for side in sides) for name, sides in sides_of.items()}

    def session(self, outputs: Iterable[str], device: Device, threads: int) -> Any:
        """With these tensors as further outputs.

        Raises:
            ModelError: ONNX Runtime cannot read it.
            RuntimeError: the device cannot be used.
        """
        wider = self.with_outputs(outputs)
        if device.is_cpu:
            return session_on(device, wider.SerializeToString(), threads, numbers=self.large)
        for tensor in wider.graph.initializer:  # not every device takes numbers that lie elsewhere
            tensor.CopyFrom(self._filled(tensor))
        return session_on(device, wider.SerializeToString(), threads)

    def _filled(self, tensor: TensorProto) -> TensorProto:
        numbers = self.large.get(tensor.name)
        if numbers is None:
            return tensor
        filled = type(tensor)(name=tensor.name, data_type=tensor.data_type, dims=tensor.dims)
        filled.raw_data = numbers.tobytes()
        return filled


def _has_sides(told: ValueInfoProto) -> bool:
    """Whether each of its sides is a number."""
    tensor = told.type.tensor_type
    return tensor.HasField("shape") and all(side.HasField("dim_value") for side in tensor.shape.dim)


def onnx_file(model: ModelProto, large: Mapping[str, Values]) -> OnnxFile:
    """`model` is changed: it says of these tensors that their numbers lie elsewhere."""
    import onnx

    for tensor in model.graph.initializer:
        if tensor.name in large:
            tensor.data_location = onnx.TensorProto.EXTERNAL
            tensor.external_data.add(key="location", value=BESIDE)
    return OnnxFile(model, large)
