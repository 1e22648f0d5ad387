"""What can compute here, and processes that crash, hang and print."""

from __future__ import annotations

import os
import time

import pytest

from models.runtimes import compute
from models.runtimes.child import Child, ChildCrashedError, ChildFailedError, ChildHungError
from models.runtimes.compute import compute_devices, reason_of
from models.runtimes.probe import CPU_PROVIDER, ELSEWHERE

PATIENCE = 60.0


def double(value: int) -> int:
    return 2 * value


def print_and_fail() -> None:
    os.write(1, b"a library on stdout\n")
    os.write(2, b"a library on stderr\n")
    raise KeyError("no")


def hang() -> None:
    time.sleep(PATIENCE)


def crash() -> None:
    os._exit(7)


def nothing() -> list[object]:
    return []


def providers() -> list[str]:
    return ["TensorrtExecutionProvider", "NewExecutionProvider"]


def soon(seconds: float = PATIENCE) -> float:
    return time.monotonic() + seconds


def test_a_child_answers() -> None:
    assert Child(double, 21).answer(soon()) == 42


def test_a_childs_noise_is_kept_from_our_streams(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ChildFailedError) as raised:
        Child(print_and_fail).answer(soon())
    assert str(raised.value).splitlines() == ["KeyError: 'no'", "a library on stdout", "a library on stderr"]
    assert capfd.readouterr() == ("", "")


def test_a_child_that_hangs_is_killed() -> None:
    child = Child(hang)
    with pytest.raises(ChildHungError):
        child.answer(soon(0.2))
    assert not child._process.is_alive()


def test_a_child_that_crashes_tells_its_exit_code() -> None:
    with pytest.raises(ChildCrashedError) as raised:
        Child(crash).answer(soon())
    assert raised.value.exit_code == 7


def test_the_cpu_computes_and_what_is_listed_is_proved() -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("torch")

    found = compute_devices()

    usable = {(device.runtime, device.provider): device.usable for device in found}
    assert usable[("torch", "cpu")]
    assert usable[("onnxruntime", CPU_PROVIDER)]
    listed = [device.provider for device in found if device.runtime == "onnxruntime"]
    assert listed == [name for name in onnxruntime.get_available_providers() if name != ELSEWHERE]
    for device in found:
        assert device.usable is (device.reason is None)
        assert device.reason is None or (device.reason.en and device.reason.ja)


def test_what_is_not_installed_is_a_row_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compute, "find_spec", lambda _name: None)
    found = compute_devices()
    assert [(device.runtime, device.usable) for device in found] == [("torch", False), ("onnxruntime", False)]
    assert all(device.reason and "not installed" in device.reason.en for device in found)


def test_a_provider_is_called_as_everywhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    monkeypatch.setattr(compute, "onnx_providers", providers)
    monkeypatch.setattr(compute, "prove_torch", nothing)
    assert [device.name for device in compute_devices()] == ["TensorRT", "New"]


def test_what_hangs_or_crashes_is_a_row_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compute, "prove_torch", hang)
    monkeypatch.setattr(compute, "onnx_providers", crash)
    torch, onnx = compute_devices(patience=3.0)
    assert (torch.usable, onnx.usable) == (False, False)
    assert torch.reason
    assert "within 3 seconds" in torch.reason.en
    assert onnx.reason
    assert "exit code 7" in onnx.reason.en


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "RuntimeError: EP\nwith error: libnvinfer.so.10: cannot open shared object file",
            "libnvinfer.so.10",
        ),
        ('x.dll" which depends on "cublasLt64_12.dll" which is missing.', "cublasLt64_12.dll"),
        ("RuntimeError: CUDA failure 100: no CUDA-capable device is detected", "no GPU"),
        ("CUDA driver version is insufficient for CUDA runtime version", "driver is older"),
        ("\nKeyError: what\nnoise", "A trial run failed: KeyError: what"),
        ("", "failed"),
    ],
)
def test_reasons_name_the_cause(said: str, reason: str) -> None:
    assert reason in reason_of(said).en
