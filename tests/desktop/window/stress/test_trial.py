"""A test at work beside the window: it grows, ends, is stopped at once, and leaves nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window.stress.trial import Ended, Grown, Trial
from pipelines.frame import Frame
from pipelines.result import Result
from pipelines.stress.contender import Contender
from pipelines.stress.sweeps import SWEEPS
from tests.pipelines.stress.patches import Broken, Patch, PatchParameters, patch_frame, patches
from tests.pipelines.stress.test_pictures import write_folder

PATIENCE_MS = 15_000
EYES, BRIGHTNESS = SWEEPS["eyes"], SWEEPS["brightness"]


class Gate(Patch):
    """Waits in its third picture until it is let go."""

    name = "gate"
    entered, opened_up = threading.Event(), threading.Event()
    seen = 0

    def process(self, frame: Frame, parameters: PatchParameters) -> Result:
        type(self).seen += 1
        if type(self).seen == 3:
            self.entered.set()
            assert self.opened_up.wait(PATIENCE_MS / 1000)
        return super().process(frame, parameters)


@pytest.fixture(autouse=True)
def _gate() -> Iterator[None]:
    Gate.entered, Gate.opened_up, Gate.seen = threading.Event(), threading.Event(), 0
    yield
    Gate.opened_up.set()


class Heard:
    """All that a trial tells."""

    def __init__(self, trial: Trial, qtbot: QtBot) -> None:
        self.grown: list[Grown] = []
        self.ended: list[Ended] = []
        self._qtbot = qtbot
        trial.grown.connect(self.grown.append)
        trial.ended.connect(self.ended.append)

    def until_end(self) -> None:
        self._qtbot.waitUntil(lambda: bool(self.ended), timeout=PATIENCE_MS)


@pytest.fixture
def trial(qapp: QApplication) -> Iterator[Trial]:
    made = Trial()
    yield made
    made.close(2)


@pytest.fixture
def heard(trial: Trial, qtbot: QtBot) -> Heard:
    return Heard(trial, qtbot)


def test_it_tells_the_whole_curve_and_then_the_end(trial: Trial, heard: Heard) -> None:
    trial.start(BRIGHTNESS, patches(), patch_frame())
    runs = [trial.running]
    heard.until_end()
    assert heard.ended == [Ended()]
    assert [*runs, trial.running] == [True, False]
    counts = [len(each.curve.points) for each in heard.grown]
    assert counts == sorted(counts)
    assert counts[-1] == len(BRIGHTNESS.strengths)
    assert heard.grown[-1].curve.stands(0) == (-100, 60)


def test_faces_that_nobody_labelled_are_found_first(trial: Trial, heard: Heard) -> None:
    trial.start(EYES, patches(), patch_frame(labelled=False))
    heard.until_end()
    assert [face.label for face in heard.grown[-1].frame.truth] == ["patch"]


def test_a_labelled_folder_is_taken_as_a_whole(trial: Trial, heard: Heard, tmp_path: Path) -> None:
    trial.start(
        EYES,
        patches(),
        Frame.of(patch_frame().image.copy(), 0, 0.0, (), True, "p2.png"),
        write_folder(tmp_path),
    )
    heard.until_end()
    assert heard.ended == [Ended()]
    assert heard.grown[-1].frame.name == "p2.png"
    assert heard.grown[-1].curve.points[0].pictures == 6


def test_what_is_stopped_says_no_more_and_ends_with_what_it_is_at(
    trial: Trial, heard: Heard, qtbot: QtBot
) -> None:
    trial.start(EYES, (Contender(Gate, PatchParameters()), patches()[1]), patch_frame())
    assert Gate.entered.wait(PATIENCE_MS / 1000)
    trial.stop()
    assert not trial.running
    Gate.opened_up.set()
    trial.close(2)
    assert not [thread for thread in threading.enumerate() if thread.name == "stress"]
    qtbot.wait(1)
    assert heard.ended == []
    assert Gate.seen == 3


def test_another_one_takes_its_place(trial: Trial, heard: Heard) -> None:
    trial.start(EYES, (Contender(Gate, PatchParameters()), patches()[1]), patch_frame())
    assert Gate.entered.wait(PATIENCE_MS / 1000)
    trial.start(BRIGHTNESS, patches(), patch_frame())
    heard.until_end()
    assert heard.ended == [Ended()]
    assert {each.curve.sweep for each in heard.grown[1:]} <= {"brightness"}
    assert heard.grown[-1].curve.sweep == "brightness"


@pytest.mark.parametrize(
    ("contender", "frame", "sentence"),
    [
        (Contender(Broken, PatchParameters()), patch_frame(), "Patch failed"),
        (patches()[0], patch_frame(truth=()), "labelled as one without a face"),
    ],
)
def test_trouble_is_told_in_a_sentence(
    trial: Trial, heard: Heard, contender: Contender, frame: Frame, sentence: str
) -> None:
    trial.start(EYES, (contender, patches()[1]), frame)
    heard.until_end()
    [ended] = heard.ended
    assert ended.trouble is not None
    assert sentence in ended.trouble.en
    assert not ended.trouble.ja.isascii()


def test_one_that_hangs_is_left_behind_in_time(
    trial: Trial, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    trial.start(EYES, (Contender(Gate, PatchParameters()), patches()[1]), patch_frame())
    assert Gate.entered.wait(PATIENCE_MS / 1000)
    trial.close(0.05)
    assert "did not end within 0.05 s" in caplog.text
    Gate.opened_up.set()
