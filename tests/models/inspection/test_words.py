"""What a library says is told without what only its makers understand."""

from __future__ import annotations

import pytest

from models.inspection.words import cannot_run, detail_of

SOURCE = "/onnxruntime_src/onnxruntime/core"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "[ONNXRuntimeError] : 1 : FAIL : Non-zero status code returned while running Reshape node. "
            f"Name:'' Status Message: {SOURCE}/providers/cpu/tensor/reshape_helper.h:91 onnxruntime::"
            "ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, bool) a == b was false. "
            "Input shape:{1,3,8,8}, requested shape:{7,11}\n",
            "Reshape: a == b was false. Input shape:{1,3,8,8}, requested shape:{7,11}",
        ),
        (
            "[ONNXRuntimeError] : 1 : FAIL : Non-zero status code returned while running MatMul node. "
            "Name:'m' Status Message: matmul_helper.h:59 Compute MatMul dimension mismatch",
            "MatMul: MatMul dimension mismatch",
        ),
        (
            "[ONNXRuntimeError] : 1 : FAIL : Fatal error: my.ops:Foo(-1) is not a registered function/op",
            "my.ops:Foo(-1) is not a registered function/op",
        ),
        (
            f"[ONNXRuntimeError] : 1 : FAIL : {SOURCE}/graph/model_load_utils.h:46 void onnxruntime::"
            "ValidateOpsetForDomain(const std::unordered_map<std::string, int>&, int) Opset 99 is new.\n",
            "Opset 99 is new",
        ),
        ("mat1 and mat2 shapes cannot be multiplied (1x3 and 4x2)", None),
        ("expected h:2 (see net.py)", None),
    ],
)
def test_only_the_cause_is_told(said: str, told: str | None) -> None:
    assert detail_of(RuntimeError(said)) == (told or said)


def test_an_error_without_words_is_told_by_its_name() -> None:
    assert detail_of(KeyboardInterrupt()) == "KeyboardInterrupt"


def test_what_was_caught_on_the_way_is_told_once() -> None:
    first = cannot_run("A net", ValueError("no room"))
    first.__cause__ = ValueError("no room")
    assert cannot_run("A net", first).text.en == "A net does not run here (no room)."
