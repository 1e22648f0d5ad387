"""The device that is fastest here: measured once, remembered, measured anew when something has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from models.runtimes import remembered, trial
from models.runtimes.choosing import SIZE, UnusableError, chosen, in_a_child
from models.runtimes.device import DeviceName
from models.runtimes.network import Intake
from models.runtimes.remembered import FILE, Choice, cache_folder, key_of, recall, remember
from models.runtimes.trial import Timed, deviation
from models.shipped import SHIPPED
from models.stop import Stop
from models.text import Text

NETWORK = SHIPPED / "face-detector.onnx"
WHY = Text("No.", "いいえ。")


class Trials:
    """Takes these milliseconds; a device without any cannot be used."""

    def __init__(self, milliseconds: Mapping[str, float]) -> None:
        self.milliseconds = milliseconds
        self.asked: list[str] = []

    def __call__(self, device: DeviceName) -> Timed:
        self.asked.append(device)
        if device not in self.milliseconds:
            raise UnusableError(WHY)
        return Timed(self.milliseconds[device], half=device == "cuda")


def auto(trials: Trials, candidates: list[DeviceName] | None = None, threads: int = 1) -> Choice:
    return chosen(NETWORK, "auto", candidates or ["cuda", "torch-cuda"], "cpu", threads, trials)


def test_the_fastest_is_kept_and_not_measured_again() -> None:
    trials = Trials({"cpu": 10.0, "cuda": 2.0, "torch-cuda": 3.0})
    choice = auto(trials)
    assert choice == Choice("cuda", half=True, milliseconds={"cpu": 10.0, "cuda": 2.0, "torch-cuda": 3.0})
    assert auto(trials) == choice
    assert trials.asked == ["cpu", "cuda", "torch-cuda"]


def test_a_tiny_network_stays_on_the_cpu_where_the_gpu_gains_nothing() -> None:
    assert auto(Trials({"cpu": 2.6, "cuda": 5.2})).device == "cpu"
    assert auto(Trials({"cpu": 2.6, "cuda": 2.5}), threads=2).device == "cpu"


def test_what_cannot_be_used_is_left_out() -> None:
    choice = auto(Trials({"cpu": 10.0, "torch-cuda": 3.0}))
    assert choice.device == "torch-cuda"
    assert set(choice.milliseconds) == {"cpu", "torch-cuda"}


def test_a_wish_is_proved_and_refused_with_its_reason() -> None:
    assert chosen(NETWORK, "cuda", ["cuda"], "cpu", 1, Trials({"cuda": 9.0})).device == "cuda"
    with pytest.raises(UnusableError) as refused:
        chosen(NETWORK, "tensorrt", ["tensorrt"], "cpu", 1, Trials({}))
    assert refused.value.reason == WHY
    assert recall(key_of(NETWORK, "tensorrt", 1)) is None


def test_another_network_library_or_number_of_threads_is_measured_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(b"other")
    keys = {key_of(NETWORK, "auto", 1), key_of(NETWORK, "auto", 2), key_of(other, "auto", 1)}
    monkeypatch.setattr(remembered, "_version", lambda library: "99" if library == "torch" else "")
    keys |= {key_of(NETWORK, "auto", 1), key_of(NETWORK, "cuda", 1)}
    assert len(keys) == 5


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b'{"a": {"device": "abacus"}}'])
def test_a_broken_memory_is_no_memory(broken: bytes) -> None:
    remember("a", Choice("cuda"))
    (cache_folder() / FILE).write_bytes(broken)
    assert recall("a") is None
    remember("b", Choice("cpu"))
    assert recall("b") == Choice("cpu")


def test_where_nothing_can_be_kept_it_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path / "file"))
    remember("a", Choice("cuda"))
    assert recall("a") is None


# --- the trial itself


def test_the_cpu_is_really_tried_in_a_process_of_its_own() -> None:
    pytest.importorskip("onnxruntime")
    timed = in_a_child(NETWORK, Intake(), 1, SIZE, Stop())("cpu")
    assert timed.milliseconds > 0
    assert not timed.half


def test_a_device_that_is_not_here_is_refused_by_a_session_that_did_not_come_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    if "DmlExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has what must not be there")
    with pytest.raises(UnusableError) as refused:
        in_a_child(NETWORK, Intake(), 1, SIZE, Stop())("directml")
    assert refused.value.reason.en.endswith(".") or "failed" in refused.value.reason.en
    assert refused.value.reason.ja


def test_a_trial_that_is_stopped_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "tried", _sleeps)
    stop = Stop()
    raised: list[BaseException] = []

    def wait() -> None:
        try:
            in_a_child(NETWORK, Intake(), 1, SIZE, stop)("cpu")
        except UnusableError as error:
            raised.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    stop.ask()
    waiting.join(30)
    assert not waiting.is_alive()
    assert raised


def test_a_deviation_is_a_share_of_the_output_and_what_is_no_number_is_endless() -> None:
    right = {"a": np.array([3.0, -4.0], np.float32), "b": np.zeros(2, np.float32)}
    assert deviation(right, right) == 0
    off = {"a": np.array([3.0, -4.5], np.float32), "b": np.zeros(2, np.float32)}
    assert deviation(off, right) == pytest.approx(0.1)
    assert deviation({**off, "b": np.array([0, np.nan], np.float32)}, right) == np.inf


def _sleeps(*_given: object) -> None:
    time.sleep(60)
